"""Rows that belong to a table without ruling lines although they have fewer stretches than it has columns.

They are the next lines of a cell, and below the last row the totals and closing balances: a label and an amount.
"""

from __future__ import annotations

from extraction.layout.page_lines import Rows, Stretches
from extraction.layout.page_words import PageWords
from extraction.layout.table_cells import is_number

MAX_LINES, SAME_SIDE = 8, 2.0  # of a cell beside a label, and points between the same sides of its lines
WIDEST_GAP = 2.5  # row heights between two rows of one table
WRAPPED_GAP = 0.6  # type sizes between the lines of a cell
MAX_LABEL = 6  # words
MIN_ABOVE = 2  # numbers that end where the amount of a last row does


def are_near(boxes: list[list[float]], upper: list[int], lower: list[int]) -> bool:
    """Return whether two rows are near enough to be of one table."""
    return _gap(boxes, upper, lower) <= WIDEST_GAP * max(boxes[index][3] - boxes[index][1] for index in lower)


def continues(boxes: list[list[float]], upper: list[int], row: list[int], lines: int) -> bool:
    """Return whether ``row`` is a line, after as many ``lines``, of a cell beside the label of the row ``upper``."""
    if len(row) > 1 or lines >= MAX_LINES or boxes[row[0]][0] <= boxes[upper[0]][2]:
        return False
    return any(abs(boxes[row[0]][0] - boxes[index][0]) <= SAME_SIDE for index in upper[1:])


def with_last_rows(page: PageWords, segments: Stretches, all_rows: Rows, group: Rows) -> Rows:
    """Return ``group`` with the lines of its last row and the totals below it; ``all_rows`` are those of the page."""
    if not group:
        return group
    boxes = segments.boxes.tolist()
    ends = [boxes[index][2] for row in group for index in row[1:] if _is_figure(page, segments, index)]
    added: Rows = []
    lines, last = 0, group[-1]
    for row in all_rows[all_rows.index(last) + 1 :]:
        above = added[-1] if added else last
        wraps = _gap(boxes, above, row) <= WRAPPED_GAP * float(segments.size[row[0]])
        if wraps and continues(boxes, last, row, lines):
            lines += 1
        elif _is_total(page, segments, row, ends) and are_near(boxes, above, row):
            lines, last = 0, row
        else:
            break
        added.append(row)
    return [*group, *added]


def _is_figure(page: PageWords, segments: Stretches, index: int) -> bool:
    words = segments.words[index]
    return len(words) == 1 and is_number(page.words[int(words[0])])


def _is_total(page: PageWords, segments: Stretches, row: list[int], ends: list[float]) -> bool:
    """Return whether a row is a short label and an amount that ends where others do."""
    if len(row) != 2 or len(segments.words[row[0]]) > MAX_LABEL or not _is_figure(page, segments, row[1]):
        return False
    end = float(segments.boxes[row[1], 2])
    return sum(abs(end - other) <= SAME_SIDE for other in ends) >= MIN_ABOVE


def _gap(boxes: list[list[float]], upper: list[int], lower: list[int]) -> float:
    return min(boxes[index][1] for index in lower) - max(boxes[index][3] for index in upper)
