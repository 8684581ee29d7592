"""Classes of wording in four languages: officials at a measure, roles of employers and suspects, formal requests."""
# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

HEADS = {
    "es": "Madrid, 4 de noviembre de 2026\nJuzgado de Instrucción n.º 5 de Madrid\nA las autoridades de Colombia\nComisión rogatoria. ",
    "pt": "Tribunal Judicial da Comarca do Porto\nCarta rogatória dirigida às autoridades judiciárias do Brasil\nPorto, 4 de novembro de 2026\n",
    "en": "Dublin, 4 November 2026\nDirector of Public Prosecutions\nTo the Attorney General of Jamaica\nRequest for mutual assistance. ",
    "fr": "Paris, le 4 novembre 2026\nTribunal judiciaire de Paris, juge d'instruction\nAux autorités de la République d'Haïti\nCommission rogatoire internationale. ",
}


def values(language: str, text: str, field: str) -> list[Any]:
    letter = HEADS[language] + text
    return [one.value for one in read_request(letter, annotate(letter)).fields.get(field, ())]


ATTENDED = [
    ("en", "We ask that you obtain a witness statement from Mr Fergal Ó Duibhir in the presence of Sergeant Tyrone Maughan of the Fraud Squad.", True),
    ("en", "We request that the premises be searched with the assistance of two of our investigators.", True),
    ("en", "The victim fell in the presence of Sergeant Maughan on 3 May 2024. Please interview Mary Jones.", False),
    ("es", "Se solicita el registro del domicilio con asistencia de la agente Marta Ruiz de la UDEF.", True),
    ("es", "Se solicita que se tome declaración a Ana López en presencia del inspector Luis Gómez.", True),
    ("es", "Ana López firmó en presencia del inspector Gómez. Se solicita su declaración.", False),
    ("pt", "Solicita-se a inquirição da testemunha Ana Lima na presença do inspetor João Reis da Polícia Judiciária.", True),
    ("pt", "Solicita-se autorização para que o procurador Luís Reis assista à inquirição.", True),
    ("pt", "Ana Lima assinou na presença do inspetor Reis. Solicita-se a sua inquirição.", False),
    ("es", "La demandante litiga con asistencia jurídica gratuita. Se solicita la notificación de Ana López.", False),
    ("fr", "Deux jours avant l'attribution, le président a demandé un calcul. Prière d'entendre Anne Petit.", False),
    ("fr", "Prière d'entendre Anne Petit comme témoin en présence du capitaine Marc Lebrun de la brigade financière.", True),
    ("fr", "Nous vous prions de procéder à la perquisition avec l'assistance du capitaine Marc Lebrun.", True),
    ("fr", "Anne Petit a signé en présence du capitaine Lebrun. Nous vous prions de l'entendre.", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), ATTENDED)
def test_presence_of_officials_at_a_measure_is_a_special_procedure(language: str, text: str, expected: bool) -> None:
    assert bool(values(language, text, "special_procedure")) is expected


