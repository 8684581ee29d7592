"""The result of every reader: one text with pages, blocks, tables and word boxes as ranges of it.

Offsets are half-open ranges of code points in ``Document.text``. Coordinates are PDF points (1/72 inch) from the top
left corner of the page as displayed, with rotation applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

_PAGE_NUMBER = re.compile(r"\b(?:\d{1,6}|[ivxlc]{1,8}|[IVXLC]{1,8})\b")


class BlockKind(StrEnum):
    """Kind of a text block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    PAGE_HEAD = "page_head"  # header of the first page of an office file or PDF
    PAGE_FOOT = "page_foot"


class FurnitureKind(StrEnum):
    """Kind of page content outside the reading text."""

    RUNNING_HEAD = "running_head"
    RUNNING_FOOT = "running_foot"
    PAGE_NUMBER = "page_number"
    LINE_NUMBER = "line_number"
    GAZETTE_LINE = "gazette_line"
    STAMP = "stamp"
    COMMENT = "comment"


class TextOrigin(StrEnum):
    """Source of the text of a page."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"
    MARKUP = "markup"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A rectangle on a page; ``page`` counts from 1."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Furniture:
    """Page content outside the reading text, such as a running head."""

    text: str
    kind: FurnitureKind
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page and its range of the text; a format without pages has one page of ``width`` and ``height`` 0."""

    number: int
    start: int
    end: int
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    origin: TextOrigin = TextOrigin.MARKUP
    confidence: float = 1.0
    furniture: tuple[Furniture, ...] = ()

    @property
    def printed_number(self) -> str:
        """The number printed on the page, as a court or gazette is cited; its position if it prints none."""
        numbers = (item.text for item in self.furniture if item.kind is FurnitureKind.PAGE_NUMBER)
        return next((found[0] for text in numbers if (found := _PAGE_NUMBER.search(text))), str(self.number))


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, table, footnote, caption, page header or footer: a range of the text.

    ``level`` is the depth of a heading from 1, else 0. ``boxes`` has one rectangle per page and column of the block.
    """

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    boxes: tuple[PlacedBox, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table as a range of the text; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a range of the text, one line per row, with its cells in reading order."""

    start: int
    end: int
    cells: tuple[Cell, ...]
    name: str = ""
    boxes: tuple[PlacedBox, ...] = ()


WORD_BOX = np.dtype(
    [
        ("start", "u4"),
        ("end", "u4"),
        ("page", "u4"),
        ("x0", "f4"),
        ("top", "f4"),
        ("x1", "f4"),
        ("bottom", "f4"),
        ("confidence", "f4"),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Boxes of words: rows of ``WORD_BOX`` sorted by ``start``; a word hyphenated across lines has two rows.

    ``confidence`` is 1 for a text layer and Tesseract's value from 0 to 1 for OCR.
    """

    rows: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, WORD_BOX))

    def within(self, start: int, end: int) -> NDArray[np.void]:
        """Return the rows of all words that overlap ``[start, end)``."""
        first = int(np.searchsorted(self.rows["end"], start, side="right"))
        last = int(np.searchsorted(self.rows["start"], end, side="left"))
        rows: NDArray[np.void] = self.rows[first:last]
        return rows

    def boxes(self, start: int, end: int) -> Iterator[PlacedBox]:
        """Yield the box of every word that overlaps ``[start, end)``."""
        for row in self.within(start, end):
            box = Box(float(row["x0"]), float(row["top"]), float(row["x1"]), float(row["bottom"]))
            yield PlacedBox(int(row["page"]), box)


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file.

    ``metadata`` holds the file's own metadata (front matter, Akoma Ntoso FRBR, e-mail headers, PDF information) as
    strings with lower-case keys. ``warnings`` are message codes of passages or features that may be read wrongly.
    """

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    media_type: str
    reader: str
    tables: tuple[Table, ...] = ()
    words: Words = field(default_factory=Words, compare=False)
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int:
        """Return the number of the page that contains the character at ``offset``."""
        number = 1
        for page in self.pages:
            if page.start > offset:
                break
            number = page.number
        return number
