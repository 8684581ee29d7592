"""Original and translation of a letter: their differences, and their paragraphs side by side."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.proposal import RequestReading
from nlp.requests.reading import read_request

LETTER = """COMISIÓN ROGATORIA INTERNACIONAL

A las autoridades judiciales competentes de la República Portuguesa

El Juzgado de Instrucción n.º 4 de Vigo investiga a Ramiro Castro Outeiral, nacido el 12 de marzo de 1975, por un delito
de blanqueo de capitales cometido entre los años 2020 y 2022, por importe de 278.940,12 euros.

Se solicita la remisión de los extractos de la cuenta PT50 0002 0123 1234 5678 9015 4 y la declaración del testigo Paulo
Brandão Teles, con domicilio en Oporto, acerca de las transferencias que ordenó por cuenta de la sociedad investigada.

Vigo, 2 de diciembre de 2024
Carmen Souto Vidal, Magistrada-Juez

TRADUCCIÓN AL PORTUGUÉS

CARTA ROGATÓRIA INTERNACIONAL

Às autoridades judiciárias competentes da República Portuguesa

O Tribunal de Instrução n.º 4 de Vigo investiga Ramiro Castro Outeiral, nascido a 12 de março de 1975, por um crime de
branqueamento de capitais cometido entre os anos de 2020 e 2022, no montante de {amount} euros.

Solicita-se o envio dos extratos da conta {account} e a inquirição da testemunha {witness}, com domicílio no Porto,
acerca das transferências que ordenou por conta da sociedade investigada.

Vigo, {day} de dezembro de 2024
Carmen Souto Vidal, Magistrada
"""
SAME = {
    "amount": "278 940,12",
    "account": "PT50 0002 0123 1234 5678 9015 4",
    "witness": "Paulo Brandão Teles",
    "day": "2",
}


def read(**changed: str) -> tuple[str, RequestReading]:
    text = LETTER.format(**{**SAME, **changed})
    return text, read_request(text, annotate(text))


def differences(**changed: str) -> list[tuple[str, str, str]]:
    text, found = read(**changed)
    assert found.translation is not None
    return [
        (one.kind, *(text[slice(*place)] if place else "" for place in (one.original, one.translation)))
        for one in found.translation.differences
    ]


def test_a_faithful_translation_has_no_differences() -> None:
    assert differences() == []


@pytest.mark.parametrize(
    ("changed", "kind", "original", "translated"),
    [
        ({"amount": "278 490,12"}, "figure", "278.940,12", "278 490,12"),
        ({"day": "4"}, "day", "2 de diciembre de 2024", "4 de dezembro de 2024"),
        ({"witness": "Paulo Brandão Telles"}, "name", "Paulo", "Paulo Brandão Telles"),
        ({"account": "PT50 0002 0123 1234 5678 9016 1"}, "identifier", "9015 4", "9016 1"),
    ],
)
def test_what_differs_is_shown_on_both_sides(
    changed: dict[str, str], kind: str, original: str, translated: str
) -> None:
    ((found, one, other),) = differences(**changed)
    assert found == kind
    assert original in one.replace("\n", " ")
    assert translated in other.replace("\n", " ")


def test_paragraphs_stand_beside_their_translation() -> None:
    text, found = read()
    assert found.translation is not None
    pairs = [(text[slice(*one)], text[slice(*other)]) for one, other in found.translation.paragraphs if one and other]
    assert any("blanqueo" in one and "branqueamento" in other for one, other in pairs)
    assert any("extractos" in one and "extratos" in other for one, other in pairs)


def test_without_a_translation_nothing_is_compared() -> None:
    text = LETTER.partition("TRADUCCIÓN")[0]
    assert read_request(text, annotate(text)).translation is None


def test_words_around_a_number_are_no_difference() -> None:
    text = LETTER.format(**SAME)
    text = text.replace("278.940,12 euros.", "278.940,12 euros. Proceso n.º 5012345-67.2025.4.04.7000.")
    text = text.replace("278 940,12 euros.", "278 940,12 euros. Processo n.º 5012345-67.2025.4.04.7000.")
    check = read_request(text, annotate(text)).translation
    assert check is not None
    assert text.count("5012345") == 2
    assert check.differences == ()
