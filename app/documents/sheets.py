"""Sheets (the parts of a document shown at once), open documents, and the outline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from extraction.document import Block, BlockKind, Document, Page, Table, Words
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations, Unit

MAX_LENGTH = 8_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Characters ``[start, end)`` of the document; ``page`` is their page."""

    number: int
    start: int
    end: int
    page: Page

    @property
    def has_image(self) -> bool:
        """Return whether the page has a size, so that an image of it can be made."""
        return self.page.width > 0


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """The part of a block on a sheet; ``begins`` and ``ends`` tell whether the block itself does so there."""

    block: Block
    start: int
    end: int
    table: Table | None = None

    @property
    def begins(self) -> bool:
        """Return whether the block begins on this sheet, not on an earlier one."""
        return self.start == self.block.start

    @property
    def ends(self) -> bool:
        """Return whether the block ends on this sheet."""
        return self.end == self.block.end


def sheets(document: Document) -> list[Sheet]:
    """Return the sheets of ``document``, numbered from 1: its pages, long ones without an image split at blocks."""
    found: list[Sheet] = []
    for page in document.pages:
        cuts = [page.start] if page.width else [page.start, *_cuts(document, page)]
        for start, end in zip(cuts, [*cuts[1:], page.end], strict=True):
            found.append(Sheet(len(found) + 1, start, end, page))
    return found


def _cuts(document: Document, page: Page) -> Iterator[int]:
    begin = page.start
    for block in document.blocks:
        if page.start < block.start < page.end and block.end - begin > MAX_LENGTH:
            begin = block.start
            yield begin


def sheet_at(found: list[Sheet], offset: int) -> Sheet:
    """Return the sheet that contains the character at ``offset``."""
    return found[max(0, bisect_right(found, offset, key=lambda sheet: sheet.start) - 1)]


def shown_blocks(document: Document, sheet: Sheet) -> Iterator[ShownBlock]:
    """Yield the blocks of a sheet in reading order; text outside of all blocks is yielded as a paragraph."""
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


# A law of a thousand pages takes about a tenth of a gigabyte.
MAX_OPEN = 4


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document with what its pages need at every request; kept in memory while it is read."""

    document: Document
    annotations: Annotations
    words: Words


def open_document(store: Store, access: AccessFilter, stored: StoredDocument) -> OpenDocument:
    """Return the text and annotations of a readable document; raises ``indexing.not_read``."""
    folder = store.derived.folder(stored.sha256)
    version = folder.stat().st_mtime_ns if folder.exists() else 0
    corrected = len(store.corrections(access, stored.id))
    return _read(store, access, stored.id, version, corrected)


@lru_cache(maxsize=MAX_OPEN)
def _read(store: Store, access: AccessFilter, document_id: str, version: int, corrected: int) -> OpenDocument:
    """Read and cache a document; ``version`` and ``corrected`` are part of the key and change with its content."""
    return OpenDocument(
        store.reading(access, document_id), store.annotations(access, document_id), store.words(access, document_id)
    )


# The outline ends at articles.
KINDS = frozenset(
    "book title part chapter section subsection article request_section disposition schedule annex".split()
)
MAX_SHOWN = 400


@dataclass(slots=True)
class Branch:
    """A unit of the outline with those below it; a closed one has no children."""

    unit: Unit
    is_open: bool
    children: list[Branch] = field(default_factory=list)


def outline(units: Sequence[Unit], start: int, end: int) -> list[Branch]:
    """Return the tree of ``units``; a branch is open if it contains part of ``[start, end)``.

    Closed branches have no children, so that the outline of a law with thousands of articles stays small.
    """
    roots: list[Branch] = []
    way: list[Branch] = []
    for unit in sorted((u for u in units if u.kind in KINDS), key=lambda u: (u.start, -u.end)):
        while way and unit.start >= way[-1].unit.end:
            way.pop()
        branch = Branch(unit, unit.start < end and unit.end > start)
        if not way:
            roots.append(branch)
        elif way[-1].is_open:
            way[-1].children.append(branch)
        way.append(branch)
    return _near(roots, start)


def _near(branches: list[Branch], start: int) -> list[Branch]:
    """Return at most ``MAX_SHOWN`` of ``branches``, those around the open one."""
    if len(branches) <= MAX_SHOWN:
        return branches
    here = sum(branch.unit.start <= start for branch in branches)
    first = max(0, min(here - MAX_SHOWN // 2, len(branches) - MAX_SHOWN))
    return branches[first : first + MAX_SHOWN]


def unit_at(units: Sequence[Unit], offset: int) -> Unit | None:
    """Return the innermost unit of the outline's kinds that contains ``offset``."""
    around = [unit for unit in units if unit.kind in KINDS and unit.start <= offset < unit.end]
    return min(around, key=lambda unit: unit.end - unit.start, default=None)
