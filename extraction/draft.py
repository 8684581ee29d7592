"""Builder of a document: blocks are added in reading order, separated by two line feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extraction.characters import clean, one_line
from extraction.document import Block, BlockKind, Cell, Document, Furniture, FurnitureKind, Page, Table
from extraction.errors import RogatioError

PAGE_BREAK = "\f"
BETWEEN_BLOCKS = "\n\n"
MAX_CELL_LENGTH = 500  # characters; a table with a longer cell is a layout table with running text
_SPACES = re.compile("  +")
_Placed = TypeVar("_Placed", Block, Table, Cell)
MAX_CHARACTERS = 60_000_000  # about thirty times the length of the longest code of law


@dataclass(frozen=True, slots=True)
class CellText:
    """Text of one cell before its position in the document is known; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    header: bool = False


def reads_as_table(cells: Iterable[tuple[int, int, int]]) -> bool:
    """Return whether cells, as (row, column, length), form a data table: two rows, two columns, no running text."""
    rows, columns, longest = set[int](), set[int](), 0
    for row, column, length in cells:
        rows.add(row)
        columns.add(column)
        longest = max(longest, length)
    return len(rows) > 1 and len(columns) > 1 and longest <= MAX_CELL_LENGTH


def _moved(item: _Placed, distance: int) -> _Placed:
    return replace(item, start=item.start + distance, end=item.end + distance)


def _tidy(text: str) -> str:
    lines = (_SPACES.sub(" ", line.strip()) for line in clean(text).split("\n"))
    return "\n".join(line for line in lines if line)


class Draft:
    """Collects blocks, tables, pages and furniture; empty blocks are dropped."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._page_starts = [0]
        self._furniture: list[list[Furniture]] = [[]]
        self._warnings: dict[str, None] = {}

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Add a block; lines are stripped and runs of spaces reduced to one.

        A ``PAGE_BREAK`` in ``text`` begins a new page within the same block. Raises ``extraction.too_large`` when the
        document grows beyond ``MAX_CHARACTERS``.
        """
        whole, breaks, before = "", list[int](), ""
        for number, part in enumerate(text.split(PAGE_BREAK)):
            tidy = _tidy(part)
            if whole and tidy and (before[-1:].isspace() or part[:1].isspace()):
                whole += " "
            if number:
                breaks.append(len(whole))
            whole += tidy
            before = part
        start = self._next_start() if whole else self._length
        self._append(kind, whole, level)
        for offset in breaks:
            self._begin_page(start + offset)

    def add_table(self, cells: Iterable[CellText], name: str = "") -> None:
        """Add a table as one line per row with tabs between cells; ``cells`` are sorted by row and column.

        Raises ``extraction.too_large`` as :meth:`add` does.
        """
        start = self._next_start()
        parts: list[str] = []
        placed: list[Cell] = []
        offset, row = start, -1
        for cell in cells:
            separator = "" if row < 0 else "\t" if cell.row == row else "\n"
            text = one_line(cell.text)
            offset += len(separator)
            placed.append(
                Cell(cell.row, cell.column, offset, offset + len(text), cell.row_span, cell.column_span, cell.header)
            )
            parts += separator, text
            offset += len(text)
            row = cell.row
        if any(cell.end > cell.start for cell in placed):
            self._append(BlockKind.TABLE, "".join(parts))
            self._tables.append(Table(start, offset, tuple(placed), one_line(name)))

    def add_before(self, kind: BlockKind, texts: Iterable[str]) -> None:
        """Add blocks before all others, on the first page; raises ``extraction.too_large`` as :meth:`add` does."""
        first = Draft()
        for text in texts:
            first.add(kind, text)
        if not first._blocks:
            return
        moved = first._next_start() if self._blocks else first._length
        self._parts = [*first._parts, *((BETWEEN_BLOCKS,) if self._blocks else ()), *self._parts]
        self._blocks = [*first._blocks, *(_moved(block, moved) for block in self._blocks)]
        self._tables = [
            replace(_moved(table, moved), cells=tuple(_moved(cell, moved) for cell in table.cells))
            for table in self._tables
        ]
        self._page_starts[1:] = [start + moved for start in self._page_starts[1:]]
        self._length += moved

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def page_break(self) -> None:
        """Begin a new page with the next block."""
        self._begin_page(self._length)

    def furnish(self, text: str, kind: FurnitureKind) -> None:
        """Add ``text`` to the current page as furniture, outside the reading text."""
        if line := one_line(text):
            self._furniture[-1].append(Furniture(line, kind))

    def warn(self, code: str) -> None:
        """Record a warning by its message code; repeated codes count once."""
        self._warnings[code] = None

    def document(self, media_type: str, reader: str, metadata: Mapping[str, str] | None = None) -> Document:
        """Return the document; one without text has the warning ``no_text``."""
        if not self._blocks:
            self.warn("no_text")
        return Document(
            text=self.text,
            pages=self._pages(),
            blocks=tuple(self._blocks),
            media_type=media_type,
            reader=reader,
            tables=tuple(self._tables),
            metadata={key.lower(): one_line(value) for key, value in (metadata or {}).items() if value.strip()},
            warnings=tuple(self._warnings),
        )

    def _begin_page(self, start: int) -> None:
        self._page_starts.append(start)
        self._furniture.append([])

    def _next_start(self) -> int:
        return self._length + len(BETWEEN_BLOCKS) if self._blocks else 0

    def _append(self, kind: BlockKind, text: str, level: int = 0) -> None:
        if not text:
            return
        start = self._next_start()
        if start + len(text) > MAX_CHARACTERS:
            raise RogatioError("extraction.too_large", limit=f"{MAX_CHARACTERS:,}")
        self._parts += (BETWEEN_BLOCKS, text) if self._blocks else (text,)
        self._length = start + len(text)
        self._blocks.append(Block(start, self._length, kind, level))

    def _pages(self) -> tuple[Page, ...]:
        ends: Sequence[int] = [*self._page_starts[1:], self._length]
        return tuple(
            Page(number, start, end, furniture=tuple(furniture))
            for number, (start, end, furniture) in enumerate(
                zip(self._page_starts, ends, self._furniture, strict=True), start=1
            )
        )
