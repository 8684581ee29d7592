"""Where in one document a query matches: on the sheet that is shown, and the places before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.library_access import library
from app.pages.document_sheets import Sheet, shown_blocks
from app.pages.marked_text import Mark
from app.principal import current_principal
from extraction.document import Document
from indexing.search.highlight import Marker, marker
from indexing.search.query import parse
from indexing.search.results import SearchRequest
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations
from nlp.document_type import is_legislation

MOST_PROVISIONS = 500


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """Marks of the sheet, the one that the reader stands at, and offsets of the neighbouring places, -1 for none."""

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
) -> DocumentHits:
    """Return the hits of ``query`` around ``at`` (an offset; the sheet's first hit where it lies elsewhere)."""
    if not query:
        return DocumentHits()
    finder = _Finder(marker(parse(query)), document, annotations, stored)
    marks = finder.marks(sheet)
    now = next((mark for mark in marks if mark[0] >= at), marks[0] if marks else None)
    here = now[0] if now else max(at, sheet.start)
    others = finder.provisions(query) if is_legislation(stored.document_type) else None
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
        """Return where the provisions that the query finds are marked first."""
        request = SearchRequest(query, filters={"document_id": (self.stored.id,)}, limit=MOST_PROVISIONS, mode="words")
        hits = library().search(request, current_principal()).hits
        return sorted(hit.marks[0][0] if hit.marks else hit.start for hit in hits)

    def elsewhere(self, sheets: Sequence[Sheet], provisions: list[int] | None) -> list[int]:
        """Return the places on the first of ``sheets`` that has any."""
        for sheet in sheets:
            if provisions is None:
                places = [start for start, _ in self.marks(sheet)]
            else:
                places = [start for start in provisions if sheet.start <= start < sheet.end]
            if places:
                return places
        return []
