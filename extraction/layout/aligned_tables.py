"""Tables without ruling lines, detected by stretches that are aligned in columns over several rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Stretches, rows, stretches
from extraction.layout.page_words import PageWords, directions
from extraction.layout.tables import PageTable, TableCell

MIN_ROWS = 4
MIN_COLUMNS = 3
MIN_FULL = 3  # rows with at least MIN_COLUMNS stretches; the others continue cells of several lines
MAX_LOOSE = 2
MIN_FILLED = 0.4  # share of the cells
MAX_WORDS = 3.5  # in the median stretch; lines in columns of prose have five and more
WIDEST_GAP = 2.5  # row heights between two rows of one table
NARROWEST_GAP = 0.3  # type sizes between two columns
MAX_ACROSS = 0.15  # share of the rows that may cross a gap, as headings of several columns do


def aligned_tables(page: PageWords, body: NDArray[np.int64]) -> list[PageTable]:
    """Return the tables among the words ``body`` of a page, from top to bottom."""
    if not len(body):
        return []
    segments = stretches(page, body[page.turn[body] == directions(page, body)[0]])
    if len(segments) < MIN_ROWS * MIN_COLUMNS:
        return []
    tables = (_table(segments, group) for group in _groups(segments, rows(segments.boxes)))
    return [table for table in tables if table is not None]


def _groups(segments: Stretches, all_rows: list[list[int]]) -> Iterator[list[list[int]]]:
    """Yield runs of adjacent rows with ``MIN_COLUMNS`` or more stretches each.

    Up to ``MAX_LOOSE`` rows with fewer stretches may intervene: continuation lines of cells.
    """
    boxes = segments.boxes.tolist()
    group: list[list[int]] = []
    loose: list[list[int]] = []
    for row in all_rows:
        if not group and len(row) < MIN_COLUMNS:
            continue
        near = not group or _are_near(boxes, (loose or group)[-1], row)
        if len(row) >= MIN_COLUMNS and near:
            group += [*loose, row]
            loose = []
        elif near and len(loose) < MAX_LOOSE:
            loose.append(row)
        else:
            yield group
            group, loose = ([row] if len(row) >= MIN_COLUMNS else []), []
    yield group


def _are_near(boxes: list[list[float]], upper: list[int], lower: list[int]) -> bool:
    gap = min(boxes[index][1] for index in lower) - max(boxes[index][3] for index in upper)
    return gap <= WIDEST_GAP * max(boxes[index][3] - boxes[index][1] for index in lower)


def _table(segments: Stretches, group: list[list[int]]) -> PageTable | None:
    if len(group) < MIN_ROWS or sum(len(row) >= MIN_COLUMNS for row in group) < MIN_FULL:
        return None
    members = [index for row in group for index in row]
    if float(np.median([len(segments.words[index]) for index in members])) > MAX_WORDS:
        return None
    gaps = _column_gaps(segments.boxes[members], float(np.median(segments.size[members])), len(group))
    if len(gaps) + 1 < MIN_COLUMNS:
        return None
    cells = []
    for number, row in enumerate(group):
        words: list[list[int]] = [[] for _ in range(len(gaps) + 1)]
        for index in row:
            column = int(np.searchsorted(gaps, segments.boxes[index, 0] + 0.5))
            words[column] += segments.words[index].tolist()
        cells += [TableCell(number, column, inside) for column, inside in enumerate(words)]
    if np.mean([bool(cell.words) for cell in cells]) < MIN_FILLED:
        return None
    low, high = segments.boxes[members].min(axis=0).tolist(), segments.boxes[members].max(axis=0).tolist()
    placed = np.array([index for cell in cells for index in cell.words], np.int64)
    return PageTable(low[0], low[1], high[2], high[3], cells, placed)


def _column_gaps(boxes: NDArray[np.float32], size: float, height: int) -> list[float]:
    """Return the centres of the gaps that few of the ``height`` rows cross, from left to right, in points."""
    low, high = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    length = int(2 * (high - low)) + 2  # half points
    starts, ends = (2 * (boxes[:, (0, 2)].T - low)).astype(np.int64)
    cover = np.cumsum(np.bincount(starts, minlength=length) - np.bincount(ends, minlength=length))
    free = cover <= MAX_ACROSS * height
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    wide = [(start, end) for start, end in spans if end - start >= 2 * NARROWEST_GAP * size]
    return [low + (start + end) / 4 for start, end in wide if start > 0 and end < length - 1]
