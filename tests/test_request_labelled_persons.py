"""Persons and organisations that a line names behind a role, and labels that deny one, in four languages."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.persons.parties import LEGAL, find_mentions
from nlp.requests.reading import read_request, request_context

LETTERS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nBogotá, 6 de noviembre de 2026\nCARTA ROGATORIA\nA la autoridad central del "
    "Reino de España\nI. PERSONAS\nAcusado: Evandro Luis Machado Pinheiro, nacido el 7/12/1974.\n{}\nII. HECHOS\nEl "
    "acusado recibió dinero.\nIII. Se solicita el embargo de la cuenta ES91 2100 0418 4502 0005 1332.\n",
    "pt": "MINISTÉRIO DA JUSTIÇA\nBrasília, 19 de novembro de 2026\nPEDIDO DE COOPERAÇÃO JURÍDICA INTERNACIONAL\nÀ "
    "autoridade central do Reino da Espanha\n1. Pessoas\nRéu: Evandro Luís Machado Pinheiro, nascido em 07/12/1974.\n"
    "{}\n2. Fatos\nO réu recebeu vantagem indevida.\n4.1 Solicita-se o bloqueio da conta ES91 2100 0418 4502 0005 "
    "1332.\n",
    "en": "DIRECTOR OF PUBLIC PROSECUTIONS\nInfirmary Road, Dublin 7\n9 November 2026\nTo: The Central Authority of "
    "Spain\nREQUEST FOR MUTUAL LEGAL ASSISTANCE\nSuspect: Evandro Patrick O'Riordan, born 21 September 1980\n{}\n"
    "Facts: the suspect sold a caravan that he did not own.\nAssistance: identify the holder of the account ES91 2100 "
    "0418 4502 0005 1332.\n",
    "fr": "TRIBUNAL JUDICIAIRE DE PARIS\nParis, le 19 novembre 2026\nCOMMISSION ROGATOIRE INTERNATIONALE\nAux "
    "autorités judiciaires espagnoles\nMis en examen : Evandro Castellani, né le 8 octobre 1971\n{}\nFaits : le mis en "
    "examen a blanchi de l'argent.\nNous demandons le gel du compte ES91 2100 0418 4502 0005 1332.\n",
}
HARMED = [
    ("es", "Víctima: Municipalidad de Lima", "Municipalidad de Lima"),
    ("es", "Perjudicado: Ministerio de Hacienda", "Ministerio de Hacienda"),
    ("es", "Perjudicados: la Hacienda Pública española y la Unión Europea", "Hacienda Pública española"),
    ("pt", "Vítima: Município de Araucária", "Município de Araucária"),
    ("en", "Victim: Cork City Council", "Cork City Council"),
    ("en", "Complainant: Maeve Gilhooly", "Maeve Gilhooly"),
    ("fr", "Victime : Commune de Bastia", "Commune de Bastia"),
    ("fr", "Partie civile : Ville de Marseille", "Ville de Marseille"),
    ("fr", "Plaignante : Maria Castellani", "Maria Castellani"),
]
DENIED = [
    ("es", "Tercero no acusado: Banco Pampa S.A."),
    ("es", "Persona no investigada: Ana Lima Prado"),
    ("es", "Tercero no procesado: Pedro Paz Ruiz"),
    ("pt", "Terceiro não denunciado: Banco Pampa S.A., CNPJ 11.222.333/0001-81"),
    ("pt", "Não denunciados: João Pampa Souza"),
    ("pt", "Pessoa não acusada: Ana Lima Prado"),
    ("en", "Third party not charged: Pampa Trading Ltd"),
    ("en", "Uncharged third party: Maeve Gilhooly"),
    ("fr", "Tiers non mis en cause : Banque Pampa S.A."),
    ("fr", "Personne non mise en examen : Maria Castellani"),
]
PURSUED = [
    ("es", "Investigado: Pedro Paz Ruiz", "suspect"),
    ("es", "Pedro Paz Ruiz, nacido el 3 de marzo de 1966, indiciado.", "suspect"),
    ("es", "Pedro Paz Ruiz, nacido el 3 de marzo de 1966, sindicado.", "suspect"),
    ("pt", "Denunciado: João Pampa Souza", "accused"),
    ("pt", "Indiciado no processo 12/2024: João Pampa Souza", "suspect"),
    ("en", "Suspect: Peter Price, charged on 2 June 2026 with fraud", "accused"),
    ("fr", "Mis en cause : Paul Durand", "suspect"),
]


def roles(language: str, line: str) -> dict[str, str]:
    text = LETTERS[language].format(line)
    found = [one.value for one in read_request(text, annotate(text)).fields["persons"]]
    return {str(one["name"]): str(one["role"]) for one in found if isinstance(one, dict)}


@pytest.mark.parametrize(("language", "line", "name"), HARMED)
def test_who_is_named_behind_a_role_is_a_party(language: str, line: str, name: str) -> None:
    assert roles(language, line)[name] == "victim"


@pytest.mark.parametrize(("language", "line"), DENIED)
def test_a_label_may_deny_a_role(language: str, line: str) -> None:
    found = {name: role for name, role in roles(language, line).items() if not name.startswith("Evandro")}
    assert list(found.values()) == ["other_party"], found


@pytest.mark.parametrize(("language", "line", "role"), PURSUED)
def test_a_label_without_denial_gives_its_role(language: str, line: str, role: str) -> None:
    found = [role for name, role in roles(language, line).items() if not name.startswith("Evandro")]
    assert role in found, found


def test_a_suspect_who_holds_an_account_stays_a_suspect() -> None:
    line = "Pedro Paz Ruiz, nacido el 3 de marzo de 1966, indiciado."
    text = LETTERS["es"].format(line) + "Obtener los extractos de la cuenta de la que es titular Pedro Paz Ruiz.\n"
    found = [one.value for one in read_request(text, annotate(text)).fields["persons"]]
    assert next(one["role"] for one in found if isinstance(one, dict) and one["name"] == "Pedro Paz Ruiz") == "suspect"


def test_a_legal_form_in_small_letters_before_the_name_makes_a_company() -> None:
    text = "Personne morale : Sarl Calypso Nautique, RCS Bastia.\n\nJean Costa, gérant de la Sarl Calypso Nautique.\n"
    mentions = find_mentions(request_context(text, annotate(text)))
    assert {one.kind for one in mentions if one.name == "Sarl Calypso Nautique"} == {LEGAL}
