"""Lines and stretches of words on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import Floats, PageWords

STRETCH_GAP = 0.9  # type sizes: a wider gap may be a gutter or a cell border
WIDEST_SPACE = 3.0  # type sizes between the words of a justified line
SAME_GAP = 0.15  # type sizes by which the gaps of a justified line may differ
MOSTLY = 0.6  # share of the words
SAME_HEIGHT = 0.5  # overlap, relative to the smaller height, of words on the same line

Rows = list[list[int]]  # stretches or words of each row


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Sequences of words without a wide gap; ``boxes`` (n, 4) in the upright frame, ``words`` their word indices."""

    boxes: Floats
    size: Floats
    bold: NDArray[np.bool_]
    words: list[NDArray[np.int64]]

    def __len__(self) -> int:
        return len(self.words)

    def chosen(self, indices: NDArray[np.int64]) -> Stretches:
        """Return the stretches with these ``indices``."""
        return Stretches(
            self.boxes[indices], self.size[indices], self.bold[indices], [self.words[index] for index in indices]
        )


@dataclass(slots=True, eq=False)  # a frozen one takes several times as long to make
class Line:
    """A line of a column: word indices from left to right, box in the upright frame, and the sides of the column.

    ``column`` numbers the columns of a page in reading order; ``size`` is the type size of its longest stretch.
    """

    words: tuple[int, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    left: float
    right: float
    column: int

    @property
    def height(self) -> float:
        """Return the height in points."""
        return self.bottom - self.top


def stretches(page: PageWords, chosen: NDArray[np.int64]) -> Stretches:
    """Return the stretches of the words with the indices ``chosen``, in file order; they must not be changed."""
    return _stretches(page, chosen.astype(np.int64, copy=False).tobytes())


@lru_cache(maxsize=2)  # tables without lines and then lines are looked for among the same words
def _stretches(page: PageWords, indices: bytes) -> Stretches:
    chosen = np.frombuffer(indices, np.int64)
    if not len(chosen):
        return Stretches(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.bool_), [])
    everything = len(chosen) == len(page)
    boxes, size = (page.upright, page.size) if everything else (page.upright[chosen], page.size[chosen])
    starts = _starts(page, chosen, boxes, size)
    around = np.concatenate(
        (np.minimum.reduceat(boxes[:, :2], starts, axis=0), np.maximum.reduceat(boxes[:, 2:], starts, axis=0)), axis=1
    )
    bold = np.logical_and.reduceat(page.bold[chosen], starts)
    return Stretches(around, np.maximum.reduceat(size, starts), bold, _split(chosen, starts))


def _split(chosen: NDArray[np.int64], starts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    ends = [*starts[1:].tolist(), len(chosen)]
    return [chosen[start:end] for start, end in zip(starts.tolist(), ends, strict=True)]


def _starts(page: PageWords, chosen: NDArray[np.int64], boxes: Floats, size: Floats) -> NDArray[np.int64]:
    """Return the places in ``chosen``, whose boxes and sizes are given, at which stretches begin."""
    run = page.run[chosen]
    x0, top, x1, bottom = boxes.T
    shared = np.minimum(bottom[1:], bottom[:-1]) - np.maximum(top[1:], top[:-1])
    lower = np.minimum(bottom[1:] - top[1:], bottom[:-1] - top[:-1])
    gap = x0[1:] - x1[:-1]
    em = np.maximum(size[1:], size[:-1])
    lines = np.concatenate(([0], np.flatnonzero((run[1:] != run[:-1]) | (shared < SAME_HEIGHT * lower)) + 1))
    wide = gap > STRETCH_GAP * em
    if wide.any():
        for start in _spread(page, chosen, lines, gap, wide):
            wide[start] = False
    begins = np.concatenate(([True], wide | (gap < -0.5 * em)))
    begins[lines] = True
    return np.flatnonzero(begins)


def _spread(
    page: PageWords, chosen: NDArray[np.int64], lines: NDArray[np.int64], gap: Floats, wide: NDArray[np.bool_]
) -> Iterator[slice]:
    """Yield the ranges of gaps of justified lines, which are wide but equal.

    ``gap`` is the gap after each word; ``wide`` marks those that would separate stretches. Table cells rarely have
    equal gaps, except for columns of numbers.
    """
    words: list[str] = []
    ends = np.append(lines[1:], len(chosen))
    for number in np.unique(np.searchsorted(lines, np.flatnonzero(wide), "right") - 1).tolist():
        start, end = int(lines[number]), int(ends[number])
        inside = gap[start : end - 1]
        size = float(page.size[chosen[start]])
        if len(inside) < 2 or inside.max() - inside.min() > SAME_GAP * size or inside.max() > WIDEST_SPACE * size:
            continue
        words = words or page.words
        if sum(words[index][:1].isalpha() for index in chosen[start:end].tolist()) > MOSTLY * (end - start):
            yield slice(start, end - 1)


class Sides:
    """Boxes of words as lists, from which the rows of many small groups are found without array operations."""

    def __init__(self, boxes: Floats) -> None:
        self.lefts, self.tops, self.rights, self.bottoms = boxes.T.tolist()
        self._middles = (boxes[:, 1] + boxes[:, 3]).tolist()

    def rows(self, indices: Sequence[int]) -> list[list[int]]:
        """Group ``indices`` of boxes that overlap vertically into rows, top to bottom, each from left to right."""
        if len(indices) < 2:
            return [[index] for index in indices]
        groups: list[list[int]] = []
        low = high = 0.0
        for index in sorted(indices, key=self._middles.__getitem__):
            top, bottom = self.tops[index], self.bottoms[index]
            height, tallest = bottom - top, high - low
            shared = (bottom if bottom < high else high) - (top if top > low else low)
            if groups and shared >= SAME_HEIGHT * (height if height < tallest else tallest):
                groups[-1].append(index)
                if height > tallest:
                    low, high = top, bottom
            else:
                groups.append([index])
                low, high = top, bottom
        return [row if len(row) == 1 else sorted(row, key=self.lefts.__getitem__) for row in groups]

    def read(self, indices: list[int]) -> list[int]:
        """Return ``indices`` in reading order: row by row."""
        return indices if len(indices) < 2 else [index for row in self.rows(indices) for index in row]


def rows(boxes: Floats) -> Rows:
    """Group the indices of boxes that overlap vertically into rows, top to bottom, each from left to right."""
    return [[0]] if len(boxes) == 1 else Sides(boxes).rows(range(len(boxes)))


def column_lines(column: Stretches, number: int) -> list[Line]:
    """Return the lines of one column from top to bottom; ``number`` is the column's number."""
    boxes, sizes, bold = column.boxes.tolist(), column.size.tolist(), column.bold.tolist()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    lines = []
    for row in rows(column.boxes):
        words = [word for index in row for word in column.words[index].tolist()]
        longest = max(row, key=lambda index: len(column.words[index])) if len(row) > 1 else row[0]
        x0, top, x1, bottom = boxes[row[0]] if len(row) == 1 else _around([boxes[index] for index in row])
        weight = all(bold[index] for index in row)
        lines.append(Line(tuple(words), x0, top, x1, bottom, sizes[longest], weight, left, right, number))
    return lines


def _around(boxes: list[list[float]]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
