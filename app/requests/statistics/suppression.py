"""Suppression of small numbers in a table with totals, so that no published number lets one be computed.

A count from 1 to 4 is suppressed (primary suppression, threshold 5). In each row and each column, totals included, no
suppressed number may stand alone, or be left without another way round: it could be computed from the total. Further
numbers, the smallest first, are suppressed until none can (secondary suppression). The rule follows usual practice of
statistical offices for tables of counts; it protects single numbers, not their bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

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
    while (exposed := _exposed(mask)) is not None:
        for row, column in _rectangle(table, mask, *exposed):
            mask[row][column] = True
    return mask


def _exposed(mask: Mask) -> tuple[int, int] | None:
    """Return the first suppressed number that can be computed: one that lies on no circle of suppressed numbers.

    Rows and columns are nodes of a graph, suppressed numbers its edges; an edge on no circle is a bridge. Bridges are
    found by the chains of J. M. Schmidt (A simple test on 2-vertex- and 2-edge-connectivity, 2013) in linear time.
    """
    hidden = [(row, column) for row, flags in enumerate(mask) for column, hides in enumerate(flags) if hides]
    neighbours: dict[int, list[int]] = defaultdict(list)
    for row, column in hidden:
        neighbours[row].append(~column)  # columns are negative nodes
        neighbours[~column].append(row)
    parents = _depth_first(neighbours)
    order = {node: number for number, node in enumerate(parents)}
    seen, on_circle = set[int](), set[tuple[int, int]]()
    for node in parents:
        seen.add(node)
        for other in neighbours[node]:
            if order[other] > order[node] and parents[other] != node:  # closes a circle with the tree
                on_circle.add(_edge(node, other))
                while other not in seen:
                    seen.add(other)
                    on_circle.add(_edge(other, parents[other]))
                    other = parents[other]
    return next((edge for edge in hidden if edge not in on_circle), None)


def _depth_first(neighbours: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the parent of each node in depth-first order; a root is its own."""
    parents: dict[int, int] = {}
    untried = {node: iter(others) for node, others in neighbours.items()}
    for root in neighbours:
        path = [root] if root not in parents else []
        parents.setdefault(root, root)
        while path:
            new = next((other for other in untried[path[-1]] if other not in parents), None)
            if new is None:
                path.pop()
            else:
                parents[new] = path[-1]
                path.append(new)
    return parents


def _edge(node: int, other: int) -> tuple[int, int]:
    """Return the row and the column of two joined nodes."""
    return max(node, other), ~min(node, other)


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
