"""Tables of a page with ruling lines.

Lines and words are those that pdfium has already returned: parsing of a page by pdfplumber costs tens of milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extraction.layout.adjoining_tables import part_adjoining
from extraction.layout.grid_cells import Cell, Grid, cells_of, grid_of, intersections, tables_of
from extraction.layout.open_rulings import closing_lines
from extraction.layout.page_lines import Sides
from extraction.layout.page_words import Floats, PageWords
from extraction.layout.table_cells import SNAP, completed, distinct, filled_cells

MIN_RULINGS = 4
MAX_RULINGS = 6000
FULL_CELL = 40  # words
MAX_IN_ONE = 0.7  # share of a table's words
MIN_BESIDE = 3  # filled cells of a row with a cell that has most of the words, and is none of a frame
MIN_GRID, MIN_FILLED_GRID = 20, 0.3  # cells, and share of them that have words
MOSTLY_FILLED = 0.6  # share of the cells of a row
NARROWEST = 6.0  # points; a narrower empty row or column is the gap of a double line


@dataclass(slots=True, eq=False)  # a page may have thousands; a frozen one takes several times as long to make
class TableCell:
    """A cell with the indices of its words in reading order; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    words: list[int]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PageTable:
    """A table on a page; its sides are in points of the upright frame, ``words`` are the indices of all its words."""

    left: float
    top: float
    right: float
    bottom: float
    cells: list[TableCell]
    words: NDArray[np.int64]


def tables(page: PageWords, body: NDArray[np.int64], turn: int = 0) -> list[PageTable]:
    """Return the tables that contain words of ``body`` (indices) in direction ``turn``, from top to bottom.

    ``page`` is in the frame of that direction. Words in another direction, such as sideways headers, belong to cells
    that have no others.
    """
    if not MIN_RULINGS <= len(page.rulings) <= MAX_RULINGS or not len(body):
        return []
    is_level = page.turn[body] == turn
    level, aside = body[is_level], body[~is_level & (page.turn[body] >= 0)]
    grid = grid_of(page.rulings, SNAP) if len(level) else None
    if grid is None:
        return []
    groups = [table for group in _groups(page, body, grid) for table in part_adjoining(group, page.rulings, SNAP)]
    if not groups:
        return []
    aside = aside if turn == 0 else aside[:0]
    sides = Sides(page.boxes), Sides(page.upright if len(aside) else page.upright[:0])
    candidates = [_table(page, level, aside, np.array(cells, np.float32), sides) for cells in groups]
    return sorted((table for table in candidates if table is not None), key=lambda table: table.top)


def _groups(page: PageWords, body: NDArray[np.int64], grid: Grid) -> list[list[Cell]]:
    """Return the cells of each table of ``grid``, with the lines that tables leave open."""
    groups = tables_of(cells_of(intersections(grid, SNAP)))
    words = page.boxes[body]
    added = [closing_lines(group, grid, page.rulings, words, SNAP) for group in groups]
    if not any(map(len, added)):
        return groups
    closed = grid_of(np.concatenate((page.rulings, *added)), SNAP)
    return groups if closed is None else tables_of(cells_of(intersections(closed, SNAP)))


def _table(
    page: PageWords, body: NDArray[np.int64], aside: NDArray[np.int64], cells: Floats, sides: tuple[Sides, Sides]
) -> PageTable | None:
    """Return the table of ``cells`` (n, 4) with its words; None for a frame or fewer than two filled cells.

    ``aside`` are words in another direction than those of ``body``; ``sides`` those of all words of the page, as they
    are displayed and upright.
    """
    if len(cells) < 4:
        return None
    completed_cells = completed(page, body, cells, sides[0])
    cells, level = completed_cells.cells, completed_cells.words
    lefts, tops = distinct(cells[:, 0]), distinct(cells[:, 1])
    if len(lefts) < 2 or len(tops) < 2:
        return None
    sideways = filled_cells(page, aside, cells).words if len(aside) else []
    table_cells = []
    columns, rows, column_ends, row_ends = (
        np.searchsorted(steps, cells[:, side].astype(np.float64) - SNAP).tolist()
        for side, steps in enumerate((lefts, tops, lefts, tops))
    )
    for index in np.lexsort((cells[:, 0], cells[:, 1])).tolist():
        row, column = rows[index], columns[index]
        words_of = sides[0].read(level[index].tolist())
        if sideways and not words_of:
            words_of = sides[1].read(sideways[index].tolist())
        spans = max(1, row_ends[index] - row), max(1, column_ends[index] - column)
        table_cells.append(TableCell(row, column, words_of, *spans))
    table_cells = _without_titles(_without_seams(table_cells, lefts, tops, cells))
    filled = [cell for cell in table_cells if cell.words]
    if len(filled) < 2 or _is_frame(filled, cells, page) or _is_chart(table_cells, filled):
        return None
    words = np.array([index for cell in table_cells for index in cell.words], np.int64)
    low, high = cells.min(axis=0).tolist(), cells.max(axis=0).tolist()
    inked = page.boxes[words]  # rows of titles and notes are within the lines, but not in the table
    return PageTable(low[0], float(inked[:, 1].min()), high[2], float(inked[:, 3].max()), table_cells, words)


