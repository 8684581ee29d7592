"""The days of the facts against those of treaties, facts that go on, numbers of cases behind courts and line ends."""

from __future__ import annotations

import pytest
from test_request_enclosures import HEADS
from test_request_wishes import ASKED, reading

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request


def period(read: RequestReading) -> tuple[object, object] | None:
    found = [one.value for one in read.fields.get("facts_period", ()) if isinstance(one.value, dict)]
    return (found[0]["from"], found[0]["to"]) if found else None


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("es", "Se investiga una estafa cometida desde el 5 de mayo de 2022, que continúa.", ("2022-05-05", None)),
        ("pt", "Apura-se fraude praticada desde 5 de maio de 2022 e ainda em curso.", ("2022-05-05", None)),
        ("fr", "L'enquête porte sur une escroquerie qui dure depuis le 5 mai 2022.", ("2022-05-05", None)),
        ("en", "On 9 October 2023 the suspect Ralph Pint sold a boat that was not his.", ("2023-10-09", "2023-10-09")),
        ("fr", "Le 9 octobre 2023, le suspect Raoul Pinte a vendu un bateau volé.", ("2023-10-09", "2023-10-09")),
        ("es", "Conforme al tratado suscrito en Lima el 3 de abril de 2001, se pide lo dicho.", None),
        ("pt", "Ao abrigo da convenção assinada na Praia em 23 de novembro de 2005, pede-se o dito.", None),
        ("en", "The request rests on the agreement signed at Quito on 4 May 1999.", None),
        ("fr", "La demande se fonde sur l'accord conclu à Dakar le 7 juin 1998.", None),
        (
            "pt",
            "Pede-se nos termos da Convenção sobre a Transferência de Pessoas Condenadas entre os Estados Membros da "
            "Comunidade dos Países de Língua Portuguesa, assinada na Praia em 23 de Novembro de 2005.",
            None,
        ),
        (
            "en",
            "The request rests on the Treaty between the Government of the United States of America and the Government "
            "of Saint Vincent and the Grenadines on Mutual Legal Assistance in Criminal Matters done at Kingstown on "
            "8 January 1998.",
            None,
        ),
    ],
)
def test_facts_have_the_days_that_the_letter_tells(
    language: str, words: str, expected: tuple[object, object] | None
) -> None:
    assert period(reading(language, words)) == expected


@pytest.mark.parametrize(
    ("language", "words", "number"),
    [
        ("en", "He was charged at Southwark Crown Court (T20267014).", "T20267014"),
        ("en", "His trial in the High Court (SLUHCR2024/0063) will be called on Monday.", "SLUHCR2024/0063"),
        ("en", "He is charged in the Magistrate's Court, Criminal Complaint ABL 312 of 2025.", "ABL 312 of 2025"),
        ("fr", "L'affaire est pendante devant le Tribunal pénal fédéral (RR.2026.31).", "RR.2026.31"),
        ("fr", "Les pièces restent au greffe (n° 2025/018733).", "2025/018733"),
        ("es", "La causa se sigue ante el Juzgado Segundo de Garantías (RIT-4412/2025).", "RIT-4412/2025"),
        ("pt", "O inquérito corre na Procuradoria da República (NUIPC-881/2024).", "NUIPC-881/2024"),
        ("es", "El día de los hechos la Policía intervino en la carretera el camión de placa\nD4K-917.", "D4K-917"),
        ("pt", "No dia dos fatos a polícia parou na estrada principal o caminhão de placa\nABC1D23.", "ABC1D23"),
    ],
)
def test_a_number_belongs_to_the_words_before_it(language: str, words: str, number: str) -> None:
    found = [one.value for one in reading(language, words).fields.get("identifiers", ())]
    assert number in [one["text"] for one in found if isinstance(one, dict)]


@pytest.mark.parametrize(
    ("language", "label", "number"),
    [
        ("es", "Radicado", "5512-2026"),
        ("es", "Expediente n.º", "4411-2026"),
        ("pt", "NUIPC", "1432/24.9T9LSB"),
        ("pt", "Autos n.º", "77/2026"),
        ("fr", "Dossier n°", "2026/418"),
    ],
)
def test_a_reference_is_read_without_the_word_for_it(language: str, label: str, number: str) -> None:
    text = HEADS[language].replace("\n\n", f"\n{label} {number}\n\n", 1) + ASKED[language]
    assert [one.value for one in read_request(text, annotate(text)).fields.get("own_reference", ())][:1] == [number]


LETTER_DAYS = [
    ("es", "Insistimos en nuestra solicitud de 4 de marzo de 2025, enviada el 11 de marzo de 2025, en esta causa."),
    ("pt", "Vimos insistir pelo cumprimento do nosso pedido de 4 de março de 2025, enviado em 11 de março de 2025."),
    ("en", "We refer to our letter of request of 4 March 2025, sent on 11 March 2025, in this case."),
    ("fr", "Nous rappelons notre demande du 4 mars 2025, transmise le 11 mars 2025, dans cette affaire."),
    ("es", "Se remite la comisión rogatoria internacional librada el 7 de octubre de 2025 por la juez de instrucción."),
]


@pytest.mark.parametrize(("language", "words"), LETTER_DAYS)
def test_the_days_of_letters_are_no_days_of_facts(language: str, words: str) -> None:
    assert period(reading(language, words)) is None
