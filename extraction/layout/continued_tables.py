"""Tables that continue on the next page: one table, whose repeated header rows are recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extraction.layout.page_layout import Laid
from extraction.layout.tables import PageTable, TableCell

SAME_WIDTH = 0.03  # difference of the widths of both parts, relative to the wider
MAX_HEADER = 3  # rows that may be repeated


@dataclass(frozen=True, slots=True, eq=False)
class TablePart:
    """The rows of a table on one page."""

    laid: Laid
    table: PageTable

    @property
    def rows(self) -> int:
        """The number of rows."""
        return max(cell.row + cell.row_span for cell in self.table.cells)

    @property
    def columns(self) -> int:
        """The number of columns."""
        return max(cell.column + cell.column_span for cell in self.table.cells)

    def texts(self, header: bool | None = None) -> list[tuple[str, ...]]:
        """Return the texts of the cells of each row, of the header or the other rows alone if ``header`` is given."""
        found: dict[int, list[str]] = defaultdict(list)
        for cell in self.table.cells:
            if header is None or cell.header == header:
                found[cell.row].append(" ".join(self.laid.text.words[index] for index in cell.words))
        return [tuple(found[row]) for row in sorted(found)]


def continues(before: TablePart, after: TablePart) -> bool:
    """Return whether ``after``, at the head of a page, continues the table ``before`` at the foot of the last one.

    Both have as many columns and are as wide; a part with a header of its own, other than that of ``before``, is
    another table.
    """
    wide, other = (part.table.right - part.table.left for part in (before, after))
    if before.columns != after.columns or abs(wide - other) > SAME_WIDTH * max(wide, other):
        return False
    header = after.texts(header=True)
    return not header or header == before.texts(header=True)[: len(header)]


def joined_cells(parts: Sequence[TablePart]) -> Iterator[tuple[int, list[TableCell]]]:
    """Yield the cells of each part with the number of the part; rows are numbered through.

    Rows at the head of a part that repeat the first rows of the table are headers.
    """
    if len(parts) == 1:
        yield 0, parts[0].table.cells
        return
    head, first_row = parts[0].texts()[:MAX_HEADER], 0
    for number, part in enumerate(parts):
        repeated = _repeated(head, part.texts()) if number else 0
        yield (
            number,
            [
                replace(cell, row=cell.row + first_row, header=cell.header or cell.row < repeated)
                for cell in part.table.cells
            ],
        )
        first_row += part.rows


def _repeated(head: Sequence[tuple[str, ...]], rows: Sequence[tuple[str, ...]]) -> int:
    """Return how many of the first ``rows`` are those of ``head``."""
    count = 0
    for one, other in zip(head, rows, strict=False):
        if one != other or not any(one):
            break
        count += 1
    return count
