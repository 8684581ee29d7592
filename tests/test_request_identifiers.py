"""Identifiers in letters: numbers of other documents are no cases; identity numbers as each country writes them."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.identifiers import read_identifiers
from nlp.requests.reading import request_context

NO_CASES = [
    "Acompanha este pedido o laudo pericial nº 0931/2024 e a certidão de óbito.",
    "Se adjunta copia del contrato n.º 2231/2019 entre las partes.",
    "La medida fue acordada por auto n.º 771/2025, que se acompaña.",
    "The invoice no. 2024/11873 of the supplier is attached.",
    "Traduction certifiée par Mme Odile Ferrand, traductrice n° 2019/4471.",
    "The claimant asks the court for EUR 912.50 and costs.",
    "Le greffe de la chambre civile, BP 204, reçoit les pièces.",
    "Annexe 2 - procès-verbal d'exploitation téléphonique n° 2025/1187 de la brigade.",
    "Se adjunta el atestado 2025-101893-441 de la Guardia Civil.",
    "Par jugement n° 211/2024 du 18 avril 2024, le tribunal a condamné le prévenu.",
]  # fmt: skip

IDENTITIES = [
    ("El imputado, boliviano, C.I. 5120934 SC, nacido el 3 de mayo de 1980, es requerido.", "5120934 SC"),
    ("La imputada, boliviana, C.I. 3307715 Tj., domiciliada en Tarija, es requerida.", "3307715 Tj."),
    ("The witness Mr Joseph Grech, I.D. card 0442876M, of Mosta, is to be heard.", "0442876M"),
    ("The accused Paul Borg, I.D. 0218863(M), born at Rabat, is charged.", "0218863(M)"),
    ("The suspect Mikkel Dahl (140387-2215, Danish) lives at Aarhus.", "140387-2215"),
    ("The suspect Kurt Tamm, ID code 38504120018, lives at Tartu.", "38504120018"),
]  # fmt: skip


def identifiers(text: str) -> list[tuple[str, str]]:
    found = read_identifiers(request_context(text, annotate(text)))
    values = [proposal.value for proposal in found if isinstance(proposal.value, dict)]
    return [(str(value["kind"]), str(value["text"])) for value in values]


@pytest.mark.parametrize("text", NO_CASES)
def test_numbers_of_other_documents_are_no_case_numbers(text: str) -> None:
    assert [number for kind, number in identifiers(text) if kind == "case_number"] == []


@pytest.mark.parametrize(("text", "number"), IDENTITIES)
def test_identity_numbers_of_a_country(text: str, number: str) -> None:
    assert identifiers(text) == [("national_id", number)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("La sociedad luxemburguesa Orinoquia Invest S.à r.l., matrícula B 214.557, recibió el dinero.", "B 214.557"),
        ("Certificado de Lyford Blue Investments Ltd. (IBC 219044 B).", "219044 B"),
    ],
)
def test_company_numbers_of_a_country(text: str, number: str) -> None:
    assert ("company_number", number) in identifiers(text)


def test_a_case_number_beside_such_words_is_kept() -> None:
    text = "Diligencias previas 412/2025. El auto de 3 de marzo de 2025 y el contrato constan en la causa 77/2024."
    assert identifiers(text) == [("case_number", "412/2025"), ("case_number", "77/2024")]


def test_the_time_zone_of_a_mail_is_no_telephone() -> None:
    text = "Date: Thu, 05 Nov 2026 10:12:00 +0000\n\nSe solicita identificar al titular del teléfono +51 987 654 321."
    assert [number for kind, number in identifiers(text) if kind == "phone"] == ["+51 987 654 321"]


@pytest.mark.parametrize(
    "text",
    [
        "A la autoridad central. El juez solicita que se identifique a los titulares del teléfono +51 987 654 321.",
        "The prosecutor asks who were the holders of telephone +51 987 654 321.",
        "Le juge demande l'identification des titulaires du téléphone +51 987 654 321.",
    ],
)
def test_a_telephone_whose_holder_is_sought_is_that_of_the_case(text: str) -> None:
    found = read_identifiers(request_context(text, annotate(text)))
    scopes = [one.value["scope"] for one in found if isinstance(one.value, dict) and one.value["kind"] == "phone"]
    assert scopes == ["case"]