COMPANIES = [
    ("en", "The suspects, respectively the chief accountant and an accounts clerk of the National Housing Corporation, diverted 2,000 EUR into an account held by Larkspur Holdings Limited.", {"National Housing Corporation": "victim", "Larkspur Holdings Limited": "account_holder"}),
    ("en", "The police are investigating Paul Reeves. He is suspected of having taken money from Acme Trust Ltd.", {"Acme Trust Ltd": "victim"}),
    ("en", "Paul Reeves, a cashier of Acme Trust Ltd, paid 3,000 EUR into account 12345678.", {"Acme Trust Ltd": "other_party"}),
    ("es", "El sospechoso Pablo Ruiz Vega, cajero de Comercial Andina S.A., ingresó 3.000 EUR en la cuenta 1234567890, titularidad de Inversiones Lago S.L.", {"Comercial Andina S.A.": "other_party", "Inversiones Lago S.L.": "account_holder"}),
    ("es", "La Fiscalía investiga a Pablo Ruiz Vega por apropiación indebida en perjuicio de Comercial Andina S.A., de la que era empleado.", {"Comercial Andina S.A.": "victim"}),
    ("pt", "O Ministério Público investiga Paulo Reis Vaz por furto em prejuízo da Comercial Atlântica, Lda., de que era funcionário.", {"Comercial Atlântica, Lda.": "victim"}),
    ("pt", "Paulo Reis Vaz, funcionário da Comercial Atlântica, Lda., recebeu 3.000 EUR na conta 0123456789.", {"Comercial Atlântica, Lda.": "other_party"}),
    ("fr", "Une enquête préliminaire est ouverte contre Paul Rives pour vol au préjudice de la société Belleville SARL, son employeur.", {"Belleville SARL": "victim"}),
    ("fr", "Paul Rives, employé de Belleville SARL, est soupçonné d'avoir viré 3.000 EUR sur le compte FR7630006000011234567890189 ouvert au nom de Lac Invest SAS.", {"Belleville SARL": "other_party", "Lac Invest SAS": "account_holder"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), COMPANIES)
def test_employer_and_harmed_company_hold_no_account(language: str, text: str, expected: dict[str, str]) -> None:
    persons = values(language, text, "persons")
    found = {one["name"].rstrip("."): one["role"] for one in persons if one["kind"] == "legal"}
    assert found == {name.rstrip("."): role for name, role in expected.items()}


STAGES = [
    ("en", "REQUEST FOR ASSISTANCE: THE KING v. DARNELL HOLFORD\n\nThe Royal Barbados Police Force is investigating Darnell Holford, born 12 June 1979, for theft. The suspect left Bridgetown.", {"suspect"}),
    ("en", "REQUEST FOR ASSISTANCE: THE KING v. DARNELL HOLFORD\n\nDarnell Holford, born 12 June 1979, is charged with theft. The police are investigating the money.", {"accused"}),
    ("es", "Se investiga a Pablo Ruiz Vega, nacido el 3 de mayo de 1980, por estafa. El sospechoso reside en Cali.", {"suspect"}),
    ("pt", "Investiga-se Paulo Reis Vaz, nascido em 3 de maio de 1980, por burla. O suspeito reside no Recife.", {"suspect"}),
    ("fr", "L'enquête vise Paul Rives, né le 3 mai 1980, soupçonné d'escroquerie.", {"suspect"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), STAGES)
def test_who_is_only_investigated_is_a_suspect(language: str, text: str, expected: set[str]) -> None:
    assert {one["role"] for one in values(language, text, "persons")} == expected


LIMITS = [
    ("es", "Se solicita la extradición de Pablo Ruiz Vega, detenido el 20 de octubre de 2026; el plazo de ochenta días para la formalización vence el 8 de enero de 2027.", "procedural_limit"),
    ("es", "Se pide respuesta; el plazo para la remisión de documentos vence el 15 de enero de 2027.", "answer_by"),
    ("pt", "Solicita-se a extradição de Paulo Reis Vaz, detido provisoriamente em 20 de outubro de 2026. O prazo de oitenta dias para a formalização do pedido termina em 8 de janeiro de 2027.", "procedural_limit"),
    ("en", "We request the extradition of Paul Reeves. The period of sixty days for the submission of the formal request expires on 19 December 2026.", "procedural_limit"),
    ("fr", "L'extradition de Paul Rives est demandée. Le délai de quarante jours pour la présentation de la demande formelle expire le 29 novembre 2026.", "procedural_limit"),
    ("fr", "Prière de répondre avant le 29 novembre 2026, le délai d'instruction expirant à cette date.", "answer_by"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "reason"), LIMITS)
def test_limit_for_the_formal_request_is_no_day_of_an_answer(language: str, text: str, reason: str) -> None:
    assert [one["reason"] for one in values(language, text, "deadlines")] == [reason]
    assert not values(language, text, "answer_period")


LISTS = [
    ("fr", "Vu l'information suivie contre :\n- ROSINE Kévin, né le 14 février 1991 au Lamentin, détenu à Ducos ;\n- BAPTISTE Curtis, né le 30 août 1987 à Soufrière ;\n\nmis en examen des chefs d'importation de stupéfiants ;", {"accused"}),
    ("fr", "Vu l'instruction ouverte à charge de :\n- DUPONT Wilner, né à Jacmel le 2 février 1977 ;\n- X, inculpés de traite des êtres humains ;", {"accused"}),
    ("es", "Visto el proceso seguido contra:\n1. Pedro Ruiz Vega, nacido el 3 de mayo de 1980;\n2. Ana Paz Luna, nacida el 4 de junio de 1985;\nprocesados por estafa;", {"accused"}),
    ("pt", "Vistos os autos instruídos contra:\n1. Joris Wouters, nascido em Mechelen em 17.10.1979, belga;\n2. desconhecidos,\ninculpados de importação de cocaína;", {"accused"}),
    ("en", "\n\nThe accused.\n1. Abraham Friesen, Belizean, born on 9 February 1972.\n2. Peter Jones, born on 3 May 1980.\nThe conduct.\nFrom June 2023 they sold timber.", {"accused"}),
    ("en", "\n\nWitnesses:\n1. Abraham Friesen, Belizean, born on 9 February 1972.\n2. Peter Jones, born on 3 May 1980.\nThe conduct.\nFrom June 2023 timber was sold.", {"witness"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), LISTS)
def test_heading_of_a_list_and_the_line_behind_it_tell_the_role(language: str, text: str, expected: set[str]) -> None:
    assert {one["role"] for one in values(language, text, "persons")} == expected


NO_ENCLOSURES = [
    ("fr", "Est jointe la copie du jugement, certifiée par la traductrice assermentée Carole Steffen.", "traductrice"),
    ("pt", "Junta-se o despacho, traduzido pela tradutora juramentada Ana Lima.", "tradutora"),
    ("es", "Se adjunta la sentencia. Los documentos vendrán acompañados de una traducción al español.", "acompañados"),
    ("en", "The order is enclosed. The answers should be accompanied by an English translation.", "accompanied"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "word"), NO_ENCLOSURES)
def test_translator_and_wanted_translation_are_no_enclosures(language: str, text: str, word: str) -> None:
    assert not any(one["label"].lower().startswith(word) for one in values(language, text, "annexes"))


WRITERS = [
    ("De: Autorité centrale belge <eaj@just.example.be>\nÀ: Autorité centrale d'Haïti\nObjet: demande d'entraide\n\nPrière d'entendre Anne Petit comme témoin.", "Autorité centrale belge"),
    ("De: Autoridad Central de España <ac@justicia.example.es>\nA: Autoridad Central de Colombia\nAsunto: solicitud de asistencia\n\nSe solicita declaración de Ana López.", "Autoridad Central de España"),
    ("De: Autoridade Central de Portugal <ac@justica.example.pt>\nPara: Autoridade Central do Brasil\nAssunto: pedido de auxílio\n\nSolicita-se a inquirição de Ana Lima.", "Autoridade Central de Portugal"),
    ("From: Central Authority of Ireland <ca@justice.example.ie>\nTo: Central Authority of Jamaica\nSubject: request for assistance\n\nPlease interview Mary Jones.", "Central Authority of Ireland"),
]  # fmt: skip


@pytest.mark.parametrize(("letter", "name"), WRITERS)
def test_authority_of_a_mail_is_named_without_its_address(letter: str, name: str) -> None:
    (found,) = read_request(letter, annotate(letter)).fields["issuing_authority"]
    assert found.value == name


RANGES = [
    ("pt", "Solicita-se o envio dos extratos da conta 0123456789, de 1º/01/2015 a 31/12/2019.", "2015-01-01", "2019-12-31"),
    ("fr", "Prière de transmettre les relevés du compte FR7630006000011234567890189 du 1er/02/2024 au 30/04/2024.", "2024-02-01", "2024-04-30"),
    ("en", "We request the bank statements of account 12345678 for 01.02.2025-31.08.2025.", "2025-02-01", "2025-08-31"),
    ("es", "Se solicitan los extractos de la cuenta 1234567890, del 1º/02/2024 al 31/08/2024.", "2024-02-01", "2024-08-31"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "first", "last"), RANGES)
def test_period_begins_on_an_ordinal_day_in_figures(language: str, text: str, first: str, last: str) -> None:
    (measure,) = values(language, text, "measures")
    assert measure["period"] == {"from": first, "to": last}
