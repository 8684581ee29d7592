"""Suppression of small numbers in a table with totals, so that no published number lets one be computed.

A count from 1 to 4 is suppressed (primary suppression, threshold 5). In each row and each column, totals included, no
suppressed number may stand alone, or be left without another way round: it could be computed from the total. Further
numbers, the smallest first, are suppressed until none can (secondary suppression). The rule follows usual practice of
statistical offices for tables of counts; it protects single numbers, not their bounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

THRESHOLD = 5
Table = list[list[int]]
Mask = list[list[bool]]


def with_totals(counts: Sequence[Sequence[int]]) -> Table:
    """Return the table with a last column and a last row of totals."""
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]] if rows else []


def suppressed(table: Sequence[Sequence[int]]) -> Mask:
    """Return which numbers of a table with totals are suppressed.

    In a table of a single row or column the totals repeat it; they are suppressed together with it.
    """
    mask = [[0 < count < THRESHOLD for count in row] for row in table]
    while exposed := next(_exposed(mask), None):
        for row, column in _rectangle(table, mask, *exposed):
            mask[row][column] = True
    return mask


def _exposed(mask: Mask) -> Iterator[tuple[int, int]]:
    """Yield the suppressed numbers that can be computed: those that lie on no circle of suppressed numbers.

    Rows and columns are the ends of suppressed numbers; a number is safe if its row and its column are also joined by
    other suppressed numbers.
    """
    for row, flags in enumerate(mask):
        for column, hidden in enumerate(flags):
            if hidden and not _joined(mask, row, column):
                yield row, column


def _joined(mask: Mask, row: int, column: int) -> bool:
    """Return whether suppressed numbers other than the given one lead from its row to its column."""
    rows, columns, waiting = {row}, set[int](), [row]
    while waiting:
        current = waiting.pop()
        for at, hidden in enumerate(mask[current]):
            if hidden and at not in columns and (current, at) != (row, column):
                columns.add(at)
                found = [other for other, flags in enumerate(mask) if flags[at] and other not in rows]
                found = [other for other in found if (other, at) != (row, column)]
                rows.update(found)
                waiting += found
    return column in columns


def _rectangle(table: Sequence[Sequence[int]], mask: Mask, row: int, column: int) -> Sequence[tuple[int, int]]:
    """Return the published numbers that close the best rectangle around a suppressed one: a circle of four.

    Few zeros and totals are suppressed, and otherwise the least sum: a zero that is known hides nothing, and totals are
    what readers want.
    """
    last = (len(table) - 1, len(table[0]) - 1)
    choices = []
    for other_row in range(len(table)):
        for other_column in range(len(table[0])):
            if other_row != row and other_column != column:
                corners = ((row, other_column), (other_row, column), (other_row, other_column))
                new = [(at, to) for at, to in corners if not mask[at][to]]
                counts = [table[at][to] for at, to in new]
                totals = sum(at == last[0] or to == last[1] for at, to in new)
                choices.append(((counts.count(0), totals, sum(counts)), new))
    return min(choices)[1]
