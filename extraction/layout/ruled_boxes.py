"""Boxes of forms whose sides are open: ``1 Name of the applicant | 2 Number`` over the two values, between two rules.

Each box is read as a whole, as the cells of a table are; without lines on the left and right the boxes are no table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.block_marks import starts_low
from extraction.layout.grid_cells import grid_of
from extraction.layout.page_lines import Stretches, rows
from extraction.layout.page_words import Floats
from extraction.layout.reading_order import are_level

Indices = NDArray[np.int64]

MAX_RULINGS = 1000
STRAIGHT = 2.0  # points: width of a rule, and the distance of two that touch
ACROSS = 0.9  # share of the width of a region that a level rule has to cover
MAX_LINES = 3  # of a label with its value
LARGER = 1.1  # ratio of the type sizes of a label and its value
OVER = 1.0  # points by which a stretch may go over a rule


@dataclass(frozen=True, slots=True)
class Region:
    """Sides in points; ``top`` and ``bottom`` of a closed region are those of rules."""

    left: float
    top: float
    right: float
    bottom: float


def around_boxes(part: Stretches, rulings: Floats, words: list[str]) -> list[Stretches]:
    """Return the boxes in ``part`` and what is around them, in reading order; ``part`` itself without any.

    ``rulings`` (k, 4) are x0, top, x1, bottom in points, ``words`` those of the page.
    """
    if len(part) < 2 or not 0 < len(rulings) <= MAX_RULINGS or not _has_two_sides(part, rulings):
        return [part]
    if (grid := grid_of(rulings, STRAIGHT, 1)) is None:
        return [part]
    boxes = Boxes(part, words, np.array(grid.level, np.float32), np.array(grid.upright, np.float32))
    return [part.chosen(np.concatenate(indices)) for indices in boxes.pieces()]


def _has_two_sides(part: Stretches, rulings: Floats) -> bool:
    """Return whether an upright rule has stretches on both of its sides: most are those of tables."""
    x0, top, x1, bottom = rulings[rulings[:, 3] - rulings[:, 1] > rulings[:, 2] - rulings[:, 0]].T
    middle = (part.boxes[:, 1] + part.boxes[:, 3]) / 2
    beside = (middle > top[:, None]) & (middle < bottom[:, None])
    left = beside & (part.boxes[:, 2] <= x0[:, None] + OVER)
    right = beside & (part.boxes[:, 0] >= x1[:, None] - OVER)
    return bool((left.any(axis=1) & right.any(axis=1)).any())


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """The stretches of a part of a page with its level and upright rules: position, start and end in points."""

    part: Stretches
    words: list[str]
    level: Floats
    upright: Floats

    def pieces(self) -> Iterator[list[Indices]]:
        """Yield the boxes and what is between them, in reading order, each as groups of indices of stretches."""
        sides = self.part.boxes
        page = Region(float(sides[:, 0].min()), -np.inf, float(sides[:, 2].max()), np.inf)
        around: list[Indices] = []
        for region, inside in self._bands(page, np.arange(len(self.part))):
            boxes = list(self._columns(region, inside)) if np.isfinite((region.top, region.bottom)).all() else [inside]
            if len(boxes) == 1:
                around += boxes
                continue
            if around:
                yield around
                around = []
            yield from ([box] for box in boxes)
        if around:
            yield around

    def _bands(self, region: Region, inside: Indices) -> Iterator[tuple[Region, Indices]]:
        """Yield the parts of ``region`` between level rules across it that have stretches ``inside``."""
        top, x0, x1 = self.level.T
        covered = np.minimum(x1, region.right) - np.maximum(x0, region.left)
        across = (covered >= ACROSS * (region.right - region.left)) & (top > region.top) & (top < region.bottom)
        edges = [region.top, *np.sort(top[across]).tolist(), region.bottom]
        middle = (self.part.boxes[inside, 1] + self.part.boxes[inside, 3]) / 2
        numbers = np.searchsorted(edges, middle)
        for number in np.unique(numbers).tolist():
            yield replace(region, top=edges[number - 1], bottom=edges[number]), inside[numbers == number]

    def _columns(self, region: Region, inside: Indices) -> Iterator[Indices]:
        """Yield the stretches of each box of ``region``; all ``inside`` as one if they are rows of cells."""
        x, top, bottom = self.upright.T
        sides = self.part.boxes[inside]
        high = (top <= region.top + STRAIGHT) & (bottom >= region.bottom - STRAIGHT)
        high &= (x > region.left) & (x < region.right)
        edges = [edge for edge in np.unique(x[high]).tolist() if not _crosses(sides, edge)]
        numbers = np.searchsorted(edges, (sides[:, 0] + sides[:, 2]) / 2)
        found = [(number, inside[numbers == number]) for number in np.unique(numbers).tolist()]
        if not self._are_apart([box for _, box in found]):
            yield inside
            return
        edges = [region.left, *edges, region.right]
        for number, box in found:
            narrow = replace(region, left=edges[number], right=edges[number + 1])
            for lower, within in self._bands(narrow, box):
                yield from self._columns(lower, within)

    def _are_apart(self, boxes: list[Indices]) -> bool:
        """Return whether ``boxes`` side by side are no rows of cells: their lines are continued, or label and value."""
        lines = [[box[row] for row in rows(self.part.boxes[box])] for box in boxes]
        if all(len(one) < 2 for one in lines[:-1]):
            return False  # one line beside the first of the last box
        several = [box for box, one in zip(boxes, lines, strict=True) if len(one) > 1]
        if len(several) < 2 or not all(
            are_level(*(self.part.boxes[box] for box in pair)) for pair in pairwise(several)
        ):
            return True
        return any(map(self._is_continued, lines)) or (
            max(map(len, lines)) <= MAX_LINES and any(map(self._has_label, lines))
        )

    def _is_continued(self, lines: list[Indices]) -> bool:
        first, *others = [starts_low(self.words[self.part.words[line[0]][0]]) for line in lines]
        return not first and any(others)

    def _has_label(self, lines: list[Indices]) -> bool:
        """Return whether the first of ``lines`` is in another type than the second, as a label above its value is."""
        if len(lines) < 2:
            return False
        sizes = [float(self.part.size[line].max()) for line in lines[:2]]
        bold = [bool(self.part.bold[line].all()) for line in lines[:2]]
        return bool(max(sizes) >= LARGER * min(sizes) or bold[0] != bold[1])


def _crosses(sides: Floats, x: float) -> bool:
    return bool(((sides[:, 0] < x - OVER) & (sides[:, 2] > x + OVER)).any())
