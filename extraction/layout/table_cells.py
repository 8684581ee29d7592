"""Cells that ruling lines leave open or undivided: missing outer columns, merged columns, merged rows.

Many tables have only some of their lines: columns below a header, rows of labels outside the frame, one rule below the
header and one above the total. Each correction needs the words to agree; cells are boxes (n, 4: x0, top, x1, bottom).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.hanging_labels import joined_lines
from extraction.layout.page_lines import Sides
from extraction.layout.page_words import Floats, PageWords
from extraction.layout.spanning_cells import divided_spans

SNAP = 3.0  # points
SPACE = 0.25  # type sizes between two words
COLUMN_GAP = 0.6  # type sizes between the words of two columns
MIN_DIVIDED = 2  # rows
FIGURE_GAP = 0.45  # type sizes between two figures of different columns
MIN_FIGURES, MOSTLY_FIGURES = 4, 0.8  # cells of a column with as many figures each, and their share
MIN_FILLED = 0.4  # share of the columns
MIN_ROWS = 3
_SEPARATED = re.compile(r"\W?\d+(?:[.,]\d+)+\W?")  # a figure with separators
MOSTLY = 0.6  # share of the rows that are in merged cells; else lines part the rows, and cells have several lines
MAX_WRAPPED = 0.2  # share of the line ends that could be wrapped lines
MIN_LABELLED = 0.6  # share of the rows
MAX_LABEL = 5.0  # words in a line of labels; lines of prose have more
MAX_DISTANCE = 40.0  # type sizes between the start of a label and its row
MARGIN = 2.0  # points

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class FilledCells:
    """Cells with the indices of their words; ``shared`` says that some words lie in two overlapping cells."""

    cells: Floats
    words: list[Indices]
    shared: bool


def completed(page: PageWords, body: Indices, cells: Floats, sides: Sides) -> FilledCells:
    """Return ``cells`` with open outer columns added and merged cells divided, as the words of ``body`` show.

    ``sides`` are those of the words of ``page``.
    """
    filled = filled_cells(page, body, _divided_columns(page, body, cells, sides))
    if sum(len(words) > 0 for words in filled.words) / len(filled.words) < MIN_FILLED:
        return filled  # the grid of a chart
    count = len(filled.cells)
    filled = _divided_rows(page, body, filled, sides)
    spans = divided_spans(filled.cells, filled.words, distinct(filled.cells[:, 1]), SNAP, sides)
    filled = filled if spans is filled.cells else filled_cells(page, body, spans)
    wraps = len(filled.cells) == count
    filled = _divided_figures(page, body, filled, sides)
    whole = filled.cells
    for side in (0, 2):
        whole = _with_outer_column(page, body, whole, side, wraps, sides)
    return filled if whole is filled.cells else filled_cells(page, body, whole)


def filled_cells(page: PageWords, body: Indices, cells: Floats) -> FilledCells:
    """Return ``cells`` with the words of ``body`` whose centres lie in each, in the order of ``body``.

    A word in two overlapping cells belongs to the smaller one.
    """
    place, of_cell = _placed(page.boxes[body], cells)
    if shared := bool((np.bincount(place) > 1).any()):
        area = (cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1])
        order = np.lexsort((of_cell, area[of_cell], place))
        order = order[np.unique(place[order], return_index=True)[1]]
        place, of_cell = place[order], of_cell[order]
    order = np.lexsort((place, of_cell))
    ends = np.searchsorted(of_cell[order], np.arange(len(cells) + 1))
    words = body[place[order]]
    return FilledCells(cells, [words[start:end] for start, end in pairwise(ends.tolist())], shared)


def _placed(boxes: Floats, cells: Floats) -> tuple[Indices, Indices]:
    """Return the pairs of a box and a cell in which its centre lies, as two arrays of indices.

    Boxes are ordered by height first, so that each cell is compared only with those level with it.
    """
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    order = np.argsort(y)
    first, last = np.searchsorted(y[order], cells[:, 1]), np.searchsorted(y[order], cells[:, 3])
    counts = np.maximum(last - first, 0)
    cell = np.repeat(np.arange(len(cells)), counts)
    box = order[np.arange(len(cell)) + np.repeat(first + counts - np.cumsum(counts), counts)]
    inside = (x[box] >= cells[cell, 0]) & (x[box] < cells[cell, 2])
    return box[inside], cell[inside]


def in_cells(boxes: Floats, cells: Floats) -> NDArray[np.bool_]:
    """Return for each box (n) and cell (k) whether the centre of the box lies in the cell."""
    x, y = ((boxes[:, 0] + boxes[:, 2]) / 2)[:, None], ((boxes[:, 1] + boxes[:, 3]) / 2)[:, None]
    x0, top, x1, bottom = cells.T
    inside: NDArray[np.bool_] = (x >= x0) & (x < x1) & (y >= top) & (y < bottom)
    return inside


def _inside(page: PageWords, body: Indices, cell: list[float]) -> Indices:
    boxes = page.boxes[body]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    x0, top, x1, bottom = cell
    return body[(x >= x0) & (x < x1) & (y >= top) & (y < bottom)]


def distinct(values: NDArray[np.float32]) -> list[float]:
    """Return the distinct positions in ascending order; those within ``SNAP`` count as one."""
    positions: list[float] = []
    for value in np.sort(values).tolist():
        if not positions or value - positions[-1] > SNAP:
            positions.append(value)
    return positions


def _divided_columns(page: PageWords, body: Indices, cells: Floats, sides: Sides) -> Floats:
    """Divide cells that span columns where no stretch of words crosses a column line, in two or more rows."""
    edges = distinct(cells[:, 0])[1:]
    kept: list[list[float]] = []
    divided: list[tuple[list[float], list[float]]] = []
    for cell in cells.tolist():
        lines = [x for x in edges if cell[0] + SNAP < x < cell[2] - SNAP]
        if len(lines) > 1 and _fills_columns(page, _inside(page, body, cell), lines, sides):
            divided.append((cell, lines))
        else:
            kept.append(cell)
    if len(divided) < MIN_DIVIDED:
        return cells
    for (x0, top, x1, bottom), lines in divided:
        kept += [[left, top, right, bottom] for left, right in pairwise((x0, *lines, x1))]
    return np.array(kept, np.float32)


def is_number(word: str) -> bool:
    """Return whether a word has digits and no letters."""
    return any(map(str.isdigit, word)) and not any(map(str.isalpha, word))


def _divided_figures(page: PageWords, body: Indices, filled: FilledCells, sides: Sides) -> FilledCells:
    """Divide the cells of each column without inner lines in which nearly every cell has figures in as many columns.

    The cells are returned by columns.
    """
    texts, cells = page.words, filled.cells
    result: list[list[float]] = []
    words: list[Indices] = []
    divides = False
    for left in distinct(cells[:, 0]):
        chosen = np.flatnonzero(abs(cells[:, 0] - left) <= SNAP)
        column = cells[chosen].tolist()
        inside = [filled.words[index] for index in chosen.tolist()]
        words += inside
        divided, lines = _figure_columns(page, texts, inside, sides)
        divides |= bool(lines)
        for number, (x0, top, x1, bottom) in enumerate(column):
            edges = [x0, *lines, x1] if number in divided else [x0, x1]
            result += [[start, top, end, bottom] for start, end in pairwise(edges)]
    by_column = np.array(result, np.float32)
    return filled_cells(page, body, by_column) if divides else FilledCells(by_column, words, filled.shared)


def _figure_columns(
    page: PageWords, texts: list[str], column: list[Indices], sides: Sides
) -> tuple[set[int], list[float]]:
    """Return which cells of a column to divide, and the positions at which; none unless nearly all have figures."""
    count = sum(len(words) > 0 for words in column)
    figures = {
        number: ordered
        for number, words in enumerate(column)
        if len(ordered := _figures(page, texts, words.tolist(), sides)) > 1
    }
    if len(figures) < max(MIN_FIGURES, MOSTLY_FIGURES * (count - 1)):
        return set(), []
    usual, alike = Counter(len(ordered) for ordered in figures.values()).most_common(1)[0]
    if alike < max(MIN_FIGURES, MOSTLY_FIGURES * (count - 1)):
        return set(), []
    chosen = {number: ordered for number, ordered in figures.items() if len(ordered) == usual}
    return set(chosen), _lines_between(page, list(chosen.values()))


def _figures(page: PageWords, texts: list[str], words: list[int], sides: Sides) -> list[int]:
    """Return the words of a cell from left to right if all are figures of one line, farther apart than words."""
    if len(words) < 2 or not all(is_number(texts[index]) for index in words):
        return []
    lines = sides.rows(words)
    ordered = lines[0]
    gaps = [sides.lefts[after] - sides.rights[before] for before, after in pairwise(ordered)]
    whole = all(_SEPARATED.fullmatch(texts[index]) for index in ordered)  # not the groups of one number
    apart = all(gap >= (0.8 * SPACE if whole else FIGURE_GAP) * page.size[ordered[0]] for gap in gaps)
    return ordered if len(lines) == 1 and apart else []


def _lines_between(page: PageWords, alike: list[list[int]]) -> list[float]:
    """Return the positions between the columns of figures, none if the columns overlap."""
    boxes = page.boxes[np.array(alike)]  # cells, columns, sides
    rights, lefts = boxes[:, :-1, 2].max(axis=0), boxes[:, 1:, 0].min(axis=0)
    return [] if (lefts - rights <= 0).any() else ((lefts + rights) / 2).tolist()


def _fills_columns(page: PageWords, words: Indices, edges: list[float], sides: Sides) -> bool:
    """Return whether ``words`` lie in enough columns between ``edges``, and none near one reads on across it."""
    if not len(words):
        return False
    boxes = page.boxes[words]
    lines = np.array(edges)
    if ((boxes[:, None, 0] < lines - MARGIN) & (boxes[:, None, 2] > lines + MARGIN)).any():
        return False
    places = np.searchsorted(lines, (boxes[:, 0] + boxes[:, 2]) / 2).tolist()
    column = dict(zip(words.tolist(), places, strict=True))
    if len(set(places)) < max(2, MIN_FILLED * (len(lines) + 1)):
        return False
    for row in sides.rows(list(column)):
        for before, after in pairwise(row):
            gap = sides.lefts[after] - sides.rights[before]
            if column[before] != column[after] and gap < COLUMN_GAP * page.size[after]:
                return False
    return True


def _with_outer_column(page: PageWords, body: Indices, cells: Floats, side: int, wraps: bool, sides: Sides) -> Floats:
    """Add the column of labels beyond the left (``side`` 0) or right (2) edge, if nearly every row has one.

    ``wraps`` says that labels may have several lines, since ruling lines separate the rows.
    """
    edge = float(cells[:, side].min() if side == 0 else cells[:, side].max())
    outer = cells[abs(cells[:, side] - edge) <= SNAP]
    outer = outer[np.argsort(outer[:, 1])]
    if len(outer) < MIN_ROWS:
        return cells
    boxes = page.boxes[body]
    middle = (boxes[:, 0] + boxes[:, 2]) / 2
    if not ((middle < edge) if side == 0 else (middle >= edge)).any():
        return cells
    size = float(np.median(page.size[body]))
    reach = edge - MAX_DISTANCE * size if side == 0 else edge + MAX_DISTANCE * size
    zone = (reach, edge) if side == 0 else (edge, reach)
    beside = body[(middle >= zone[0]) & (middle < zone[1])]
    rows_beside = outer.copy()
    rows_beside[:, 0], rows_beside[:, 2] = zone
    inside = in_cells(page.boxes[beside], rows_beside)
    labelled = np.flatnonzero(inside.any(axis=0)).tolist()
    if len(labelled) < MIN_LABELLED * len(outer):
        return cells
    filled = [beside[inside[:, number]] for number in labelled]
    labels = [sides.rows(words.tolist()) for words in filled]
    if not all(_is_label(page, words, label, sides) for words, label in zip(filled, labels, strict=True)):
        return cells
    lines = sum(map(len, labels))
    if sum(map(len, filled)) > MAX_LABEL * lines or (not wraps and lines > len(filled)):
        return cells
    boxes = page.boxes[np.concatenate(filled)]
    end = float(boxes[:, 0].min()) - MARGIN if side == 0 else float(boxes[:, 2].max()) + MARGIN
    added = outer.copy()
    added[:, 0], added[:, 2] = (end, edge) if side == 0 else (edge, end)
    return np.concatenate((cells, added))


def _is_label(page: PageWords, words: Indices, lines: list[list[int]], sides: Sides) -> bool:
    """Return whether each of the ``lines`` of ``words`` is one stretch."""
    size = float(page.size[words].max())
    gaps = [sides.lefts[after] - sides.rights[before] for row in lines for before, after in pairwise(row)]
    return len(lines) <= MIN_ROWS and max(gaps, default=0.0) <= COLUMN_GAP * 2 * size


def _divided_rows(page: PageWords, body: Indices, filled: FilledCells, sides: Sides) -> FilledCells:
    """Divide the cells of a ruled row at its rows of text where the lines of its cells are no wrapped text."""
    cells = filled.cells
    divided = []
    for top in distinct(cells[:, 1]):
        chosen = np.flatnonzero(abs(cells[:, 1] - top) <= SNAP)
        band = cells[chosen]
        if filled.shared:
            words = filled_cells(page, body, band).words
        else:
            words = [filled.words[index] for index in chosen.tolist()]
        divided.append(_divided_band(page, band, [inside.tolist() for inside in words], sides))
    counts = [len(distinct(band[:, 1])) for band in divided]
    merged = sum(count for count in counts if count > 1)
    if not merged or merged < MOSTLY * sum(counts):
        return filled
    return filled_cells(page, body, np.concatenate(divided))


def _divided_band(page: PageWords, band: Floats, words: list[list[int]], sides: Sides) -> Floats:
    if len(band) < 2 or sum(map(len, words)) < MIN_ROWS or len(bottoms := distinct(band[:, 3])) > 1:
        return band
    lines = sides.rows(list(chain.from_iterable(words)))
    if len(lines) < MIN_ROWS:
        return band
    cell_lines = [sides.rows(inside) for inside in words]
    if sum(len(inside) >= 0.6 * len(lines) for inside in cell_lines) < max(2, 0.5 * len(band)):
        return band
    if not _are_separate(page, band, cell_lines, sides):
        return band
    texts = page.words
    lines = joined_lines(lines, lambda index: is_number(texts[index]), sides)
    bounds = [
        (max(sides.bottoms[index] for index in line) + min(sides.tops[index] for index in after)) / 2
        for line, after in pairwise(lines)
    ]
    levels = [float(band[:, 1].min()), *bounds, bottoms[0]]
    return np.array(
        [[x0, top, x1, low] for top, low in pairwise(levels) for x0, _, x1, _ in band.tolist()],
        np.float32,
    )


def _are_separate(page: PageWords, band: Floats, cell_lines: list[list[list[int]]], sides: Sides) -> bool:
    """Return whether nearly all lines end although the next word would have fitted in the cell.

    Columns of figures are narrow, and a figure never continues the figure above it.
    """
    texts = page.words
    ends = full = 0
    for (x0, _, x1, _), lines in zip(band.tolist(), cell_lines, strict=True):
        for line, after in pairwise(lines):
            ends += 1
            if all(_is_figure(texts[index]) for index in (*line, *after)):
                continue
            width = max(sides.rights[index] for index in line) - sides.lefts[line[0]]
            first = sides.rights[after[0]] - sides.lefts[after[0]]
            full += width + first + SPACE * float(page.size[line[0]]) > x1 - x0 - 2 * MARGIN
    return ends > 0 and full <= MAX_WRAPPED * ends


def _is_figure(word: str) -> bool:
    return not any(character.islower() for character in word)
