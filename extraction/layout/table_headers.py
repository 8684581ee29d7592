"""Header rows of a table."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import PageWords
from extraction.layout.tables import PageTable, TableCell

MAX_ROWS = 3
WHOLE_WIDTH = 0.8  # share of the table's width
MAX_RULED = 0.3  # share of the gaps between the other rows
NEAR = 1.5  # points by which a rule may overlap a row


def with_headers(page: PageWords, table: PageTable) -> PageTable:
    """Return ``table`` with the cells of its header rows marked."""
    count = _with_subheadings(page, table, _heading_rows(page, table))
    cells = [replace(cell, header=True) if cell.row < count else cell for cell in table.cells]
    return replace(table, cells=cells) if count else table


def _heading_rows(page: PageWords, table: PageTable) -> int:
    rows: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table.cells:
        if cell.words:
            rows[cell.row].append(cell)
    order = sorted(rows)
    if len(order) > 2 and _is_title(table, rows[order[0]]):
        order = order[1:]
    if len(order) < 2 or len(rows[order[0]]) < 2:
        return 0
    plain = (place for place, number in enumerate(order) if not _is_bold(page, rows[number]))
    leading = next(plain, 0)
    if 0 < leading <= MAX_ROWS:
        return order[leading]
    ordered = [rows[number] for number in order]
    return order[1] if _is_ruled_off(page, table, ordered) or _names_figures(page, table, ordered[0]) else 0


def _is_bold(page: PageWords, row: list[TableCell]) -> bool:
    return all(page.bold[cell.words].all() for cell in row)


def _is_title(table: PageTable, row: list[TableCell]) -> bool:
    """Return whether a row is one cell over all columns: the title of the table, above its headers."""
    return len(row) == 1 and row[0].column_span == max(cell.column + cell.column_span for cell in table.cells) > 1


def _with_subheadings(page: PageWords, table: PageTable, count: int) -> int:
    """Return the number of header rows: those of spans of the first ``count`` rows, and of labels below a wide cell."""
    if not count:
        return 0
    header = [cell for cell in table.cells if cell.row < count]
    reach = max(cell.row + cell.row_span for cell in header if cell.words)
    wide = [cell for cell in header if cell.words and cell.column_span > 1 and cell.row + cell.row_span == count]
    below = [cell for cell in table.cells if cell.row == count and cell.words]
    texts = page.words
    labels = wide and below and not any(_has_digit(texts, cell) for cell in below)
    if labels and all(any(_is_under(cell, one) for one in wide) for cell in below):
        reach = max(reach, count + 1)
    last = max(cell.row for cell in table.cells)
    return reach if reach <= min(last, MAX_ROWS) else count


def _is_under(cell: TableCell, wide: TableCell) -> bool:
    return wide.column <= cell.column < wide.column + wide.column_span


def _is_ruled_off(page: PageWords, table: PageTable, rows: list[list[TableCell]]) -> bool:
    """Return whether a ruling line separates the first row, and few lines separate the others."""
    x0, top, x1, bottom = page.rulings.T
    over = np.minimum(x1, table.right) - np.maximum(x0, table.left)
    across = (bottom - top < NEAR) & (over >= WHOLE_WIDTH * (table.right - table.left))
    if len(rows) < 3 or not across.any():
        return False
    ruled = _have_between(np.sort(top[across]), page, [[index for cell in row for index in cell.words] for row in rows])
    return bool(ruled[0]) and float(ruled[1:].mean()) <= MAX_RULED


def _have_between(heights: NDArray[np.float32], page: PageWords, rows: list[list[int]]) -> NDArray[np.bool_]:
    """Return for each row of words but the last whether one of the ordered ``heights`` is between it and the next."""
    boxes = page.boxes[[index for row in rows for index in row]]
    starts = np.cumsum([0, *map(len, rows[:-1])])
    low = np.maximum.reduceat(boxes[:, 3], starts)[:-1] - np.float32(NEAR)
    high = np.minimum.reduceat(boxes[:, 1], starts)[1:] + np.float32(NEAR)
    between: NDArray[np.bool_] = np.searchsorted(heights, low) < np.searchsorted(heights, high, "right")
    return between


def _names_figures(page: PageWords, table: PageTable, first: list[TableCell]) -> bool:
    """Return whether the first row labels nearly every column without digits, and a labelled column is all figures."""
    texts = page.words
    if any(_has_digit(texts, cell) for cell in first):
        return False
    end = max(
        cell.row + cell.row_span for cell in first
    )  # of the header; more where a row of labels is below wide cells
    below = [cell for cell in table.cells if cell.words and cell.row == end]
    if any(cell.column_span > 1 for cell in first) and not any(_has_digit(texts, cell) for cell in below):
        end += 1
    columns: dict[int, list[bool]] = defaultdict(list)
    for cell in table.cells:
        if cell.words and cell.row >= end:
            columns[cell.column].append(_has_digit(texts, cell))
    labelled = [column for cell in first for column in range(cell.column, cell.column + cell.column_span)]
    return len(labelled) >= len(columns) - 1 and any(columns[one] and all(columns[one]) for one in labelled)


def _has_digit(texts: list[str], cell: TableCell) -> bool:
    return any(any(map(str.isdigit, texts[index])) for index in cell.words)
