"""Letter-spaced titles in words read by OCR: ``S E N T E N C I A``, which Tesseract reads as single letters.

A line counts as letter-spaced if nearly all that is read on it are single capitals. The gaps between its words are
clearly wider than those between its letters; signs at the ends of a word belong to its first or last letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from extraction.document import Box
from extraction.layout.ocr import OcrWord
from extraction.layout.spaced_letters import are_words

MIN_LETTERS = 5  # words read on a line
MOSTLY = 0.7  # share of those that are single letters
LONGEST = 3  # letters of the others: two or three that were read as one
BETWEEN_WORDS = 1.7  # ratio of the gap between two words to the usual gap
CLOSE = 1.5  # letter heights: gaps within a word are smaller; columns of single letters are farther apart


def with_spaced_letters(words: Sequence[OcrWord]) -> list[OcrWord]:
    """Return the words of a page with the letters of letter-spaced lines joined to words."""
    joined: list[OcrWord] = []
    for _, group in groupby(words, lambda word: (word.block, word.paragraph, word.line)):
        line = list(group)
        joined += _joined(line) if _is_spaced(line) else line
    return joined


def _is_spaced(line: Sequence[OcrWord]) -> bool:
    letters = ["".join(filter(str.isalpha, word.text)) for word in line]
    single = sum(len(text) == 1 for text in letters)
    if len(line) < MIN_LETTERS or single < MOSTLY * len(line):
        return False
    short = all(0 < len(part) <= LONGEST for part in letters)
    height = median(word.upright.bottom - word.upright.top for word in line)
    return short and are_words("".join(letters)) and median(_gaps(line)) < CLOSE * height


def _gaps(line: Sequence[OcrWord]) -> list[float]:
    return [after.upright.x0 - before.upright.x1 for before, after in pairwise(line)]


def _joined(line: Sequence[OcrWord]) -> Iterator[OcrWord]:
    gaps = _gaps(line)
    usual = median(gaps)
    start = 0
    for place, gap in enumerate([*gaps, float("inf")], start=1):
        if gap > BETWEEN_WORDS * usual:
            yield _word(line[start:place])
            start = place


def _word(letters: Sequence[OcrWord]) -> OcrWord:
    first = letters[0]
    return OcrWord(
        "".join(letter.text for letter in letters),
        _around([letter.box for letter in letters]),
        _around([letter.upright for letter in letters]),
        sum(letter.confidence for letter in letters) / len(letters),
        first.block,
        first.paragraph,
        first.line,
    )


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )
