"""Rows of a comparison as phrases: a conduct stands with its object."""

from __future__ import annotations

import pytest

from app.comparison.rows import read_column, structure_rows
from app.comparison.table import Column, Provision

CONDUCTS = [
    (
        "Art. 312. Apropriar-se o funcionário público de dinheiro, valor ou bem móvel:\n"
        "Pena - reclusão, de dois a doze anos.",
        ["Apropriar-se", "dinheiro, valor ou bem móvel"],
    ),
    (
        "Art. 299. Omitir, em documento público, declaração, com o fim de criar obrigação:\n"
        "Pena - reclusão, de um a cinco anos.",
        ["Omitir, em documento público, declaração"],
    ),
    (
        "Art. 1º Ocultar a origem de bens:\nPena - reclusão, de três a dez anos.\n"
        "I - O processo e o julgamento independem da condenação pela infração antecedente.",
        ["Ocultar a origem de bens"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CONDUCTS, ids=["inverted", "object and aim", "rule of procedure"])
def test_a_conduct_stands_with_its_object_and_without_rules_of_procedure(text: str, expected: list[str]) -> None:
    unit = f"art. {text.split()[1].rstrip('.')}"
    provision = Provision("1", "d", "public", "Law", "BR", unit, (), "pt", "", 1, 0, len(text), text, role="basic")
    rows = structure_rows([read_column(Column("BR", (provision,)))])
    assert [one.text for row in rows if row.element == "conduct" for one in row.cells[0].quotations] == expected


_ES, _EN = "El que convierta bienes será castigado con prisión de dos a seis años.", "A person who steals is guilty."
_PT, _FR = (
    "Quem converter vantagens é punido com pena de prisão.",
    "Le fait de convertir des biens est puni.",
)
RULES = [
    ("es", "art. 4", f"TÍTULO II\n\nArtículo 4. Blanqueo de capitales.\n\n{_ES}", []),
    ("es", "art. 4", f"Artículo 4. Queda prohibido el transporte.\n{_ES}", ["Queda prohibido el transporte"]),
    ("pt", "art. 4.º", f"Artigo 4.º\nBranqueamento\n{_PT}", []),
    ("en", "s. 4", f"4. Theft\n{_EN}", []),
    ("fr", "art. 4", f"Article 4. Blanchiment.\n{_FR}", []),
    (
        "es",
        "art. 9",
        "Artículo 9. Derógase la Ley 1.\nLa ley rige hoy.",
        ["Derógase la Ley 1", "La ley rige hoy"],
    ),
]


@pytest.mark.parametrize(("language", "unit", "text", "expected"), RULES)
def test_a_rubric_is_no_rule(language: str, unit: str, text: str, expected: list[str]) -> None:
    provision = Provision("1", "d", "public", "Law", "ES", unit, (), language, "", 1, 0, len(text), text, role="basic")
    rows = structure_rows([read_column(Column("ES", (provision,)))])
    assert [one.text for row in rows if row.element == "other" for one in row.cells[0].quotations] == expected
