"""Bullets in words read by OCR, which takes them for "e", "o", a star or a sign of copyright.

A bullet is smaller than a letter and stands above the foot of its line; a letter stands on it, and a star is higher.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from extraction.document import Box
from extraction.layout.ocr import OcrWord

BULLET = "•"
_READ_FOR_BULLETS = frozenset("eoc©¢®«»*°")
_BELOW_THE_LINE = frozenset("gjpqyçQJ,;()[]/|_@")
_ASCENDERS = frozenset("bdfhkl")
MIN_LETTERS = 3  # of a word that shows where its line stands
LARGEST = 0.56  # share of the height of the capitals; an "e" has two thirds
RAISED = (0.14, 0.42)  # share of that height between the foot of the line and the bullet
SMALL, BARELY_RAISED = 0.5, 0.08  # the same for a bullet smaller than any letter: the height, and the least share


def with_bullets(words: Sequence[OcrWord]) -> list[str]:
    """Return the texts of the words of a page, with bullets where their size and place are those of one."""
    texts: list[str] = []
    for _, group in groupby(words, lambda word: (word.block, word.paragraph, word.line)):
        line = list(group)
        if any(word.text in _READ_FOR_BULLETS for word in line):
            texts += _corrected(line)
        else:
            texts += [word.text for word in line]
    return texts


def _corrected(line: Sequence[OcrWord]) -> list[str]:
    level = [word.upright for word in line if _shows_foot(word.text)]
    if not level:
        return [word.text for word in line]
    foot, height = median(box.bottom for box in level), median(box.bottom - box.top for box in level)
    return [
        BULLET if word.text in _READ_FOR_BULLETS and _is_bullet(word.upright, foot, height) else word.text
        for word in line
    ]


def _shows_foot(text: str) -> bool:
    has_full_height = not text.islower() or not _ASCENDERS.isdisjoint(text)
    return len(text) >= MIN_LETTERS and has_full_height and _BELOW_THE_LINE.isdisjoint(text)


def _is_bullet(box: Box, foot: float, height: float) -> bool:
    raised, size = foot - box.bottom, box.bottom - box.top
    least = BARELY_RAISED if size <= SMALL * height else RAISED[0]
    return size <= LARGEST * height and least * height <= raised <= RAISED[1] * height
