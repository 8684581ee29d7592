"""Captions of pleadings whose sides are separated by a column of brackets, one in each line, instead of a rule.

``STATE OF OHIO,  )  Case No. 12`` is the first line of the parties, a bracket, and the first line of the other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.document import Box
from extraction.layout.page_lines import Stretches
from extraction.layout.page_words import Floats, PageWords, median, surrounding

MARKS = frozenset(")]}|")  # OCR reads a bracket as any of them
MIN_MARKS = 4
OFF_LINE = 0.8  # type sizes by which a mark may be off the middle of the column
LARGEST_STEP = 5.0  # type sizes between two marks
OPENED = 3.0  # type sizes within which an opening bracket stands before one that is no mark: an empty tick box
MIN_PARTIES = 2  # stretches with letters on the left

_STARTS = tuple(f" {mark}" for mark in MARKS)


@dataclass(frozen=True, slots=True)
class MarkColumn:
    """Word indices of the brackets, and the box around them in points."""

    words: frozenset[int]
    box: Box


def around_marks(band: Stretches, page: PageWords) -> list[Stretches]:
    """Return the parts of ``band`` in reading order: above a caption, its left and its right side, and below.

    The brackets are left out, as a rule would be. Without a caption the band is the only part.
    """
    if sum(map(page.text.count, _STARTS)) < MIN_MARKS:
        return [band]
    words = page.words
    for column in _columns(band, page, words):
        apart = _without_marks(band, page, column)
        middle = (apart.boxes[:, 1] + apart.boxes[:, 3]) / 2
        beside = (middle > column.box.top) & (middle < column.box.bottom)
        left, right = apart.boxes[:, 2] <= column.box.x1, apart.boxes[:, 0] >= column.box.x0
        sides = [np.flatnonzero(beside & side) for side in (left, right)]
        if (left | right)[beside].all() and _with_letters(apart, sides[0], words) >= MIN_PARTIES and len(sides[1]):
            above, below = np.flatnonzero(middle <= column.box.top), np.flatnonzero(middle >= column.box.bottom)
            parts = [apart.chosen(part) for part in (above, *sides)]
            return [part for part in (*parts, *around_marks(apart.chosen(below), page)) if len(part)]
    return [band]


def _columns(band: Stretches, page: PageWords, words: Sequence[str]) -> Iterator[MarkColumn]:
    """Yield the columns of brackets from left to right."""
    order = [int(index) for stretch in band.words for index in stretch]
    marks = [index for before, index in zip([-1, *order], order, strict=False) if _is_mark(page, words, before, index)]
    while len(marks) >= MIN_MARKS:
        first = min(marks, key=lambda index: float(page.upright[index, 0]))
        near = abs(_middles(page.upright[marks]) - _middles(page.upright[[first]])) <= OFF_LINE * page.size[first]
        chosen = sorted(np.array(marks)[near].tolist(), key=lambda index: float(page.upright[index, 1]))
        marks = [index for index in marks if index not in chosen]
        if len(chosen) >= MIN_MARKS and _is_unbroken(page, chosen):
            yield MarkColumn(frozenset(chosen), surrounding(page.upright[np.array(chosen)]))


def _is_mark(page: PageWords, words: Sequence[str], before: int, index: int) -> bool:
    if words[index] not in MARKS:
        return False
    gap = page.upright[index, 0] - page.upright[before, 2] if before >= 0 else 0.0
    return before < 0 or not words[before].endswith(("(", "[")) or not 0 <= gap <= OPENED * page.size[index]


def _middles(boxes: Floats) -> Floats:
    middles: Floats = (boxes[:, 0] + boxes[:, 2]) / np.float32(2)
    return middles


def _is_unbroken(page: PageWords, marks: Sequence[int]) -> bool:
    steps = np.diff(page.upright[np.array(marks), 1])
    return bool((steps <= LARGEST_STEP * median(page.size[np.array(marks)])).all() and (steps > 0).all())


def _without_marks(band: Stretches, page: PageWords, column: MarkColumn) -> Stretches:
    """Return the stretches without the brackets, those that one of them divides as two."""
    pieces: list[tuple[int, NDArray[np.int64]]] = []
    for number, stretch in enumerate(band.words):
        places = [place for place, index in enumerate(stretch.tolist()) if index in column.words]
        cuts = [-1, *places, len(stretch)]
        pieces += [(number, stretch[start + 1 : end]) for start, end in pairwise(cuts)]
    pieces = [(number, piece) for number, piece in pieces if len(piece)]
    sources = np.array([number for number, _ in pieces])
    around = [page.upright[piece] for _, piece in pieces]
    boxes = np.array([(*box[:, :2].min(axis=0), *box[:, 2:].max(axis=0)) for box in around], np.float32)
    return Stretches(boxes, band.size[sources], band.bold[sources], [piece for _, piece in pieces])


def _with_letters(band: Stretches, chosen: NDArray[np.int64], words: Sequence[str]) -> int:
    return sum(any(words[index][:1].isalpha() for index in band.words[number].tolist()) for number in chosen.tolist())
