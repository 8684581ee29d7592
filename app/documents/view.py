"""View data of the document page: one sheet with its marks, on text and image."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.documents.doubtful_words import doubtful_words
from app.documents.link_target import Place, holding_unit
from app.documents.marks import PageMark, entity_marks, hit_marks, line_boxes, mention_marks, place_marks
from app.documents.sheets import Branch, Sheet, ShownBlock, outline, shown_blocks
from app.labels import date as shown_date
from app.marked_text import Mark, Piece, pieces
from app.people.view import FollowedEntity, Kind
from extraction.document import Cell, Document, FurnitureKind, Table, TextOrigin, Words
from indexing.access import Collection
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations, Segment, Span
from nlp.document_kinds import is_legislation
from nlp.structure.structure import provisions

SHOWN_AT_FIRST = frozenset({"LAW", "CASE", "TREATY", "REFERENCE", "OFFENCE"})
PERSONAL = frozenset({"PERSON"})


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table with its text in marked pieces."""

    cell: Cell
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block with its text in pieces, in the language of its beginning; ``rows`` are those of a table."""

    shown: ShownBlock
    language: str
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[TextCell, ...], ...] = ()


@dataclass(frozen=True)
class DocumentView:
    """A sheet of a document for display; ``kinds`` counts its entities by label, shown or not."""

    stored: StoredDocument
    collection: Collection
    document: Document
    annotations: Annotations
    words: Words
    sheet: Sheet
    sheet_count: int
    shown_kinds: frozenset[str]
    hits: tuple[Mark, ...] = ()
    now: Mark | None = None
    kinds_named: tuple[Kind, ...] = ()
    followed: FollowedEntity | None = None
    place: Place | None = None

    @property
    def title(self) -> str:
        return self.stored.title or self.stored.source

    @property
    def language(self) -> str:
        return self.stored.language

    @property
    def read_by_ocr(self) -> bool:
        return self.sheet.page.origin is TextOrigin.OCR

    @cached_property
    def entities(self) -> list[Span]:
        """Return the entities of the sheet; persons are proposals, and only in an authority's files."""
        hidden = PERSONAL if self.collection.is_public else frozenset()
        spans = self.annotations.spans
        return [s for s in spans if s.start < self.sheet.end and s.end > self.sheet.start and s.label not in hidden]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Return the labels of the entities of the sheet with their numbers."""
        return sorted(Counter(span.label for span in self.entities).items())

    @cached_property
    def shown_entities(self) -> list[Span]:
        """Return the entities of the selected kinds, and every mention of the followed entity."""
        shown = [span for span in self.entities if span.label in self.shown_kinds]
        places = {(span.start, span.end) for span in shown}
        return [*shown, *(mention for mention in self.mentions_here if (mention.start, mention.end) not in places)]

    @cached_property
    def mentions_here(self) -> list[Span]:
        """Return the mentions of the followed entity on this sheet."""
        mentions = self.followed.named.entity.mentions if self.followed else ()
        return [span for span in mentions if span.start < self.sheet.end and span.end > self.sheet.start]

    def is_followed(self, entity: Span) -> bool:
        """Return whether ``entity`` is a mention of the entity whose mentions the reader goes through."""
        return any(entity.start == span.start and entity.end == span.end for span in self.mentions_here)

    @cached_property
    def doubtful(self) -> list[tuple[int, int]]:
        """Return the words with low OCR confidence, and years that no document can have."""
        return doubtful_words(self.document.text, self.words, self.sheet.start, self.sheet.end)

    @cached_property
    def blocks(self) -> list[TextBlock]:
        return [self._text_block(shown) for shown in self._shown]

    @cached_property
    def place_begins(self) -> int:
        """Return the start of the first marked piece of the place, -1 if none is on this sheet."""
        cells = ((block.pieces, *(cell.pieces for row in block.rows for cell in row)) for block in self.blocks)
        found = (piece.start for block in cells for pieces in block for piece in pieces if piece.place)
        return next(found, -1)

    @property
    def is_tabular(self) -> bool:
        """Whether the sheet is a table rather than running text, so that it may take the whole width."""
        return any(table.start < self.sheet.end and table.end > self.sheet.start for table in self.document.tables)

    @property
    def marks(self) -> list[PageMark]:
        """Return the rectangles on the page's image; blocks come first, so that other marks lie above them."""
        page = self.sheet.page.number
        doubts = [
            PageMark(box, "doubt-box")
            for start, end in self.doubtful
            for box in line_boxes(self.words, page, start, end)
        ]
        entities = entity_marks(self.words, page, self.shown_entities)
        mentions = mention_marks(self.words, page, self.mentions_here)
        return [
            *self._block_marks(page),
            *(place_marks(self.words, page, self.place) if self.place else ()),
            *doubts,
            *entities,
            *mentions,
            *hit_marks(self.words, page, self.hits, self.now),
        ]

    @property
    def outline(self) -> list[Branch]:
        """Return the structure of the document, open where the sheet is."""
        return outline(self.annotations.structure, self.sheet.start, self.sheet.end)

    @property
    def signatures(self) -> list[tuple[str, str, str]]:
        """Return signer, time and state of each digital signature of the file."""
        rows = [row.split(" | ") for row in self.document.metadata.get("signatures", "").splitlines()]
        return [(row[0], row[1].replace("T", " "), row[2]) for row in rows if len(row) > 2]

    @property
    def notes(self) -> list[str]:
        """Return the comments and stamps of the sheet's page, which are not part of its text."""
        kinds = (FurnitureKind.COMMENT, FurnitureKind.STAMP)
        return [item.text for item in self.sheet.page.furniture if item.kind in kinds]

    def citation(self, at: int) -> str:
        """Return title, pinpoint, page as printed and date of the place ``at``, for copying into a text."""
        unit = holding_unit(self.annotations.structure, self.is_law, at)
        page = f"p. {self.sheet.page.printed_number}" if self.sheet.has_image else ""
        parts = (self.title, unit.label if unit else "", page, shown_date(self.stored.date) if self.stored.date else "")
        return ", ".join(part for part in parts if part)

    @property
    def is_law(self) -> bool:
        return is_legislation(self.stored.document_type)

    def provision(self, at: int) -> str:
        """Return the label of the article or section that contains ``at``, empty if there is none."""
        found = provisions(self.annotations.structure) if self.is_law else ()
        return next((unit.label for unit in found if unit.start <= at < unit.end), "")

    def _block_marks(self, page: int) -> Iterator[PageMark]:
        for shown in self._shown:
            for placed in shown.block.boxes:
                if placed.page == page:
                    yield PageMark(placed.box, "block-box", f"b{shown.start}")

    def _text_block(self, shown: ShownBlock) -> TextBlock:
        segments = self._segments(shown.start, shown.end)
        language = segments[0].label if segments else self.language
        rows = self._rows(shown.table, language) if shown.table else ()
        return TextBlock(shown, language, self._pieces(shown.start, shown.end, language), rows)

    def _rows(self, table: Table, language: str) -> tuple[tuple[TextCell, ...], ...]:
        rows: dict[int, list[TextCell]] = {}
        for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.start < self.sheet.end and cell.end >= self.sheet.start:
                pieces = self._pieces(cell.start, cell.end, language)
                rows.setdefault(cell.row, []).append(TextCell(cell, pieces))
        return tuple(map(tuple, rows.values()))

    def _pieces(self, start: int, end: int, language: str) -> tuple[Piece, ...]:
        text = self.document.text[start:end]
        foreign = [s for s in self._segments(start, end) if s.label != language]
        place = (self.place.start, self.place.end) if self.place else (0, 0)
        return tuple(pieces(text, start, self.hits, self.shown_entities, self.doubtful, foreign, place))

    @cached_property
    def _shown(self) -> list[ShownBlock]:
        return list(shown_blocks(self.document, self.sheet))

    @cached_property
    def _sheet_segments(self) -> list[Segment]:
        return [s for s in self.annotations.segments if s.start < self.sheet.end and s.end > self.sheet.start]

    def _segments(self, start: int, end: int) -> list[Segment]:
        return [s for s in self._sheet_segments if s.start < end and s.end > start]
