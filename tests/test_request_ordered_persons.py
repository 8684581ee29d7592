"""Orders that name several persons, persons heard as suspects, and companies with form and number."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA REPÚBLICA\nRepública de El Salvador\nSan Salvador, 3 de noviembre de 2026\n\nA la autoridad central de la República de Panamá\n\nSolicitud de asistencia judicial. Se investiga un delito de estafa, artículo 215 del Código Penal.\n",
    "pt": "MINISTÉRIO PÚBLICO FEDERAL\nRepública Federativa do Brasil\nBrasília, 3 de novembro de 2026\n\nÀ autoridade central da República Portuguesa\n\nPedido de auxílio. Investiga-se crime de estelionato, artigo 171 do Código Penal.\n",
    "en": "MINISTRY OF JUSTICE\nRepublic of Malta\nValletta, 3 November 2026\n\nTo: The Central Authority of Canada\n\nRequest for assistance in an investigation of fraud, article 308 of the Criminal Code.\n",
    "fr": "MINISTÈRE DE LA JUSTICE\nGrand-Duché de Luxembourg\nLuxembourg, le 3 novembre 2026\n\nÀ l'autorité centrale de la Confédération suisse\n\nDemande d'entraide dans une enquête pour escroquerie, article 496 du code pénal.\n",
}
WITNESS, SUSPECT, SERVICE = "hearing_witness", "hearing_suspect", "service_of_documents"


def read(language: str, text: str) -> RequestReading:
    letter = HEADS[language] + text
    return read_request(letter, annotate(letter))


def targets(found: RequestReading) -> list[tuple[str, str]]:
    values = [one.value for one in found.fields.get("measures", ())]
    return [(str(value["measure"]), str(value["target"])) for value in values if isinstance(value, dict)]


def persons(found: RequestReading) -> dict[str, dict[str, object]]:
    values = [one.value for one in found.fields.get("persons", ())]
    return {str(value["name"]): value for value in values if isinstance(value, dict)}


SEVERAL = [
    ("es", "Se solicita notificar la citación a los señores Luis Ramos Solano, DUI 01234567-8, y Ana Portillo, ambos domiciliados en Colón.", [(SERVICE, "Luis Ramos Solano"), (SERVICE, "Ana Portillo")]),
    ("es", "Se solicita notificar personalmente a:\n1) Luis Ramos Solano, salvadoreño, imputado;\n2) Ana Portillo Cruz, panameña, testigo; y\n3) José Luna Paz, testigo,\nla resolución de 2 de noviembre de 2026.", [(SERVICE, "Luis Ramos Solano"), (SERVICE, "Ana Portillo Cruz"), (SERVICE, "José Luna Paz")]),
    ("es", "Se solicita recibir declaración testimonial a Luis Ramos Solano, a Ana Portillo y a José Luna Paz, vecinos de Colón.", [(WITNESS, "Luis Ramos Solano"), (WITNESS, "Ana Portillo"), (WITNESS, "José Luna Paz")]),
    ("pt", "Solicita-se a citação de Luís Ramos Sol, nascido em 3 de maio de 1980, Ana Porto, nascida em 4 de junho de 1985, e José Lua, todos residentes em Lisboa.", [(SERVICE, "Luís Ramos Sol"), (SERVICE, "Ana Porto"), (SERVICE, "José Lua")]),
    ("pt", "Solicita-se a inquirição das testemunhas Luís Ramos Sol, residente em Lisboa, e Ana Porto, residente no Porto.", [(WITNESS, "Luís Ramos Sol"), (WITNESS, "Ana Porto")]),
    ("en", "Please serve the summons on Luke Ramos, born 3 May 1980, Anna Port, born 4 June 1985, and Joseph Moon.", [(SERVICE, "Luke Ramos"), (SERVICE, "Anna Port"), (SERVICE, "Joseph Moon")]),
    ("en", "We ask that Luke Ramos and Anna Port be interviewed as witnesses, and that the indictment be served on Joseph Moon and Mary Moon.", [(WITNESS, "Luke Ramos"), (WITNESS, "Anna Port"), (SERVICE, "Joseph Moon"), (SERVICE, "Mary Moon")]),
    ("fr", "Il est demandé de notifier la citation ci-jointe à M. Luc Ramos, né le 3 mai 1980, à Mme Anne Port, née le 4 juin 1985, et à M. Joseph Lune.", [(SERVICE, "Luc Ramos"), (SERVICE, "Anne Port"), (SERVICE, "Joseph Lune")]),
    ("fr", "Veuillez entendre comme témoins M. Luc Ramos et Mme Anne Port, demeurant à Genève.", [(WITNESS, "Luc Ramos"), (WITNESS, "Anne Port")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), SEVERAL)
def test_each_person_named_in_an_order_is_served_or_heard(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = read(language, text)
    assert targets(found) == expected
    assert {name for _, name in expected} <= set(persons(found))


ONE = [
    ("es", "Se solicita recibir declaración testimonial a Luis Ramos Solano sobre los pagos que hizo a Ana Portillo y a José Luna Paz."),
    ("pt", "Solicita-se a inquirição de Luís Ramos Sol, sócio de Ana Porto, sobre os factos."),
    ("en", "Please interview Luke Ramos as a witness about his dealings with Anna Port and Joseph Moon."),
    ("fr", "Veuillez entendre comme témoin M. Luc Ramos, qui a travaillé pour Mme Anne Port, en présence de M. Joseph Lune."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), ONE)
def test_who_is_only_named_beside_a_person_to_be_heard_is_not_heard(language: str, text: str) -> None:
    assert len(targets(read(language, text))) == 1


SUSPECTS = [
    ("es", "Se solicita:\n1. Declaración de Luis Ramos Solano, en calidad de imputado, con asistencia de defensor.\n2. Recepción de la declaración testimonial de Ana Portillo, domiciliada en Colón.", "Luis Ramos Solano"),
    ("es", "Se solicita que se reciba la versión del señor Luis Ramos Solano, pasaporte A123456, quien tiene la condición de sindicado.", "Luis Ramos Solano"),
    ("es", "Se solicita:\n1. La declaración de la señora Ximena Urrutia Castaño, NIE X-2482300-W, residente en Madrid, en calidad de indiciada.", "Ximena Urrutia Castaño"),
    ("es", "Pedimos a ustedes la toma de declaración indagatoria a Luis Ramos Solano y la entrevista de su esposa Ana Portillo.", "Luis Ramos Solano"),
    ("pt", "Solicita-se: a) a tomada de declarações de Luís Ramos Sol, na qualidade de investigado; b) a oitiva de Ana Porto, na qualidade de testemunha.", "Luís Ramos Sol"),
    ("en", "We request:\n(a) an interview of Luke Ramos, born 3 May 1980, as a person under suspicion;\n(b) a statement from Anna Port, his bookkeeper, as a witness.", "Luke Ramos"),
    ("fr", "Il est demandé :\n1. l'audition de M. Luc Ramos, en qualité de personne soupçonnée ;\n2. l'audition de Mme Anne Port, en qualité de témoin.", "Luc Ramos"),
    ("fr", "Il est demandé : 1° l'audition, en qualité de témoin, de Mme Anne Port, née le 3 mai 1970 ; 2° l'interrogatoire de M. Luc Ramos.", "Luc Ramos"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), SUSPECTS)
def test_who_is_heard_as_a_suspect_is_heard_as_no_witness(language: str, text: str, name: str) -> None:
    found = read(language, text)
    assert [measure for measure, target in targets(found) if target == name] == [SUSPECT]
    assert persons(found)[name]["role"] in ("suspect", "accused")


COMPANIES = [
    ("es", "Se solicita el estado de la cuenta 4455-6, a nombre de Inversiones del Istmo S.L., NIF B-85.123.458, domiciliada en vía España 12.", "Inversiones del Istmo S.L."),
    ("es", "La mercadería fue despachada por la firma Tabacalera del Golfo S.R.L. en 2025.", "Tabacalera del Golfo S.R.L."),
    ("es", "Se pagó a favor de la compañía Caminos Azules S.A. (RUC 1790012345001) y de la firma Rutas del Mar C.A.", "Caminos Azules S.A."),
    ("pt", "Solicita-se o extrato da conta 4455-6 em nome de Maré Azul Comércio, Unipessoal, Lda., NIPC 501 964 843.", "Maré Azul Comércio, Unipessoal, Lda"),
    ("en", "We seek the records of account 4455-6 in the name of Northern Lights S.à r.l., registered number B 12345.", "Northern Lights S.à r.l."),
    ("fr", "Il est demandé les relevés du compte 4455-6 au nom de la société Lac Bleu S.A., IDE CHE-123.456.789, sise rue du Lac 3.", "Lac Bleu S.A."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), COMPANIES)
def test_a_company_keeps_its_legal_form_and_is_no_person(language: str, text: str, name: str) -> None:
    found = persons(read(language, text))
    assert found[name]["kind"] == "legal"
    assert all(value["kind"] == "legal" for value in found.values())
