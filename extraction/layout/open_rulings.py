"""Lines that ruled tables leave open: the outer sides of a table, and the columns of rows without a ground.

Many tables have lines between their columns and none at their sides, where only the level lines end, or none above
their headers, where only the upright lines end. Others have a ground in every second row: the sides of its cells are
lines, and the rows between them have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.grid_cells import Cell, Grid, Line
from extraction.layout.page_words import Floats

NARROWEST = 12.0  # points from the outermost upright line to the end of the level lines
MIN_LEVEL = 3  # level lines that end at one place
MIN_UPRIGHT = 2  # upright lines that end at one place above the first level line or below the last
MAX_WORDS = 40  # between two level lines at an open side; more are running text
MAX_HEIGHT = 2.5  # heights of the highest row of a table; a higher band without lines is none of its rows
MIN_APART = 0.6  # share of the bands without lines in which words are in columns
OVER = 1.0  # points by which a word may be over a line


def closing_lines(cells: Sequence[Cell], grid: Grid, rulings: Floats, words: Floats, tolerance: float) -> Floats:
    """Return the lines (n, 4: x0, top, x1, bottom) that close the table of ``cells``.

    ``rulings`` are the lines of the page and ``grid`` the same aligned and joined within ``tolerance`` points;
    ``words`` are the boxes of its words.
    """
    columns = sorted({cell[0] for cell in cells} | {cell[2] for cell in cells})
    found = list(_sides(cells, columns, grid.level, words, tolerance))
    edges = sorted({*columns, *(line[0] for line in found)})
    found += _ends(cells, edges, grid.upright, words, tolerance)
    found += _between(columns, grid.level, rulings, words, tolerance)
    return np.array(found, np.float32).reshape(-1, 4)


def _sides(
    cells: Sequence[Cell], columns: Sequence[float], level: Sequence[Line], words: Floats, tolerance: float
) -> Iterator[Cell]:
    """Yield a line at each side where the level lines of the table go on beyond its last upright line."""
    top, bottom = min(cell[1] for cell in cells), max(cell[3] for cell in cells)
    own = [line for line in level if top - tolerance <= line[0] <= bottom + tolerance]
    across = [line for line in own if line[1] <= columns[0] + tolerance and line[2] >= columns[-1] - tolerance]
    for side, edge in ((1, columns[0]), (2, columns[-1])):
        beyond = [line for line in across if abs(line[side] - edge) >= NARROWEST]
        ends = sorted(line[side] for line in beyond)
        if len(beyond) < MIN_LEVEL or ends[-1] - ends[0] > tolerance:
            continue
        high, low = min(line[0] for line in beyond), max(line[0] for line in beyond)
        if high > top + tolerance or low < bottom - tolerance:
            continue
        x = ends[0] if side == 1 else ends[-1]
        heights = sorted({line[0] for line in beyond})
        counts = [_count(words, min(x, edge), top, max(x, edge), low) for top, low in pairwise(heights)]
        if any(counts) and max(counts) <= MAX_WORDS:
            yield x, high, x, low


def _ends(
    cells: Sequence[Cell], columns: Sequence[float], upright: Sequence[Line], words: Floats, tolerance: float
) -> Iterator[Cell]:
    """Yield the lines around a row of words above or below a table into which lines between its columns go on."""
    left, right = columns[0], columns[-1]
    inner = [line for line in upright if left + tolerance < line[0] < right - tolerance]
    for side, edge in ((1, min(cell[1] for cell in cells)), (2, max(cell[3] for cell in cells))):
        touching = [line for line in inner if line[1] - tolerance <= edge <= line[2] + tolerance]
        beyond = [line for line in touching if abs(line[side] - edge) >= NARROWEST]
        ends = sorted(line[side] for line in beyond)
        if len(beyond) < max(MIN_UPRIGHT, MIN_APART * (len(columns) - 2)) or ends[-1] - ends[0] > tolerance:
            continue
        y = ends[0] if side == 1 else ends[-1]
        band = min(y, edge), max(y, edge)
        lines = sorted({left, right, *(line[0] for line in beyond)})
        if _is_row(words, lines, band):
            yield left, y, right, y
            yield from ((x, band[0], x, band[1]) for x in (left, right))


def _is_row(words: Floats, columns: Sequence[float], band: tuple[float, float]) -> bool:
    """Return whether most columns of a band have words, few in all, and none is over a line between columns."""
    filled = _filled(words, columns, band)
    few = _count(words, columns[0], band[0], columns[-1], band[1]) <= MAX_WORDS
    return filled >= MIN_APART * (len(columns) - 1) and few and not any(_is_crossed(words, x, band) for x in columns)


def _count(words: Floats, x0: float, top: float, x1: float, bottom: float) -> int:
    """Return how many of ``words`` lie between these sides."""
    x, y = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    return int(((x > x0) & (x < x1) & (y > top) & (y < bottom)).sum())


def _between(
    columns: Sequence[float], level: Sequence[Line], rulings: Floats, words: Floats, tolerance: float
) -> Iterator[Cell]:
    """Yield the upright lines of the bands without any between and beside the rows of a table.

    All rows are bands between level lines of the same two ends; in most of those without upright lines the words are
    in columns. A line that goes through a word is left out.
    """
    if len(columns) < 3:
        return
    heights = sorted(
        {y for y, x0, x1 in level if abs(x0 - columns[0]) <= tolerance and abs(x1 - columns[-1]) <= tolerance}
    )
    bands = list(pairwise(heights))
    inner = columns[0] + 2 * tolerance, columns[-1] - 2 * tolerance
    drawn = [_has_uprights(rulings, *inner, band, tolerance) for band in bands]
    if sum(drawn) < 2 or all(drawn):
        return
    highest = MAX_HEIGHT * max(low - top for (top, low), has in zip(bands, drawn, strict=True) if has)
    open_bands = [band for band, has in zip(bands, drawn, strict=True) if not has and band[1] - band[0] <= highest]
    open_bands = [band for band in open_bands if _count(words, columns[0], band[0], columns[-1], band[1])]
    filled = [_filled(words, columns, band) for band in open_bands]
    free = [[x for x in columns[1:-1] if not _is_crossed(words, x, band)] for band in open_bands]
    rows = [lines for lines, count in zip(free, filled, strict=True) if count > 1]
    if not rows or sum(len(lines) == len(columns) - 2 for lines in rows) < MIN_APART * len(rows):
        return
    for (top, low), lines, count in zip(open_bands, free, filled, strict=True):
        if count > 1:
            yield from ((x, top, x, low) for x in lines)
        for x in (columns[0], columns[-1]):
            if not _has_uprights(rulings, x - tolerance, x + tolerance, (top, low), tolerance):
                yield x, top, x, low


def _filled(words: Floats, columns: Sequence[float], band: tuple[float, float]) -> int:
    """Return the number of ``columns`` in which a band has words."""
    x, y = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    inside = (y > band[0]) & (y < band[1]) & (x > columns[0]) & (x < columns[-1])
    return len(np.unique(np.searchsorted(columns, x[inside])))


def _has_uprights(rulings: Floats, left: float, right: float, band: tuple[float, float], tolerance: float) -> bool:
    """Return whether an upright line is in a band between two sides."""
    x0, top, x1, bottom = rulings.T
    inside: NDArray[np.bool_] = (x1 - x0 < bottom - top) & (top < band[1] - tolerance) & (bottom > band[0] + tolerance)
    return bool((inside & (x0 >= left) & (x1 <= right)).any())


def _is_crossed(words: Floats, x: float, band: tuple[float, float]) -> bool:
    middle = (words[:, 1] + words[:, 3]) / 2
    over = (words[:, 0] < x - OVER) & (words[:, 2] > x + OVER) & (middle > band[0]) & (middle < band[1])
    return bool(over.any())
