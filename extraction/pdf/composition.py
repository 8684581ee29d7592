"""Composes laid-out pages into one reading text.

The text of a page is its paragraphs, then its footnotes. A paragraph that continues on the next page is written after
the first page's footnotes, so that sentences are contiguous and every character is within the range of its page. Only
if one paragraph fills a whole page do that page's footnotes follow the paragraph, possibly in the range of the next
page; their boxes still have the right page.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.block_kinds import Style, heading_levels, kind_of
from extraction.document import Block, BlockKind, Box, Page, PlacedBox, Table, Words
from extraction.draft import MAX_CHARACTERS
from extraction.errors import RogatioError
from extraction.layout.column_languages import differ
from extraction.layout.hyphens import Vocabulary
from extraction.layout.page_layout import Laid
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords, surrounding
from extraction.layout.paragraphs import Paragraph, goes_on_elsewhere
from extraction.layout.tables import PageTable
from extraction.layout.text_writing import Piece, TextWriter


@dataclass(slots=True)
class Composition:
    """Collects pages in order; ``body_size`` is the most frequent type size of the document, in points."""

    body_size: float
    vocabulary: Vocabulary
    _writer: TextWriter = field(init=False)
    _starts: dict[int, int] = field(default_factory=dict)
    _blocks: list[Block] = field(default_factory=list)
    _styles: dict[int, Style] = field(default_factory=dict)
    _tables: list[Table] = field(default_factory=list)
    _furnished: list[Page] = field(default_factory=list)
    _open: list[Piece] = field(default_factory=list)
    _notes: list[Piece] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writer = TextWriter(self.vocabulary)

    def add(self, laid: Laid) -> None:
        """Add a page; raises ``extraction.too_large`` when the text grows beyond ``MAX_CHARACTERS``."""
        flow = list(laid.flow)
        if goes_on := self._goes_on(laid):
            self._continue(Piece(laid, flow.pop(0).lines))  # type: ignore[union-attr]
        if flow or not goes_on:
            self._close()
        if not goes_on:
            self._starts[laid.page.number] = self._writer.length
        for part in flow[:-1]:
            self._add(laid, part)
        if flow and isinstance(flow[-1], Paragraph):
            self._open = [Piece(laid, flow[-1].lines)]
        elif flow:
            self._add(laid, flow[-1])
        self._notes += [Piece(laid, note.lines) for note in laid.footnotes]
        self._furnished.append(_page(laid))
        if self._writer.length > MAX_CHARACTERS:
            raise RogatioError("extraction.too_large", limit=f"{MAX_CHARACTERS:,}")

    def finish(self) -> tuple[str, tuple[Page, ...], tuple[Block, ...], tuple[Table, ...], Words]:
        """Return the text, its pages, blocks, tables and words."""
        self._close()
        levels = heading_levels(self._styles.values())
        blocks = tuple(
            block if (style := self._styles.get(index)) is None else _levelled(block, levels[style])
            for index, block in enumerate(self._blocks)
        )
        return self._writer.text(), self._ranges(), blocks, tuple(self._tables), self._writer.words()

    def _goes_on(self, laid: Laid) -> bool:
        """Return whether the page begins with the continuation of the open paragraph."""
        if not self._open or not laid.flow or not isinstance(laid.flow[0], Paragraph):
            return False
        before, last, first = self._open[-1].laid, self._open[-1].lines[-1], laid.flow[0].lines[0]
        if differ(before.text.languages.get(last.column, ""), laid.text.languages.get(first.column, "")):
            return False
        width = laid.text.first_widths[first.words[0]]
        return goes_on_elsewhere(last, before.text.text(last), first, laid.text.text(first), width)

    def _continue(self, piece: Piece) -> None:
        if len(self._open) == 1:
            self._add_notes()
        self._open.append(piece)

    def _close(self) -> None:
        if self._open:
            self._write(self._open)
            self._open = []
        self._add_notes()

    def _add_notes(self) -> None:
        for note in self._notes:
            self._write([note], BlockKind.FOOTNOTE)
        self._notes = []

    def _add(self, laid: Laid, part: Paragraph | PageTable) -> None:
        if isinstance(part, Paragraph):
            self._write([Piece(laid, part.lines)])
            return
        table = self._writer.add_table(laid, part)
        self._tables.append(table)
        self._blocks.append(Block(table.start, table.end, BlockKind.TABLE, 0, table.boxes))

    def _write(self, pieces: list[Piece], kind: BlockKind | None = None) -> None:
        start, offsets = self._writer.add(pieces)
        for piece, offset in list(zip(pieces, offsets, strict=True))[1:]:
            self._starts[piece.laid.page.number] = offset
        lines = [line for piece in pieces for line in piece.lines]
        if kind is None:
            kind, style = kind_of(self._writer.last, lines, self.body_size)
            if style is not None:
                self._styles[len(self._blocks)] = style
        self._blocks.append(Block(start, self._writer.length, kind, 0, _boxes(pieces)))

    def _ranges(self) -> tuple[Page, ...]:
        starts = [self._starts[page.number] for page in self._furnished]
        ends = [*starts[1:], self._writer.length]
        return tuple(
            Page(
                page.number,
                start,
                end,
                page.width,
                page.height,
                page.rotation,
                page.origin,
                page.confidence,
                page.furniture,
            )
            for page, start, end in zip(self._furnished, starts, ends, strict=True)
        )


def _page(laid: Laid) -> Page:
    page = laid.page
    return Page(page.number, 0, 0, page.width, page.height, page.rotation, page.origin, page.certainty, laid.furniture)


def _levelled(block: Block, level: int) -> Block:
    return Block(block.start, block.end, BlockKind.HEADING, level, block.boxes)


def _boxes(pieces: list[Piece]) -> tuple[PlacedBox, ...]:
    """Return one box per page and column."""
    boxes = []
    for piece in pieces:
        for column in dict.fromkeys(line.column for line in piece.lines):
            lines = [line for line in piece.lines if line.column == column]
            boxes.append(PlacedBox(piece.laid.page.number, _around(piece.laid.page, lines)))
    return tuple(boxes)


def _around(page: PageWords, lines: list[Line]) -> Box:
    """Return the bounding box of ``lines`` on the page as displayed."""
    if page.upright is page.boxes:
        lefts, tops, rights, bottoms = zip(*[(line.x0, line.top, line.x1, line.bottom) for line in lines], strict=True)
        return Box(min(lefts), min(tops), max(rights), max(bottoms))
    return surrounding(page.boxes[[index for line in lines for index in line.words]])
