"""HTML tables: distinction of data and layout tables, and the grid position of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from extraction.draft import CellText

MAX_SPAN = 1000  # limit of the HTML standard for colspan


def is_data_table(table: etree._Element, arranging: frozenset[str]) -> bool:
    """Return whether ``table`` has at least two rows and two columns and no ``arranging`` (layout) tags inside."""
    if table.get("role") in ("presentation", "none"):
        return False
    rows = list(table.iter("tr"))
    if len(rows) < 2 or max(_width(row) for row in rows) < 2:
        return False
    return not any(element.tag in arranging for element in table.iterdescendants())


def table_cells(table: etree._Element, reading: Callable[[etree._Element], str]) -> Iterator[CellText]:
    """Yield the cells of ``table`` by row and column, with the text from ``reading``; row spans are respected."""
    taken: dict[int, int] = {}  # column -> the last row that a cell above reaches
    for number, row in enumerate(table.iter("tr")):
        column = 0
        in_head = next(row.iterancestors("thead", "table"), table).tag == "thead"
        for cell in row.iterchildren("td", "th"):
            while taken.get(column, -1) >= number:
                column += 1
            rows, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            if rows > 1:
                taken |= dict.fromkeys(range(column, column + columns), number + rows - 1)
            yield CellText(number, column, reading(cell), rows, columns, in_head or cell.tag == "th")
            column += columns


def _width(row: etree._Element) -> int:
    return sum(1 for _ in row.iterchildren("td", "th"))


def _span(cell: etree._Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() and len(value) < 6 else 1
