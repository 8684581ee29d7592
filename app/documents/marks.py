"""Marks on page images: hits, entities, doubtful words; and hits within one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.documents.link_target import Place
from app.documents.sheets import Sheet, shown_blocks
from app.marked_text import Mark
from app.principal import current_principal, installation
from extraction.document import Box, Document, Words
from indexing.search.highlighting import Marker, marker
from indexing.search.parser import parse
from indexing.search.query_recognition import recognise, spell_out
from indexing.search.query_tree import is_searchable
from indexing.search.request import COUNTRY, IN_FORCE, SearchRequest
from indexing.search.search import search
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations, Span
from nlp.document_kinds import is_legislation

KIND_STYLES = {
    "PERSON": 0,
    "ORGANISATION": 0,
    "LAW": 1,
    "CASE": 1,
    "TREATY": 1,
    "REFERENCE": 1,
    "COUNTRY": 2,
    "NATIONALITY": 2,
    "LOCATION": 2,
    "DATE": 3,
    "MONEY": 3,
    "IDENTIFIER": 3,
}
OTHER_STYLE = 4


@dataclass(frozen=True, slots=True)
class PageMark:
    """A rectangle in points of the page, with its style classes and the anchor to which it links."""

    box: Box
    style: str
    anchor: str = ""


def kind_style(label: str) -> int:
    """Return the number of the line style (``.kind-N`` of the style sheet) for an entity's label."""
    return KIND_STYLES.get(label, OTHER_STYLE)


def entity_marks(words: Words, page: int, entities: Iterable[Span]) -> Iterator[PageMark]:
    """Yield the marks of entities on a page (from 1), one for each line, styled by label."""
    for entity in entities:
        for box in line_boxes(words, page, entity.start, entity.end):
            yield PageMark(box, f"entity-box kind-{kind_style(entity.label)}", f"c{entity.start}")


def mention_marks(words: Words, page: int, mentions: Iterable[Span]) -> Iterator[PageMark]:
    """Yield the marks of the followed entity."""
    for mention in mentions:
        for box in line_boxes(words, page, mention.start, mention.end):
            yield PageMark(box, "mention-box", f"c{mention.start}")


def hit_marks(words: Words, page: int, hits: Iterable[Mark], now: Mark | None) -> Iterator[PageMark]:
    """Yield the marks of the hits of a search on a page (from 1); ``now`` is the one that the address names."""
    for start, end in hits:
        anchor = "hit" if (start, end) == now else f"m{start}"
        for box in line_boxes(words, page, start, end):
            yield PageMark(box, "hit-box", anchor)


def place_marks(words: Words, page: int, place: Place) -> Iterator[PageMark]:
    """Yield the marks of the range of the link that was followed."""
    for box in line_boxes(words, page, place.start, place.end):
        yield PageMark(box, "place-box", "hit")


def line_boxes(words: Words, page: int, start: int, end: int) -> list[Box]:
    """Return one rectangle for each line of ``page`` with words in ``[start, end)``."""
    lines: list[Box] = []
    for placed in words.boxes(start, end):
        if placed.page != page:
            continue
        if lines and _same_line(lines[-1], placed.box):
            lines[-1] = _around(lines[-1], placed.box)
        else:
            lines.append(placed.box)
    return lines


def _same_line(left: Box, right: Box) -> bool:
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    height = min(left.bottom - left.top, right.bottom - right.top)
    return overlap > height / 2 and -height < right.x0 - left.x1 < 3 * height


def _around(left: Box, right: Box) -> Box:
    return Box(min(left.x0, right.x0), min(left.top, right.top), max(left.x1, right.x1), max(left.bottom, right.bottom))


MAX_PROVISIONS = 500


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """Marks of the sheet, the present hit, and the offsets of the previous and next hits, -1 for none."""

    marks: tuple[Mark, ...] = ()
    now: Mark | None = None
    before: int = -1
    after: int = -1


def hits_of(
    query: str,
    stored: StoredDocument,
    document: Document,
    annotations: Annotations,
    sheets: Sequence[Sheet],
    sheet: Sheet,
    at: int,
    place: Place | None = None,
) -> DocumentHits:
    """Return the hits of ``query`` around ``at`` (an offset; the sheet's first hit if it lies elsewhere).

    With a ``place`` from a link, the present hit is one within it, or its beginning.
    """
    if not query:
        return DocumentHits()
    read, _ = spell_out(recognise(parse(query))[0])
    finder = _Finder(marker(read), document, annotations, stored)
    marks = finder.marks(sheet)
    now = next((mark for mark in marks if mark[0] >= at), marks[0] if marks else None)
    if place and now and not place.start <= now[0] < place.end:
        now = None
    here = now[0] if now else max(at, sheet.start)
    others = finder.provisions(read.text) if is_legislation(stored.document_type) else None
    before = [mark[0] for mark in marks if mark[0] < here] or finder.elsewhere(sheets[: sheet.number - 1][::-1], others)
    after = [mark[0] for mark in marks if mark[0] > here] or finder.elsewhere(sheets[sheet.number :], others)
    return DocumentHits(tuple(marks), now, before[-1] if before else -1, after[0] if after else -1)


@dataclass(frozen=True, slots=True)
class _Finder:
    marker: Marker
    document: Document
    annotations: Annotations
    stored: StoredDocument

    def marks(self, sheet: Sheet) -> list[Mark]:
        return sorted(
            mark for shown in shown_blocks(self.document, sheet) for mark in self._within(shown.start, shown.end)
        )

    def _within(self, start: int, end: int) -> Iterator[Mark]:
        language = next((s.label for s in self.annotations.segments if s.start <= start < s.end), self.stored.language)
        for mark in self.marker.marks(self.document.text[start:end], language):
            yield start + mark.start, start + mark.end

    def provisions(self, query: str) -> list[int]:
        """Return the first mark of each provision that the query finds by its words, sorted by offset.

        A query of signs alone finds none.
        """
        if not is_searchable(parse(query)):
            return []
        document = {"document_id": (self.stored.id,)}
        request = SearchRequest(query, document, limit=MAX_PROVISIONS, mode="words", as_words=(COUNTRY, IN_FORCE))
        hits = search(installation(), request, current_principal()).hits
        return sorted(hit.marks[0][0] if hit.marks else hit.start for hit in hits)

    def elsewhere(self, sheets: Sequence[Sheet], provisions: list[int] | None) -> list[int]:
        """Return the hits on the first of ``sheets`` that has any."""
        for sheet in sheets:
            if provisions is None:
                places = [start for start, _ in self.marks(sheet)]
            else:
                places = [start for start in provisions if sheet.start <= start < sheet.end]
            if places:
                return places
        return []
