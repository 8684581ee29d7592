"""Tables with ruling lines.

pdfplumber's geometry functions turn lines into cells; they are applied to the lines and words that pdfium has already
returned, because pdfplumber's own parsing of a page costs tens of milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfplumber import table as geometry

from extraction.layout.page_lines import rows
from extraction.layout.page_words import Floats, PageWords
from extraction.layout.table_cells import SNAP, completed, distinct

MIN_RULINGS = 4
MAX_RULINGS = 6000
FULL_CELL = 40  # words
MAX_IN_ONE = 0.7  # share of a table's words
NARROWEST = 6.0  # points; a narrower empty row or column is the gap of a double line


@dataclass(frozen=True, slots=True, eq=False)
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


def tables(page: PageWords, body: NDArray[np.int64]) -> list[PageTable]:
    """Return the tables that contain words of ``body`` (indices), from top to bottom."""
    if not MIN_RULINGS <= len(page.rulings) <= MAX_RULINGS or not len(body):
        return []
    level = body[page.turn[body] == 0]
    edges = _edges(page.rulings)
    if not edges or not len(level):
        return []
    corners = geometry.edges_to_intersections(edges, SNAP, SNAP)
    groups = geometry.cells_to_tables(geometry.intersections_to_cells(corners))
    candidates = [_table(page, level, np.array(cells, np.float32)) for cells in groups]
    return sorted((table for table in candidates if table is not None), key=lambda table: table.top)


def _edges(rulings: Floats) -> list[dict[str, Any]]:
    """Return the lines as pdfplumber edges, merged where they touch; none unless both directions occur."""
    edges = []
    for x0, top, x1, bottom in rulings.tolist():
        level = x1 - x0 >= bottom - top
        edges.append(
            {
                "x0": x0,
                "x1": x1,
                "top": top,
                "bottom": bottom,
                "width": x1 - x0,
                "height": bottom - top,
                "orientation": "h" if level else "v",
                "object_type": "line",
            }
        )
    directions = [edge["orientation"] for edge in edges]
    if min(directions.count("h"), directions.count("v")) < 2:
        return []
    merged: list[dict[str, Any]] = geometry.merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    return merged


def _table(page: PageWords, body: NDArray[np.int64], cells: Floats) -> PageTable | None:
    """Return the table of ``cells`` (n, 4) with its words; None for a frame or fewer than two filled cells."""
    if len(cells) >= 4:
        cells = completed(page, body, cells)
    lefts, tops = distinct(cells[:, 0]), distinct(cells[:, 1])
    if len(cells) < 4 or len(lefts) < 2 or len(tops) < 2:
        return None
    boxes = page.boxes[body]
    centres = np.stack(((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2), axis=1)
    inside = (
        (centres[:, None, 0] >= cells[None, :, 0])
        & (centres[:, None, 0] < cells[None, :, 2])
        & (centres[:, None, 1] >= cells[None, :, 1])
        & (centres[:, None, 1] < cells[None, :, 3])
    )
    table_cells = []
    for index in np.lexsort((cells[:, 0], cells[:, 1])).tolist():
        x0, top, x1, bottom = cells[index].tolist()
        row, column = _step(tops, top), _step(lefts, x0)
        spans = max(1, _step(tops, bottom) - row), max(1, _step(lefts, x1) - column)
        table_cells.append(TableCell(row, column, _read(page, body[inside[:, index]]), *spans))
    table_cells = _without_seams(table_cells, lefts, tops, cells)
    filled = [cell for cell in table_cells if cell.words]
    if len(filled) < 2 or _is_frame(filled, cells, page):
        return None
    words = np.array([index for cell in table_cells for index in cell.words], np.int64)
    low, high = cells.min(axis=0).tolist(), cells.max(axis=0).tolist()
    return PageTable(low[0], low[1], high[2], high[3], table_cells, words)


def _without_seams(
    table_cells: list[TableCell], lefts: list[float], tops: list[float], cells: Floats
) -> list[TableCell]:
    """Drop the empty rows and columns between double lines and renumber; return cells by row and column."""
    right, bottom = float(cells[:, 2].max()), float(cells[:, 3].max())
    rows_ = _kept(tops, bottom, {cell.row for cell in table_cells if cell.words})
    columns = _kept(lefts, right, {cell.column for cell in table_cells if cell.words})
    kept = []
    for cell in table_cells:
        row_span = sum(cell.row <= row < cell.row + cell.row_span for row in rows_)
        column_span = sum(cell.column <= column < cell.column + cell.column_span for column in columns)
        if row_span and column_span:
            row, column = bisect_left(rows_, cell.row), bisect_left(columns, cell.column)
            kept.append(TableCell(row, column, cell.words, row_span, column_span))
    return sorted(kept, key=lambda cell: (cell.row, cell.column))


def _kept(starts: list[float], end: float, filled: set[int]) -> list[int]:
    widths = np.diff([*starts, end]).tolist()
    return [index for index, width in enumerate(widths) if width >= NARROWEST or index in filled]


def _is_frame(filled: list[TableCell], cells: Floats, page: PageWords) -> bool:
    """Return whether the lines only frame or divide the page: few very large cells, or one with most of the words."""
    area = (cells[:, 2] - cells[:, 0]) * (cells[:, 3] - cells[:, 1])
    if len(filled) <= 4 and float(area.max()) > 0.25 * page.width * page.height:
        return True
    words = [len(cell.words) for cell in filled]
    return max(words) >= FULL_CELL and max(words) > MAX_IN_ONE * sum(words)


def _step(steps: list[float], value: float) -> int:
    return bisect_left(steps, value - SNAP)


def _read(page: PageWords, words: NDArray[np.int64]) -> list[int]:
    return [int(words[index]) for row in rows(page.boxes[words]) for index in row] if len(words) else []
