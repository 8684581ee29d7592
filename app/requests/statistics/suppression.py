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

    A table of a single row or column has totals that repeat it; they are suppressed with what they repeat.
    """
    mask = [[0 < count < THRESHOLD for count in row] for row in table]
    while weak := next(_exposed(mask), None):
        row, column = weak
        choices = sorted(_partners(table, mask, row, column))
        if not choices:
            break
        _, at_row, at_column = choices[0]
        mask[at_row][at_column] = True
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


def _partners(
    table: Sequence[Sequence[int]], mask: Mask, row: int, column: int
) -> Iterator[tuple[tuple[bool, bool, int], int, int]]:
    """Yield published numbers of the same row or column, those to be suppressed first with the least key.

    Numbers of the table come before totals, and zeros last: they tell least when hidden.
    """
    last_row, last_column = len(table) - 1, len(table[0]) - 1
    places = [(row, at) for at in range(last_column + 1)] + [(at, column) for at in range(last_row + 1)]
    for at_row, at_column in places:
        if not mask[at_row][at_column]:
            is_total = at_row == last_row or at_column == last_column
            count = table[at_row][at_column]
            yield (count == 0, is_total, count), at_row, at_column
