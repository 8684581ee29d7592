"""Roman numerals of lists in scans, and what only looks like one."""

from __future__ import annotations

import pytest

from extraction.document import Box
from extraction.layout.ocr import OcrWord
from extraction.layout.ocr_numerals import with_numerals


def read(lines: list[str]) -> list[str]:
    """Return the lines, each of them words of one OCR line, with numerals restored."""
    box = Box(0, 0, 10, 10)
    words = [
        OcrWord(text, box, box, 0.9, 1, 1, number) for number, line in enumerate(lines) for text in line.split(" ")
    ]
    texts = iter(with_numerals([word.text for word in words], words))
    return [" ".join(next(texts) for _ in line.split(" ")) for line in lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["I. Ser", "H. Ter", "HI. Ver", "IV. Ir"], ["I. Ser", "II. Ter", "III. Ver", "IV. Ir"]),
        (["| . Ser", "II . Ter", "Ill . Ver", "IV . Ir"], ["I . Ser", "II . Ter", "III . Ver", "IV . Ir"]),
        (["l - citar;", "II - oír;", "1II - ver;", "IV - ir."], ["I - citar;", "II - oír;", "III - ver;", "IV - ir."]),
        (["VI) a", "VH) b", "la cuenta", "VIH) c", "IX) d"], ["VI) a", "VII) b", "la cuenta", "VIII) c", "IX) d"]),
        (["i) a", "ji) b", "iii) c", "iv) d"], ["i) a", "ii) b", "iii) c", "iv) d"]),
    ],
)
def test_numerals_between_others_are_restored(lines: list[str], expected: list[str]) -> None:
    assert read(lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["H. Martínez", "I. Pérez", "V. Gómez"],  # initials of names
        ["1. uno", "2. dos", "3. tres"],
        ["1. uno", "II. dos"],  # too few to be sure
        ["I. uno", "III. tres", "H. otro", "IV. cuatro"],
        ["I uno", "H dos", "HI tres", "IV cuatro"],  # no marks of list items
        ["cuenta I.", "cuenta H.", "cuenta III."],  # not at the beginning of a line
    ],
)
def test_other_words_stay(lines: list[str]) -> None:
    assert read(lines) == lines
