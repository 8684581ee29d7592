"""Tables whose rows are parted by level ruling lines alone: cells of several lines between them, columns by their gaps.

Web pages and statistical offices print such tables. Where only head and foot are ruled off, a band between two lines
holds many rows, and the table is one of words in columns (``aligned_tables``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.aligned_tables import MIN_COLUMNS, aligned_row, column_gaps
from extraction.layout.grid_cells import Line, level_lines
from extraction.layout.page_lines import Rows, Stretches, rows, stretches
from extraction.layout.page_words import PageWords, directions, median
from extraction.layout.table_cells import SNAP
from extraction.layout.tables import PageTable, TableCell

MIN_BANDS, MAX_RULINGS = 3, 1000
MIN_SINGLE = 0.75  # share of the bands with a cell of one line: they are one row each
MAX_LINES = 8  # of a cell
BLANK = 1.1  # line heights between two rows of one band
MIN_FILLED = 0.6  # share of the cells
HEAD_LINES, HEAD_GAP = 4, 1.2  # lines above the first ruling, and their distance in type sizes
OVERHANG = 0.5  # type sizes by which a header may reach into the next column

Indices = NDArray[np.int64]


def banded_tables(page: PageWords, body: Indices) -> list[PageTable]:
    """Return the tables with level ruling lines only among the words ``body`` of a page, from top to bottom."""
    if not len(body) or not MIN_BANDS < len(page.rulings) <= MAX_RULINGS:
        return []
    groups = list(_groups(level_lines(page.rulings, SNAP)))
    if not groups:
        return []
    segments = stretches(page, body[page.turn[body] == directions(page, body)[0]])
    found = (_banded_table(segments, group) for group in groups)
    return [table for table in found if table is not None]


def _groups(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines that have both ends in common with others, as many as a table has."""
    rest = list(lines)
    while rest:
        _, left, right = rest[0]
        alike = [line for line in rest if abs(line[1] - left) <= SNAP and abs(line[2] - right) <= SNAP]
        rest = [line for line in rest if line not in alike]
        if len(alike) > MIN_BANDS:
            yield sorted(alike)


def _banded_table(segments: Stretches, lines: Sequence[Line]) -> PageTable | None:
    left, right = lines[0][1] - SNAP, lines[0][2] + SNAP
    boxes = segments.boxes
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    within = np.flatnonzero((boxes[:, 0] >= left) & (boxes[:, 2] <= right))
    bands = [within[(middles[within] > top[0]) & (middles[within] < low[0])].tolist() for top, low in pairwise(lines)]
    if sum(map(bool, bands)) < MIN_BANDS or not all(bands):
        return None
    bands = [part for band in bands for part in _parts(segments, band)]
    members = [index for band in bands for index in band]
    gaps = column_gaps(boxes[members], median(segments.size[members]), len(bands))
    if len(gaps) + 1 < MIN_COLUMNS or not _are_rows(segments, bands, gaps):
        return None
    above = within[middles[within] < lines[0][0]]
    head = _head(segments, above, lines[0][0], gaps)
    ordered = [[index for row in _lines(segments, band) for index in row] for band in ([head] if head else []) + bands]
    cells = [cell for number, band in enumerate(ordered) for cell in aligned_row(segments, band, number, gaps)]
    if sum(bool(cell.words) for cell in cells) < MIN_FILLED * len(cells):
        return None
    return _table(segments, [*members, *head], cells)


def _table(segments: Stretches, members: Sequence[int], cells: list[TableCell]) -> PageTable:
    boxes = segments.boxes[list(members)]
    low, high = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    words = np.array([index for cell in cells for index in cell.words], np.int64)
    return PageTable(low[0], low[1], high[0], high[1], cells, words)


def _lines(segments: Stretches, chosen: Sequence[int]) -> Rows:
    return [[chosen[place] for place in row] for row in rows(segments.boxes[list(chosen)])]


def _parts(segments: Stretches, band: list[int]) -> Rows:
    """Return the rows of a band: above the heading of a section there is a blank line, but no ruling line."""
    parts: Rows = []
    bottom = np.inf
    for line in _lines(segments, band):
        boxes = segments.boxes[line]
        apart = float(boxes[:, 1].min()) - bottom > BLANK * float((boxes[:, 3] - boxes[:, 1]).max())
        bottom = float(boxes[:, 3].max())
        if apart or not parts:
            parts.append([])
        parts[-1] += line
    return parts


def _are_rows(segments: Stretches, bands: Sequence[list[int]], gaps: Sequence[float]) -> bool:
    """Return whether most bands are one row: a cell of one line is beside those of several."""
    single = several = 0
    for band in bands:
        columns = np.searchsorted(gaps, (segments.boxes[band, 0] + segments.boxes[band, 2]) / 2)
        cells = [np.array(band)[columns == number].tolist() for number in np.unique(columns)]
        heights = [len(_lines(segments, cell)) for cell in cells]
        single += min(heights) == 1 and len(heights) > 1 and max(heights) <= MAX_LINES
        several += max(heights) > 1
    return several > 0 and single >= MIN_SINGLE * len(bands)


def _head(segments: Stretches, above: Indices, line: float, gaps: Sequence[float]) -> list[int]:
    """Return the stretches of the headers, the lines close above the first ruling, if they are in several columns."""
    chosen: list[int] = []
    top = line
    for row in reversed(_lines(segments, above.tolist()) if len(above) else []):
        boxes, size = segments.boxes[row], float(segments.size[row].max())
        near = top - float(boxes[:, 3].max()) <= HEAD_GAP * size
        overhang = [np.minimum(gap - boxes[:, 0], boxes[:, 2] - gap).max() for gap in gaps]
        if not near or max(overhang) > OVERHANG * size or len(chosen) > HEAD_LINES * (len(gaps) + 1):
            break
        chosen += row
        top = float(boxes[:, 1].min())
    columns = set(np.searchsorted(gaps, segments.boxes[chosen, 0]).tolist()) if chosen else set()
    return sorted(chosen) if 2 * len(columns) > len(gaps) + 1 else []
