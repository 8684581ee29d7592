"""What of a document is shown at once: a page, or where a format has none a stretch of a few thousand characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.document import Block, BlockKind, Document, Page, Table

LONGEST = 8_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Characters ``[start, end)`` of the document; ``page`` is the page that they stand on."""

    number: int
    start: int
    end: int
    page: Page

    @property
    def has_image(self) -> bool:
        return self.page.width > 0


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """The part of a block that stands on a sheet; ``begins`` and ``ends`` say whether the block itself does there."""

    block: Block
    start: int
    end: int
    table: Table | None = None

    @property
    def begins(self) -> bool:
        return self.start == self.block.start

    @property
    def ends(self) -> bool:
        return self.end == self.block.end


def sheets(document: Document) -> list[Sheet]:
    """Return the sheets of ``document``, numbered from 1: its pages, long ones without an image cut at blocks."""
    found: list[Sheet] = []
    for page in document.pages:
        cuts = [page.start] if page.width else [page.start, *_cuts(document, page)]
        for start, end in zip(cuts, [*cuts[1:], page.end], strict=True):
            found.append(Sheet(len(found) + 1, start, end, page))
    return found


def _cuts(document: Document, page: Page) -> Iterator[int]:
    begin = page.start
    for block in document.blocks:
        if page.start < block.start < page.end and block.end - begin > LONGEST:
            begin = block.start
            yield begin


def sheet_at(found: list[Sheet], offset: int) -> Sheet:
    """Return the sheet on which the character at ``offset`` stands."""
    return found[max(0, bisect_right(found, offset, key=lambda sheet: sheet.start) - 1)]


def shown_blocks(document: Document, sheet: Sheet) -> Iterator[ShownBlock]:
    """Yield the blocks of a sheet in reading order; text that no block covers comes as a paragraph."""
    tables = {table.start: table for table in document.tables}
    at = sheet.start
    for block in document.blocks:
        if block.end <= at or block.start >= sheet.end:
            continue
        start, end = max(block.start, at), min(block.end, sheet.end)
        yield from _uncovered(document, at, start)
        yield ShownBlock(block, start, end, tables.get(block.start) if block.kind is BlockKind.TABLE else None)
        at = end
    yield from _uncovered(document, at, sheet.end)


def _uncovered(document: Document, start: int, end: int) -> Iterator[ShownBlock]:
    if document.text[start:end].strip():
        yield ShownBlock(Block(start, end, BlockKind.PARAGRAPH), start, end)