def _without_seams(
    table_cells: list[TableCell], lefts: list[float], tops: list[float], cells: Floats
) -> list[TableCell]:
    """Drop the empty rows and columns between double lines and renumber; return cells by row and column."""
    right, bottom = float(cells[:, 2].max()), float(cells[:, 3].max())
    rows_ = _kept(tops, bottom, {cell.row for cell in table_cells if cell.words})
    columns = _kept(lefts, right, {cell.column for cell in table_cells if cell.words})
    has_seams = len(rows_) < len(tops) or len(columns) < len(lefts)
    kept = [] if has_seams else table_cells
    for cell in table_cells if has_seams else ():
        row, column = bisect_left(rows_, cell.row), bisect_left(columns, cell.column)
        row_span = bisect_left(rows_, cell.row + cell.row_span) - row
        column_span = bisect_left(columns, cell.column + cell.column_span) - column
        if row_span and column_span:
            kept.append(TableCell(row, column, cell.words, row_span, column_span))
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def _without_titles(table_cells: list[TableCell]) -> list[TableCell]:
    """Drop first and last rows of one cell over all columns, which are the title and notes; renumber the others."""
    by_row: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table_cells:
        by_row[cell.row].append(cell)
    width = max((cell.column + cell.column_span for cell in table_cells), default=0)
    order = sorted(by_row)
    single = [
        len(by_row[row]) == 1 and by_row[row][0].column_span == width and by_row[row][0].row_span == 1 for row in order
    ]
    if width < 2 or sum(not one for one in single) < 2:
        return table_cells
    first = single.index(False)
    last = len(single) - single[::-1].index(False)
    start = order[first]
    kept = [cell for row in order[first:last] for cell in by_row[row]]
    return [_raised(cell, start) for cell in kept] if start else kept


def _raised(cell: TableCell, rows: int) -> TableCell:
    return TableCell(cell.row - rows, cell.column, cell.words, cell.row_span, cell.column_span)


def _is_chart(table_cells: list[TableCell], filled: list[TableCell]) -> bool:
    """Return whether the lines are the grid of a chart: few cells have words, and no row has them in most cells."""
    if len(table_cells) < MIN_GRID or len(filled) >= MIN_FILLED_GRID * len(table_cells):
        return False
    rows_of = Counter(cell.row for cell in table_cells)
    words_in = Counter(cell.row for cell in filled)
    return not any(words_in[row] >= MOSTLY_FILLED * count > 1 for row, count in rows_of.items())


def _kept(starts: list[float], end: float, filled: set[int]) -> list[int]:
    widths = np.diff([*starts, end]).tolist()
    return [index for index, width in enumerate(widths) if width >= NARROWEST or index in filled]


def _is_frame(filled: list[TableCell], cells: Floats, page: PageWords) -> bool:
    """Return whether the lines only frame or divide the page: few very large cells, or one with most of the words."""
    area = (cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1])
    if len(filled) <= 4 and float(area.max()) > 0.25 * page.width * page.height:
        return True
    words = [len(cell.words) for cell in filled]
    if max(words) < FULL_CELL or max(words) <= MAX_IN_ONE * sum(words):
        return False
    row = filled[words.index(max(words))].row
    beside = [len(cell.words) for cell in filled if cell.row == row]
    return len(beside) < MIN_BESIDE or sum(count >= FULL_CELL for count in beside) > 1
