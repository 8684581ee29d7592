"""Cells that reach over several rows of a table although each of their lines belongs to one of these rows.

Statistical tables have a frame around the labels of each section, and lines between the rows only beside it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Rows, Sides
from extraction.layout.page_words import Floats

MIN_LINES = 3
MIN_ALIKE = 2  # cells over the same rows
MIN_FILLED = 0.6  # share of the rows that have a line

Indices = NDArray[np.int64]


def divided_spans(cells: Floats, words: list[Indices], tops: list[float], tolerance: float, sides: Sides) -> Floats:
    """Return ``cells`` with those divided at the ``tops`` of rows whose lines are one for each row, at most.

    ``words`` are the words of each cell and ``sides`` those of all words of the page. A single cell is not divided,
    since a label of several lines may happen to have as many lines as rows.
    """
    edges = np.array(tops)
    first = np.searchsorted(edges, cells[:, 1] + tolerance, "right")
    last = np.searchsorted(edges, cells[:, 3] - tolerance)
    divided: dict[tuple[int, int], list[int]] = {}
    for index in np.flatnonzero(last - first >= MIN_LINES - 1).tolist():
        levels = [float(cells[index, 1]), *edges[first[index] : last[index]].tolist(), float(cells[index, 3])]
        if _is_line_by_line(sides.rows(words[index].tolist()), levels, sides):
            divided.setdefault((int(first[index]), int(last[index])), []).append(index)
    chosen = {index for alike in divided.values() if len(alike) >= MIN_ALIKE for index in alike}
    if not chosen:
        return cells
    result: list[list[float]] = []
    for index, (x0, top, x1, bottom) in enumerate(cells.tolist()):
        inner = edges[first[index] : last[index]].tolist() if index in chosen else []
        result += [[x0, high, x1, low] for high, low in pairwise((top, *inner, bottom))]
    return np.array(result, np.float32)


def _is_line_by_line(lines: Rows, levels: list[float], sides: Sides) -> bool:
    """Return whether most rows between ``levels`` have one of ``lines``, and none has two."""
    rows = len(levels) - 1
    if not MIN_LINES <= len(lines) <= rows or len(lines) < MIN_FILLED * rows:
        return False
    middles = [(sides.tops[line[0]] + sides.bottoms[line[0]]) / 2 for line in lines]
    places = np.searchsorted(levels, middles).tolist()
    return len(set(places)) == len(lines)
