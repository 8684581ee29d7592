"""Provisions with their full texts and periods of validity, including those named or cited in the request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TypeAlias

from app.comparison.question import jurisdiction_filters
from app.comparison.table import ComparisonRequest, Provision
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields
from indexing.records.validity import Validity, validity_of_unit
from indexing.search.provision_lookup import by_ids
from indexing.search.query_citations import nearest_expressions
from indexing.search.request import CITATION, RECOGNISED, UNIT, Hit, OutOfForceCitation, SearchRequest, SearchResult
from indexing.search.search import retrieve
from indexing.store.reading import Store
from indexing.works.works import validities
from nlp.elements.provision_elements import Part, split_elements

Reasoned: TypeAlias = tuple[StoredFields, tuple[str, ...]]  # a scope and the reasons of its hit
NOT_PUNISHING = 2
_CACHED = 2_000
_split = lru_cache(_CACHED)(split_elements)


@dataclass(frozen=True)
class WholeProvisions:
    """Reads provisions of the law as of ``date`` (ISO 8601)."""

    access: AccessFilter
    store: Store
    date: str

    def of(self, found: Iterable[Reasoned]) -> list[Provision]:
        """Return hits as provisions, in the same order."""
        chosen = list(found)
        documents = {shown.document_id for shown, _ in chosen}
        known = validities(self.store, documents)
        return [self._provision(shown, why, known.get(shown.document_id)) for shown, why in chosen]

    def _provision(self, shown: StoredFields, why: tuple[str, ...], validity: Validity | None) -> Provision:
        own = validity_of_unit(validity, shown.unit, shown.since) if validity else None
        return Provision(
            id=shown.scope_id,
            document_id=shown.document_id,
            collection=shown.collection,
            title=shown.title or shown.source,
            jurisdiction=shown.jurisdiction,
            unit=shown.unit,
            path=shown.path,
            language=shown.language,
            date=shown.date,
            page=shown.page,
            start=shown.start,
            end=shown.end,
            text=shown.text or self._document_text(shown.document_id)[shown.start : shown.end],
            valid_from=own.first_day if own else "",
            valid_to=own.end if own else "",
            in_force=own.on(self.date).value if own else "",
            why=why,
            pages=shown.pages,
            source=shown.source,
            text_of=own.day_of_text if own else "",
            heading=shown.heading,
        )

    def _document_text(self, document: str) -> str:
        if document not in self._texts:
            self._texts[document] = self.store.text(self.access, document)
        return self._texts[document]

    @cached_property
    def _texts(self) -> dict[str, str]:
        """Return the texts of documents that contain provisions, each read once."""
        return {}


_PINNED, _TITLED = f"{CITATION}:", f"{UNIT}:"


def named_provisions(request: ComparisonRequest, access: AccessFilter, engine: Engine, store: Store) -> list[Provision]:
    """Return the provisions named or cited in the request; raises ``indexing.no_such_provision``."""
    shown = by_ids(request.provisions, access, engine)
    for provision_id in request.provisions:
        if provision_id not in shown:
            raise RogatioError("indexing.no_such_provision", provision=provision_id[:80])
    chosen: list[Reasoned] = [(shown[provision_id], ()) for provision_id in request.provisions]
    cited = [provision for text in request.citations for provision in _cited(text, request, access, engine, store)]
    return [
        replace(provision, named=True)
        for provision in WholeProvisions(access, store, request.date).of([*chosen, *cited])
    ]


def _cited(text: str, request: ComparisonRequest, access: AccessFilter, engine: Engine, store: Store) -> list[Reasoned]:
    """Return the cited provision in each country to which the citation may belong.

    Raises ``indexing.no_such_provision``, and ``indexing.not_of_the_day`` if it is only available for other days.
    """
    search_request = SearchRequest(
        text, jurisdiction_filters(request) | {"document_type": ()}, limit=10, mode="words", as_words=RECOGNISED
    )
    result = retrieve(search_request, access, engine)
    cited_ids = _provisions_cited(result)
    hits = [hit for hit in result.hits if _is_cited(hit, cited_ids)]
    first = {hit.jurisdiction: hit for hit in reversed(hits)}
    held = by_ids(tuple(hit.scope_id for hit in first.values() if hit.unit), access, engine)
    if not held:
        raise _not_found(text, result.out_of_force_citations, request.date, store)
    return [(held[hit.scope_id], hit.why) for hit in first.values() if hit.scope_id in held]


def _not_found(text: str, out_of_force: Sequence[OutOfForceCitation], day: str, store: Store) -> RogatioError:
    """Return the error of a citation that is not available, or only for other days."""
    known = validities(store, {citation.document_id for citation in out_of_force})
    since = [citation.since for citation in nearest_expressions(out_of_force, day, known) if citation.since]
    if not since:
        return RogatioError("indexing.no_such_provision", provision=text[:80])
    return RogatioError("indexing.not_of_the_day", provision=text[:80], day=day, since=", ".join(since))


def _provisions_cited(result: SearchResult) -> frozenset[str]:
    """Return the ids of the provisions to which a citation may refer; none for a law as a whole."""
    readings = (reading.canonical for cited in result.citations for reading in cited.readings)
    return frozenset(canonical for canonical in readings if "#" in canonical)


def _is_cited(hit: Hit, cited_ids: frozenset[str]) -> bool:
    """Return whether a hit itself is cited, not only the law of a cited provision that is not in the collection."""
    if any(reason.startswith(_TITLED) for reason in hit.why):
        return True
    pinned = (reason.removeprefix(_PINNED) for reason in hit.why if reason.startswith(_PINNED))
    return any(canonical in cited_ids or not cited_ids for canonical in pinned)


def parts_of(provision: Provision) -> tuple[Part, ...]:
    """Return the parts of a provision, not weighed against those of others; ranges are of its own text."""
    return _split(provision.text, provision.unit, provision.language, provision.jurisdiction)


def elements_of(provision: Provision) -> frozenset[str]:
    """Return the elements that a provision states."""
    return frozenset(part.element for part in parts_of(provision)) - {"other", "repealed", "vetoed"}


def punishing(provision: Provision) -> int:
    """Return 0 for a provision with conduct and penalty, 1 for one with a penalty only.

    ``NOT_PUNISHING`` is one with conduct only, and a greater number one with neither.
    """
    elements = elements_of(provision)
    if "penalty" in elements and "conduct" in elements:
        return 0
    if elements & {"penalty", "aggravation", "mitigation", "attempt"}:
        return 1
    return NOT_PUNISHING if "conduct" in elements else NOT_PUNISHING + 1
