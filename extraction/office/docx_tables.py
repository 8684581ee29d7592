"""Grid of a DOCX table: position and span of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extraction.office.docx_numbering import W

MAX_SPAN = 1000


@dataclass(slots=True)
class PlacedCell:
    """A ``w:tc`` element with its row and column from 0; a vertically merged cell covers ``row_span`` rows."""

    element: etree._Element
    row: int
    column: int
    column_span: int
    header: bool
    row_span: int = 1


def placed_cells(table: etree._Element) -> list[PlacedCell]:
    """Return the cells of ``table`` by row and column, without continuations of vertically merged cells."""
    placed: list[PlacedCell] = []
    open_above: dict[int, PlacedCell] = {}
    rows = [row for row in table.iter(W + "tr") if row.find(f"{W}trPr/{W}del") is None]
    for number, row in enumerate(rows):
        header = number == 0 or row.find(f"{W}trPr/{W}tblHeader") is not None
        for column, cell in _columns(row):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(W + "val", "continue") == "continue" and column in open_above:
                open_above[column].row_span += 1
                continue
            placed.append(PlacedCell(cell, number, column, _width(cell), header))
            if merge is not None:
                open_above[column] = placed[-1]
            else:
                open_above.pop(column, None)
    return placed


def _columns(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iter(W + "tc"):
        yield column, cell
        column += _width(cell)


def _width(cell: etree._Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "1" if span is None else span.get(W + "val", "1")
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1
