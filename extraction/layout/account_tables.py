"""Accounts without ruling lines: labels, and at the far right the amounts of most of them, one below the other.

Two columns are too few for a table of words in columns (``aligned_tables``). Here all amounts end at one place, and are
written with separators, as page numbers of a table of contents are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Rows, Stretches, rows, stretches
from extraction.layout.page_words import PageWords, directions, median
from extraction.layout.tables import PageTable, TableCell

MIN_AMOUNTS = 5
MIN_SHARE = 0.4  # of the rows that have an amount
MAX_LABEL = 9.0  # words of the median label
SAME_PLACE = 2.0  # points
WIDEST_GAP = 6.0  # row heights between two rows: accounts have sections
NEAR = 4.0  # row heights between the header and the first row
MAX_ABOVE, MAX_BELOW = 3, 3  # rows without amounts between the header and the first amount, and after the last
SAME_PITCH = 0.5  # row heights by which the gap before a last row without an amount may exceed the usual one
MIN_APART = 2.0  # type sizes between the longest label and the amounts
AMOUNT = re.compile(r"[-+(]?(?:\d{1,3}(?:[., ]\d{3})+(?:[.,]\d{2})?|\d+[.,]\d{2})\)?(?: ?[DC])?")
_SEPARATED = re.compile(r"\d[.,]\d\d")

Indices = NDArray[np.int64]


def account_tables(page: PageWords, body: Indices) -> list[PageTable]:
    """Return the accounts among the words ``body`` of a page, from top to bottom."""
    if not len(body) or len(_SEPARATED.findall(page.text)) < MIN_AMOUNTS:
        return []
    segments = stretches(page, body[page.turn[body] == directions(page, body)[0]])
    texts = page.words
    amounts = [AMOUNT.fullmatch(" ".join([texts[index] for index in words])) is not None for words in segments.words]
    if sum(amounts) < MIN_AMOUNTS:
        return []
    lines = rows(segments.boxes)
    return [
        _table(segments, _with_tail(segments, lines, group))
        for group in _groups(segments, lines, [amounts[line[-1]] and len(line) > 1 for line in lines])
        if _is_account(segments, group, amounts) and not _is_form(segments, group, texts)
    ]


def _groups(segments: Stretches, lines: Rows, valued: Sequence[bool]) -> list[Rows]:
    """Return the runs of rows from a header or first amount to the last; ``valued`` tells which rows end in one."""
    groups: list[Rows] = []
    start = end = -1
    for number, has_amount in enumerate(valued):
        if not has_amount:
            continue
        if end >= 0 and _go_on(segments, lines[end : number + 1]):
            end = number
            continue
        groups += _with_header(segments, lines, start, end)
        start = end = number
    return [*groups, *_with_header(segments, lines, start, end)]


def _go_on(segments: Stretches, lines: Rows) -> bool:
    """Return whether the first and last of ``lines`` end at one place, and those between are labels near each other."""
    first, last = lines[0][-1], lines[-1][-1]
    boxes = segments.boxes
    if abs(float(boxes[first, 2] - boxes[last, 2])) > SAME_PLACE:
        return False
    left = min(float(boxes[first, 0]), float(boxes[last, 0]))
    between = [index for line in lines[1:-1] for index in line]
    gaps = [_gap(segments, upper, lower) for upper, lower in pairwise(lines)]
    return max(gaps) <= WIDEST_GAP and all(float(boxes[index, 2]) < left for index in between)


def _gap(segments: Stretches, upper: list[int], lower: list[int]) -> float:
    """Return the gap between two rows in heights of the lower one."""
    boxes = segments.boxes
    height = float((boxes[lower, 3] - boxes[lower, 1]).max())
    return float(boxes[lower, 1].min() - boxes[upper, 3].max()) / max(height, 1.0)


def _with_header(segments: Stretches, lines: Rows, start: int, end: int) -> list[Rows]:
    """Return the rows from ``start`` to ``end`` as one group, with a header that stands over labels and amounts."""
    if start < 0:
        return []
    amount = segments.boxes[lines[start][-1]]
    for above in range(start - 1, max(-1, start - 2 - MAX_ABOVE), -1):
        if _gap(segments, lines[above], lines[above + 1]) > NEAR:
            break
        head = segments.boxes[lines[above][-1]]
        if head[2] > amount[0] and (len(lines[above]) != 2 or head[0] > amount[2]):
            break
        if len(lines[above]) == 2 and head[2] > amount[0]:
            return [lines[above : end + 1]]
    return [lines[start : end + 1]]


def _with_tail(segments: Stretches, lines: Rows, group: Rows) -> Rows:
    """Return ``group`` with the labels without amounts below its last row, as near as its rows are and as far in."""
    boxes, end = segments.boxes, lines.index(group[-1])
    usual = median([_gap(segments, upper, lower) for upper, lower in pairwise(group)])
    lefts, amount = boxes[[line[0] for line in group], 0], float(boxes[group[-1][-1], 0])
    below = []
    for upper, lower in pairwise(lines[end : end + 1 + MAX_BELOW]):
        aligned = bool((abs(lefts - boxes[lower[0], 0]) <= SAME_PLACE).any())
        near = _gap(segments, upper, lower) <= usual + SAME_PITCH
        if len(lower) > 1 or not aligned or not near or float(boxes[lower[0], 2]) >= amount:
            break
        below.append(lower)
    return [*group, *below]


def _is_account(segments: Stretches, group: Rows, amounts: Sequence[bool]) -> bool:
    valued = [line for line in group if len(line) > 1 and amounts[line[-1]]]
    if len(valued) < max(MIN_AMOUNTS, MIN_SHARE * len(group)) or max(map(len, valued)) > 3:
        return False
    labels = [index for line in group for index in (line[:-1] if len(line) > 1 else line)]
    apart = segments.boxes[[line[-1] for line in valued], 0].min() - segments.boxes[labels, 2].max()
    length = median([len(segments.words[index]) for index in labels])
    return bool(apart >= MIN_APART * median(segments.size[labels]) and length <= MAX_LABEL)


def _is_form(segments: Stretches, group: Rows, texts: list[str]) -> bool:
    """Return whether most labels end in a colon, as those of a form do."""
    last = [int(segments.words[line[0]][-1]) for line in group]
    return 2 * sum(texts[index].endswith(":") for index in last) > len(group)


def _table(segments: Stretches, group: Rows) -> PageTable:
    members = [index for line in group for index in line]
    cells = [cell for number, line in enumerate(group) for cell in _row(segments, number, line)]
    low, high = segments.boxes[members, :2].min(axis=0).tolist(), segments.boxes[members, 2:].max(axis=0).tolist()
    words = np.array([index for cell in cells for index in cell.words], np.int64)
    return PageTable(low[0], low[1], high[0], high[1], cells, words)


def _row(segments: Stretches, number: int, line: list[int]) -> list[TableCell]:
    labels, amount = (line[:-1], line[-1:]) if len(line) > 1 else (line, [])
    parts = [[word for index in part for word in segments.words[index].tolist()] for part in (labels, amount)]
    return [TableCell(number, column, words) for column, words in enumerate(parts)]
