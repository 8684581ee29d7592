"""Reader of PDF files with or without a text layer: reads pages, classifies blocks, composes one reading text.

The text of a page is its paragraphs, then its footnotes. A paragraph that continues on the next page is written after
the first page's footnotes, so that sentences are contiguous and every character is within the range of its page. Only
if one paragraph fills a whole page do that page's footnotes follow the paragraph, possibly in the range of the next
page; their boxes still have the right page.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from extraction.block_marks import Vocabulary, could_be_heading, is_caption, is_list_item
from extraction.document import Block, BlockKind, Box, Document, Page, PlacedBox, Table, Words
from extraction.draft import BETWEEN_BLOCKS, MAX_CHARACTERS
from extraction.errors import RogatioError
from extraction.layout.continued_tables import TablePart, continues
from extraction.layout.drop_caps import with_drop_caps
from extraction.layout.first_page_heads import with_page_heads
from extraction.layout.furniture import EdgeRow, Repetition, edge_rows, page_furniture
from extraction.layout.page_layout import Laid, PageParts, lay_out, page_parts
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords, surrounding
from extraction.layout.paragraphs import Paragraph, differ, goes_on_elsewhere
from extraction.layout.tables import PageTable
from extraction.layout.text_writing import Piece, TextWriter
from extraction.members import Budget, Reading, Unpacking
from extraction.pdf.attachments import Attachments
from extraction.pdf.file import information, open_pdf
from extraction.pdf.pages import PdfPages
from extraction.pdf.signatures import signatures
from extraction.pdf.xfa import is_drawn_by_viewer, xfa_lines
from extraction.signature import signature_warnings

MEDIA_TYPE = "application/pdf"
READER = "pdf/1"
MAX_TABLE_PAGES = 200  # of one table, since its pages are in memory until it ends


def read_pdf(path: Path, *, password: str = "", max_pages: int | None = None) -> Document:
    """Read ``path``; scanned pages are read by OCR.

    Raises what :func:`.file.open_pdf` does, ``extraction.too_many_pages`` beyond ``max_pages`` and
    ``extraction.too_large``. A page that cannot be read adds a warning.
    """
    return _read(path, password, max_pages, None)


def read_pdf_file(path: Path, scratch: Path, *, password: str = "", budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path`` as :func:`read_pdf` does; embedded files become members, written to ``scratch``.

    An embedded file that cannot be read is a failed member and a warning ``embedded_part_not_read`` of the document.
    Raises also what :meth:`extraction.members.Unpacking.attach` does.
    """
    unpacking = Unpacking(scratch, budget)
    document = _read(path, password, None, unpacking)
    return Reading(document, tuple(unpacking.members))


def _read(path: Path, password: str, max_pages: int | None, unpacking: Unpacking | None) -> Document:
    with open_pdf(path, password) as pdf:
        if max_pages is not None and len(pdf) > max_pages:
            raise RogatioError("extraction.too_many_pages", pages=len(pdf), limit=max_pages)
        metadata = information(pdf)
        attachments = Attachments(path, password, unpacking) if unpacking is not None else None
        pages = PdfPages(pdf, path, password, attachments)
        text, ranges, blocks, tables, boxes = compose(pages)
        if pages.form_is_elsewhere:
            text, ranges, blocks = _with_lines(text, ranges, blocks, xfa_lines(pdf))
            if is_drawn_by_viewer(pdf):
                pages.warnings["form_drawn_by_viewer"] = None
        signed = signatures(pdf, path)
        if attachments is not None:
            attachments.of_document(pdf)
    if unpacking is not None and any(member.error for member in unpacking.members):
        pages.warnings["embedded_part_not_read"] = None
    if signed:
        metadata["signatures"] = "\n".join(map(str, signed))
    warnings = [*pages.warnings, *signature_warnings(signed), *([] if text else ["no_text"])]
    return Document(text, ranges, blocks, MEDIA_TYPE, READER, tables, boxes, metadata, tuple(warnings))


def _with_lines(
    text: str, ranges: tuple[Page, ...], blocks: tuple[Block, ...], lines: Sequence[str]
) -> tuple[str, tuple[Page, ...], tuple[Block, ...]]:
    """Return text, pages and blocks with ``lines`` as paragraphs at the end of the last page."""
    parts, added, length = [text] if text else [], list(blocks), len(text)
    for line in lines:
        start = length + len(BETWEEN_BLOCKS) if parts else 0
        length = start + len(line)
        parts.append(line)
        added.append(Block(start, length, BlockKind.PARAGRAPH))
    if length > MAX_CHARACTERS:
        raise RogatioError("extraction.too_large", limit=f"{MAX_CHARACTERS:,}")
    return BETWEEN_BLOCKS.join(parts), (*ranges[:-1], replace(ranges[-1], end=length)), tuple(added)


