"""Stretches of a table without ruling lines that have the words of several columns, or are no column of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Rows, Stretches
from extraction.layout.page_words import PageWords

WIDE_SPACE = 0.5  # type sizes between two headers that stand close together
BULLETS = frozenset("-–—•·▪■●○*‣◦")

LEADERS = re.compile(r"[.…_]{4,}")


def with_headers_apart(page: PageWords, segments: Stretches, group: Rows, gaps: list[float]) -> tuple[Stretches, Rows]:
    """Return the stretches of the rows ``group``, with those divided that have one piece in each of several columns.

    ``gaps`` are the places between the columns in points. The rows returned number the stretches returned.
    """
    pieces = [[_pieces(page, segments, index, gaps) for index in row] for row in group]
    if all(len(parts) == 1 for row in pieces for parts in row):
        return segments, group
    words = [part for row in pieces for parts in row for part in parts]
    ends = np.cumsum([sum(map(len, row)) for row in pieces]).tolist()
    return of_pieces(page, words), [list(range(start, end)) for start, end in pairwise([0, *ends])]


def of_pieces(page: PageWords, pieces: list[NDArray[np.int64]]) -> Stretches:
    """Return the stretches with the words of ``pieces``."""
    boxes = [page.upright[piece] for piece in pieces]
    return Stretches(
        np.array([[*box[:, :2].min(axis=0), *box[:, 2:].max(axis=0)] for box in boxes], np.float32),
        np.array([page.size[piece].max() for piece in pieces], np.float32),
        np.array([page.bold[piece].all() for piece in pieces]),
        pieces,
    )


def _pieces(page: PageWords, segments: Stretches, index: int, gaps: list[float]) -> list[NDArray[np.int64]]:
    words = segments.words[index]
    left, _, right, _ = segments.boxes[index].tolist()
    if len(words) < 2 or bisect_left(gaps, left) == bisect_left(gaps, right):
        return [words]
    boxes = page.upright[words]
    texts = page.words
    apart = np.array([LEADERS.fullmatch(texts[word]) is not None for word in words[:-1]])
    if not apart.any():
        apart = boxes[1:, 0] - boxes[:-1, 2] >= WIDE_SPACE * segments.size[index]
    parts = np.split(words, np.flatnonzero(apart) + 1)
    return parts if len(parts) == bisect_left(gaps, right) - bisect_left(gaps, left) + 1 else [words]


def without_bullets(page: PageWords, segments: Stretches, group: Rows, gaps: list[float]) -> list[float]:
    """Return ``gaps`` without the first if the column before it has bullets, which belong to the labels after it."""
    if not gaps:
        return gaps
    texts = page.words
    first = [index for row in group for index in row if segments.boxes[index, 2] <= gaps[0]]
    marks = [len(segments.words[index]) == 1 and texts[segments.words[index][0]] in BULLETS for index in first]
    return gaps[1:] if marks and all(marks) else gaps
