"""Line ends of letters whose file parts all lines by blank lines."""

from __future__ import annotations

import pytest

from extraction.document import Block, BlockKind
from nlp.requests.parts.letter_lines import LINE_END, with_line_ends

LONG = (
    "Se solicita a esa autoridad que reciba la declaración de los testigos que se indican, en presencia de las partes, "
    "y que remita las actas."
)
ITEMS = ["- acta;", "- poder;", "- auto."]
LETTERHEAD = ["FISCALÍA GENERAL", "Unidad de Asuntos Internacionales", "Quito, 3 de marzo de 2026"]


def blocks(*lines: str) -> str:
    return "\n\n".join(lines)


def parted(text: str) -> list[list[str]]:
    """Return the lines of each paragraph."""
    return [[line.strip() for line in part.split("\n")] for part in text.split("\n\n")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([*LETTERHEAD, "Señores:", LONG, LONG], [LETTERHEAD, ["Señores:"], [LONG], [LONG]]),
        ([LONG, "Anexos:", "1. Acta", "2. Poder", LONG], [[LONG], ["Anexos:", "1. Acta", "2. Poder", LONG]]),
        ([LONG, LONG, *ITEMS, LONG], [[LONG], [LONG], ITEMS, [LONG]]),
        ([LONG, LONG, "Atentamente,", "Ana Ruiz", "Fiscal"], [[LONG], [LONG], ["Atentamente,", "Ana Ruiz", "Fiscal"]]),
        (["Dear Sirs,", LONG, LONG, "Jane Roe", "Counsel"], [["Dear Sirs,"], [LONG], [LONG], ["Jane Roe", "Counsel"]]),
    ],
)  # fmt: skip
def test_lines_of_a_letter_are_parted_by_line_ends(lines: list[str], expected: list[list[str]]) -> None:
    text = blocks(*lines)
    found = with_line_ends(text)
    assert parted(found) == expected
    assert len(found) == len(text)
    assert [found.index(line) for line in lines[:3]] == [text.index(line) for line in lines[:3]]
    assert with_line_ends(found) == found


def test_a_text_with_line_ends_of_its_own_is_unchanged() -> None:
    text = "\n".join(LETTERHEAD) + f"\n\nSeñores:\n\n{LONG}\n\nAna Ruiz\nFiscal\n\nAnexos"
    assert with_line_ends(text) == text


def test_blank_lines_around_a_table_stay() -> None:
    lines = ["Cuentas", "Banco\tNúmero\nAzul\t12\nRojo\t13\nVerde\t14", "Saldo", *LETTERHEAD]
    text = blocks(*lines)
    start = text.index("Banco")
    table = Block(start, start + len(lines[1]), BlockKind.TABLE)
    assert LINE_END in with_line_ends(text, [table])
    assert with_line_ends(text, [table]).startswith(blocks(*lines[:3]))


@pytest.mark.parametrize("text", ["", "Uno", "Uno\n\nDos"])
def test_short_texts_are_unchanged(text: str) -> None:
    assert with_line_ends(text) == text
