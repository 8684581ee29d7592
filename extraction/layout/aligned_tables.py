"""Tables of a page without ruling lines: words aligned in columns over several rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.block_marks import starts_low
from extraction.layout.following_rows import WRAPPED_GAP, are_near, continues, with_last_rows
from extraction.layout.page_lines import Rows, Stretches, rows, stretches
from extraction.layout.page_words import PageWords, directions, median, without
from extraction.layout.table_cells import FIGURE_GAP, is_number
from extraction.layout.table_pieces import of_pieces, with_headers_apart, without_bullets
from extraction.layout.table_sections import sections
from extraction.layout.tables import PageTable, TableCell

MIN_ROWS = 4
MIN_COLUMNS = 3
MIN_FULL = 3  # rows with at least MIN_COLUMNS stretches; the others continue cells of several lines
MAX_LOOSE = 2
MIN_FILLED = 0.4  # share of the cells
MAX_WORDS = 3.5  # in the median stretch; lines in columns of prose have five and more
NARROWEST_GAP = 0.3  # type sizes between two columns
MIN_CONFIDENCE, SURE = 0.6, 0.85  # of the median word of OCR
SHORT = 2  # characters
MOSTLY_FILLED, MOSTLY_FULL, MIN_LINE = 0.6, 0.6, 5  # rows, lines of full width, words: a column of running text
SAME_SIDE = 0.2  # type sizes by which the right sides of full lines differ
TOUCHING = 0.35  # type sizes between two stretches that are one, divided by a raised ordinal or note mark
OVER_GAP = 1 / 3  # share of a stretch that may be beyond the middle of the only gap that it crosses, as headers are
MAX_ACROSS = 0.15  # share of the rows that may cross a gap, as headings of several columns do


def aligned_tables(page: PageWords, body: NDArray[np.int64]) -> list[PageTable]:
    """Return the tables without ruling lines among the words ``body`` of a page, from top to bottom."""
    if not len(body):
        return []
    segments = stretches(page, body[page.turn[body] == directions(page, body)[0]])
    if len(segments) < MIN_ROWS * MIN_COLUMNS:
        return []
    segments = _with_figures_apart(page, _joined(page, segments))
    lines = rows(segments.boxes)
    groups = (with_last_rows(page, segments, lines, group) for group in _row_groups(page, segments, lines))
    tables = (table for group in groups for table in _aligned_tables(page, segments, group))
    return [table for table in tables if not _is_noise(page, table)]


def _is_noise(page: PageWords, table: PageTable) -> bool:
    """Return whether the words are what OCR makes of a chart: most of low confidence."""
    confidence, texts = float(np.median(page.confidence[table.words])), page.words
    short = sum(len(texts[index]) <= SHORT for index in table.words.tolist())
    return confidence < MIN_CONFIDENCE or (confidence < SURE and 2 * short > len(table.words))


def _with_figures_apart(page: PageWords, segments: Stretches) -> Stretches:
    """Return ``segments`` divided between figures that are farther apart than words: narrow columns of numbers."""
    everything = np.concatenate(segments.words)
    ends = list(accumulate(map(len, segments.words)))
    gap = page.upright[everything[1:], 0] - page.upright[everything[:-1], 2]
    wide = np.flatnonzero(gap >= FIGURE_GAP * page.size[everything[1:]]) + 1
    wide = without(wide, ends)
    if not len(wide):
        return segments
    texts = page.words
    figure = {index: is_number(texts[index]) for index in everything[np.concatenate((wide, wide - 1))].tolist()}
    parted = [place for place in wide.tolist() if figure[everything[place]] and figure[everything[place - 1]]]
    if not parted:
        return segments
    bounds = [0, *sorted((*ends, *parted))]
    return of_pieces(page, [everything[start:end] for start, end in pairwise(bounds)])


def _joined(page: PageWords, segments: Stretches) -> Stretches:
    """Return ``segments`` with those of one line joined that touch: a raised ordinal (``2nd``) divides a label."""
    pieces: list[NDArray[np.int64]] = []
    boxes = segments.boxes.tolist()
    for row in rows(segments.boxes):
        end = -np.inf
        for index in row:
            gap, end = boxes[index][0] - end, boxes[index][2]
            if abs(gap) <= TOUCHING * segments.size[index]:
                pieces[-1] = np.concatenate((pieces[-1], segments.words[index]))
            else:
                pieces.append(segments.words[index])
    return of_pieces(page, pieces) if len(pieces) < len(segments) else segments


def _without_prose(segments: Stretches, group: Rows, gaps: list[float]) -> tuple[list[float], Rows]:
    """Return ``gaps`` and rows without a first or last column that is a column of running text beside the table."""
    for is_last in (True, False):
        if not gaps:
            break
        outer = segments.boxes[:, 0] > gaps[-1] if is_last else segments.boxes[:, 2] < gaps[0]
        if _is_prose(segments, [[index for index in row if outer[index]] for row in group]):
            gaps = gaps[:-1] if is_last else gaps[1:]
            group = [kept for row in group if (kept := [index for index in row if not outer[index]])]
    return gaps, group


def _is_prose(segments: Stretches, column: Rows) -> bool:
    """Return whether the stretches of a column, row by row, are long lines of one width in most rows."""
    lines = [row for row in column if row]
    if len(lines) < MOSTLY_FILLED * len(column):
        return False
    rights = np.array([segments.boxes[row, 2].max() for row in lines])
    size = median(segments.size[[index for row in lines for index in row]])
    long = median([sum(len(segments.words[index]) for index in row) for row in lines]) >= MIN_LINE
    return bool(long and (rights >= rights.max() - SAME_SIDE * size).mean() >= MOSTLY_FULL)


def _is_wrapped(page: PageWords, texts: list[str], cells: list[TableCell], before: list[TableCell]) -> bool:
    """Return whether a row is the next line of one cell of the row before.

    It has no other cell, and begins low or is beside the label of that row.
    """
    filled = [cell for cell in cells if cell.words]
    if len(filled) != 1 or sum(bool(cell.words) for cell in before) < 2:
        return False
    above = [cell for cell in before if cell.column == filled[0].column and cell.words]
    if not above:
        return False
    text = texts[filled[0].words[0]]
    goes_on = starts_low(text) or text.startswith("(") or bool(filled[0].column and before[0].words)
    return goes_on and _is_below(page, above[0].words, filled[0].words)


def _is_below(page: PageWords, above: list[int], below: list[int]) -> bool:
    """Return whether the words ``below`` may be the next line of the cell with the words ``above``."""
    gap = page.upright[below, 1].min() - page.upright[above, 3].max()
    return float(gap) <= WRAPPED_GAP * float(page.size[below[0]])


def _goes_on(page: PageWords, texts: list[str], before: list[TableCell], cells: list[TableCell]) -> bool:
    """Return whether the only cell of the row before is the first line of a label, which goes on low in this row."""
    filled = [cell for cell in before if cell.words]
    if len(filled) != 1 or filled[0].column or sum(bool(cell.words) for cell in cells) < 2:
        return False
    below = cells[0].words
    return bool(below) and starts_low(texts[below[0]]) and _is_below(page, filled[0].words, below)


def _with_first_line(before: list[TableCell], cells: list[TableCell]) -> list[TableCell]:
    first = next(cell for cell in before if cell.words)
    return [replace(cell, words=[*first.words, *cell.words]) if not cell.column else cell for cell in cells]


def _with_wrapped(before: list[TableCell], cells: list[TableCell]) -> list[TableCell]:
    (wrapped,) = (cell for cell in cells if cell.words)
    return [
        replace(cell, words=[*cell.words, *wrapped.words]) if cell.column == wrapped.column else cell for cell in before
    ]


def _row_groups(page: PageWords, segments: Stretches, all_rows: Rows) -> Iterator[Rows]:
    """Yield runs of adjacent rows with ``MIN_COLUMNS`` or more stretches each.

    Up to ``MAX_LOOSE`` rows with fewer stretches may intervene: continuation lines of cells.
    """
    boxes = segments.boxes.tolist()
    group: Rows = []
    loose: Rows = []
    for above, row in pairwise([[], *all_rows]):
        if not group and len(row) < MIN_COLUMNS:
            continue
        if not group and _begins_above(page, segments, above, row):
            group = [above]
        near = not group or are_near(boxes, (loose or group)[-1], row)
        if len(row) >= MIN_COLUMNS and near:
            group += [*loose, row]
            loose = []
        elif near and (len(loose) < MAX_LOOSE or continues(boxes, group[-1], row, len(loose))):
            loose.append(row)
        else:
            yield group
            group, loose = ([row] if len(row) >= MIN_COLUMNS else []), []
            if group and _begins_above(page, segments, above, row):
                group = [above, row]
    yield group


def _begins_above(page: PageWords, segments: Stretches, above: list[int], row: list[int]) -> bool:
    """Return whether the line ``above`` is the first of the label of ``row``, which goes on low."""
    if not 0 < len(above) < MIN_COLUMNS or segments.boxes[above[-1], 2] >= segments.boxes[row[1], 0]:
        return False
    upper, lower = segments.words[above[-1]], segments.words[row[0]]
    same = abs(segments.boxes[above[-1], 0] - segments.boxes[row[0], 0]) <= TOUCHING * segments.size[row[0]]
    return bool(same) and starts_low(page.words[lower[0]]) and _is_below(page, upper.tolist(), lower.tolist())


def _aligned_tables(page: PageWords, segments: Stretches, group: Rows) -> Iterator[PageTable]:
    """Yield the table of the rows ``group``, or those of its sections where they have columns of their own."""
    if len(group) < MIN_ROWS or sum(len(row) >= MIN_COLUMNS for row in group) < MIN_FULL:
        return
    if median([len(segments.words[index]) for row in group for index in row]) > MAX_WORDS:
        return
    gaps, group = _without_prose(segments, group, _gaps(page, segments, group))
    if len(gaps) + 1 < MIN_COLUMNS:
        return
    for rows_, own in sections(page, segments, group, gaps, lambda part: _gaps(page, segments, part)):
        if (table := _table(page, segments, rows_, own)) is not None:
            yield table


def _gaps(page: PageWords, segments: Stretches, group: Rows) -> list[float]:
    """Return the places between the columns, as the rows show them that have several stretches."""
    filled = [row for row in group if len(row) > 1] or group
    members = [index for row in filled for index in row]
    gaps = column_gaps(segments.boxes[members], median(segments.size[members]), len(filled))
    return without_bullets(page, segments, group, gaps)


def _table(page: PageWords, segments: Stretches, group: Rows, gaps: list[float]) -> PageTable | None:
    segments, group = with_headers_apart(page, segments, group, gaps)
    members = [index for row in group for index in row]
    aligned: list[list[TableCell]] = []
    texts = page.words
    for row in group:
        cells = aligned_row(segments, row, len(aligned), gaps)
        if aligned and _is_wrapped(page, texts, cells, aligned[-1]):
            aligned[-1] = _with_wrapped(aligned[-1], cells)
        elif aligned and _goes_on(page, texts, aligned[-1], cells):
            aligned[-1] = [replace(cell, row=len(aligned) - 1) for cell in _with_first_line(aligned[-1], cells)]
        else:
            aligned.append(cells)
    cells = [cell for row in aligned for cell in row]
    if sum(bool(cell.words) for cell in cells) < MIN_FILLED * len(cells):
        return None
    low, high = segments.boxes[members].min(axis=0).tolist(), segments.boxes[members].max(axis=0).tolist()
    placed = np.array([index for cell in cells for index in cell.words], np.int64)
    return PageTable(low[0], low[1], high[2], high[3], cells, placed)


def aligned_row(segments: Stretches, row: list[int], number: int, gaps: list[float]) -> list[TableCell]:
    """Return the cells of a row between ``gaps``; a stretch across gaps spans the columns on both sides."""
    words: Rows = [[] for _ in range(len(gaps) + 1)]
    spans = [1] * len(words)
    for index, (column, last) in zip(row, _columns(segments, row, gaps), strict=True):
        words[column] += segments.words[index].tolist()
        if column or len(row) > 1:  # a heading above the labels of a section is one of them
            spans[column] = max(spans[column], last - column + 1)
    cells: list[TableCell] = []
    column = 0
    while column < len(words):
        span = 1
        while span < spans[column] and not words[column + span]:
            span += 1
        cells.append(TableCell(number, column, words[column], 1, span))
        column += span
    return cells


def _columns(segments: Stretches, row: list[int], gaps: list[float]) -> list[tuple[int, int]]:
    """Return the first and last column of each stretch of a row; one over a single gap is in the column of most of it.

    Where another stretch begins or ends in one of the two columns, it is in the other.
    """
    sides = segments.boxes[row][:, (0, 2)].tolist()
    found = [(bisect_left(gaps, left + 0.5), bisect_left(gaps, right - 0.5)) for left, right in sides]
    for place, ((left, right), (column, last)) in enumerate(zip(sides, tuple(found), strict=True)):
        if last != column + 1:
            continue
        over = OVER_GAP * (right - left)
        found[place] = bisect_left(gaps, left + over), bisect_left(gaps, right - over)
        if place and found[place - 1][1] == column:
            found[place] = last, last
        elif place + 1 < len(found) and found[place + 1][0] == last:
            found[place] = column, column
    return found


def column_gaps(boxes: NDArray[np.float32], size: float, height: int) -> list[float]:
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
