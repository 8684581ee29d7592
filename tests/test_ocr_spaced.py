"""Letter-spaced titles in words read by OCR."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extraction.document import Box
from extraction.layout.ocr import OcrWord
from extraction.layout.ocr_spaced import with_spaced_letters


def _line(parts: Sequence[tuple[str, float]], line: int = 0) -> list[OcrWord]:
    """Return the words of a line, each with the gap after it in points; a letter is 8 points wide and 10 high."""
    words, x = [], 50.0
    for text, gap in parts:
        box = Box(x, 100 + 20 * line, x + 8 * len(text), 110 + 20 * line)
        words.append(OcrWord(text, box, box, 0.9, 1, 1, line))
        x = box.x1 + gap
    return words


def _texts(parts: Sequence[tuple[str, float]]) -> list[str]:
    return [word.text for word in with_spaced_letters(_line(parts))]


def _spaced(words: str, gap: float = 5.0, between: float = 15.0) -> list[tuple[str, float]]:
    return [
        (letter, gap if place < len(word) - 1 else between)
        for word in words.split()
        for place, letter in enumerate(word)
    ]


@pytest.mark.parametrize("title", ["SENTENCIA", "JUZGADO DE GUARDIA", "CONCLUSIONS EN DÉFENSE", "ACÓRDÃO"])
def test_letters_with_equal_gaps_are_words(title: str) -> None:
    assert _texts(_spaced(title)) == title.split()


def test_letters_read_together_and_signs_stay_in_their_word() -> None:
    parts = [("R", 5.0), ("ES", 5.0), ("U", 5.0), ("E", 5.0), ("L", 5.0), ("V", 5.0), ("O:", 0.0)]
    assert _texts(parts) == ["RESUELVO:"]


@pytest.mark.parametrize(
    "parts",
    [
        _spaced("ABCDEF"),
        _spaced("BCDBCC"),
        _spaced("AEIOU"),
        _spaced("SENTENCIA", gap=40.0),
        _spaced("sentencia"),
        [("V", 5.0), ("3", 5.0), ("F", 5.0), ("4", 5.0), ("A", 5.0), ("5", 0.0)],
        [("A", 5.0), ("LA", 5.0), ("HORA", 5.0), ("Y", 5.0), ("O", 5.0), ("U", 0.0)],
    ],
)
def test_lists_of_letters_and_other_lines_stay(parts: list[tuple[str, float]]) -> None:
    assert _texts(parts) == [text for text, _ in parts]


def test_the_box_of_a_word_is_around_its_letters() -> None:
    (word,) = with_spaced_letters(_line(_spaced("AUTO DE", between=5.0)))
    assert (word.text, word.box.x0, word.box.x1) == ("AUTODE", 50.0, 50.0 + 6 * 8 + 5 * 5)