def compose(
    pages: Iterable[PageWords],
) -> tuple[str, tuple[Page, ...], tuple[Block, ...], tuple[Table, ...], Words]:
    """Return the reading text of ``pages`` with its pages, blocks, tables and word boxes."""
    vocabulary = Vocabulary()
    sizes: Counter[float] = Counter()
    prepared: deque[tuple[PageWords, PageParts, list[EdgeRow]]] = deque()
    for page in map(with_drop_caps, pages):
        vocabulary.add(page.words)
        _count_sizes(page, sizes)
        parts = page_parts(page)
        prepared.append((page, parts, edge_rows(page, parts.body)))
    repetition = Repetition([row for _, _, rows in prepared for row in rows], len(prepared))
    composition = Composition(sizes.most_common(1)[0][0] if sizes else 0.0, vocabulary)
    in_note, count = False, len(prepared)
    while prepared:  # pages are released once composed, so that a long file is not in memory twice
        page, parts, rows = prepared.popleft()
        edges = page_furniture(rows, repetition)
        laid = lay_out(page, parts, edges, composition.body_size, in_note)
        composition.add(with_page_heads(laid, edges, count) if len(prepared) == count - 1 else laid)
        in_note = laid.breaks_off_in_note
    return composition.finish()


def _count_sizes(page: PageWords, sizes: Counter[float]) -> None:
    """Add the number of words of each type size, rounded to half a point, to ``sizes``."""
    sizes.update(((2 * page.size).round() / 2).tolist())


HEADING_SIZE = 1.12  # ratio to the type size of the body
MAX_HEADING_LINES = 4
MAX_LEVELS = 6


@dataclass(frozen=True, slots=True, order=True)
class Style:
    """Typography of a heading; styles are ordered by rank, ``size`` is in points."""

    size: float
    bold: bool
    capitals: bool


def kind_of(text: str, lines: Sequence[Line], body_size: float) -> tuple[BlockKind, Style | None]:
    """Return the kind of a paragraph and, for a heading, its style.

    ``lines`` are the lines of ``text``; ``body_size`` is the type size of the document's body, in points.
    """
    size, bold = lines[0].size, all(line.bold for line in lines)
    capitals = text.isupper() and len(text) > 3
    larger = size >= HEADING_SIZE * body_size
    short = len(lines) <= MAX_HEADING_LINES and could_be_heading(text)
    if short and (larger or (size > 0.95 * body_size and (bold or (capitals and not text.endswith("."))))):
        return BlockKind.HEADING, Style(round(2 * size) / 2, bold, capitals)
    if is_caption(text):
        return BlockKind.CAPTION, None
    return (BlockKind.LIST_ITEM if is_list_item(text) else BlockKind.PARAGRAPH), None


def heading_levels(styles: Iterable[Style]) -> dict[Style, int]:
    """Return the heading level of each style: 1 for the highest rank, at most ``MAX_LEVELS``."""
    ranked = sorted(set(styles), reverse=True)
    return {style: min(rank, MAX_LEVELS) for rank, style in enumerate(ranked, start=1)}


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
    _open_table: list[TablePart] = field(default_factory=list)
    _notes: list[tuple[Piece, BlockKind]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writer = TextWriter(self.vocabulary)

    def add(self, laid: Laid) -> None:
        """Add a page; raises ``extraction.too_large`` when the text grows beyond ``MAX_CHARACTERS``."""
        flow = list(laid.flow)
        if goes_on := self._goes_on(laid):
            first = flow.pop(0)
            if isinstance(first, Paragraph):
                self._continue(Piece(laid, first.lines))
            else:
                self._continue_table(TablePart(laid, first))
        if flow or not goes_on:
            self._close()
        if not goes_on:
            self._starts[laid.page.number] = self._writer.length
        for head in laid.heads:
            self._write([Piece(laid, head.lines)], BlockKind.PAGE_HEAD)
        for part in flow[:-1]:
            self._add(laid, part)
        last = flow[-1] if flow else None
        if isinstance(last, Paragraph):
            self._open = [Piece(laid, last.lines)]
        elif last is not None:
            self._open_table = [TablePart(laid, last)]
        self._notes += [(Piece(laid, note.lines), BlockKind.FOOTNOTE) for note in laid.footnotes]
        self._notes += [(Piece(laid, foot.lines), BlockKind.PAGE_FOOT) for foot in laid.feet]
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
        """Return whether the page begins with the continuation of the open paragraph or table."""
        head = laid.flow[0] if laid.flow else None
        if self._open_table and isinstance(head, PageTable):
            return len(self._open_table) < MAX_TABLE_PAGES and continues(self._open_table[-1], TablePart(laid, head))
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

    def _continue_table(self, part: TablePart) -> None:
        if len(self._open_table) == 1:
            self._add_notes()
        self._open_table.append(part)

    def _close(self) -> None:
        if self._open:
            self._write(self._open)
            self._open = []
        if self._open_table:
            self._write_table(self._open_table)
            self._open_table = []
        self._add_notes()

    def _add_notes(self) -> None:
        for note, kind in self._notes:
            self._write([note], kind)
        self._notes = []

    def _add(self, laid: Laid, part: Paragraph | PageTable) -> None:
        if isinstance(part, Paragraph):
            self._write([Piece(laid, part.lines)])
            return
        self._write_table([TablePart(laid, part)])

    def _write_table(self, parts: list[TablePart]) -> None:
        table, offsets = self._writer.add_table(parts)
        for part, offset in list(zip(parts, offsets, strict=True))[1:]:
            self._starts[part.laid.page.number] = offset
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
