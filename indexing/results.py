"""A search request and what comes back, as plain data that can be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.annotations import Reading

FACETS = (
    "jurisdiction",
    "language",
    "document_type",
    "year",
    "authority",
    "offence",
    "institution",
    "treaty",
)


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``filters`` are OR within a field and AND between fields; ``limit`` is per group where ``group_by`` is set.

    ``language`` is that of the query, empty to detect it; ``sort`` is ``relevance``, ``newest``, ``oldest`` or
    ``title``; ``after`` is the cursor that an earlier result gave, for paging of any depth.
    """

    query: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = ""
    limit: int = 10
    after: str = ""
    sort: str = "relevance"
    group_by: str = ""
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A cited place: ``start`` and ``end`` of the passage in the document's text, ``page`` from 1.

    ``snippet`` is text of the passage, ``snippet_start`` its offset in the document, ``marks`` ranges of the
    document's text to highlight. ``why`` are codes of reasons with their fact (``lemma:blanqueo``).
    """

    document_id: str
    source: str
    title: str
    jurisdiction: str
    document_type: str
    date: str
    collection: str
    unit: str
    path: tuple[str, ...]
    language: str
    score: float
    page: int
    start: int
    end: int
    snippet: str
    snippet_start: int
    marks: tuple[tuple[int, int], ...] = ()
    why: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class CitationAsked:
    """A citation or identifier in the query: all its readings, and which of them are held."""

    text: str
    readings: tuple[Reading, ...]
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` counts scopes: provisions of legislation and documents of every other type.

    ``understood`` says what the query was read as (one printable clause each); ``nearest`` offers, where nothing
    was found, a query that finds something.
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    citations: tuple[CitationAsked, ...] = ()
    understood: tuple[str, ...] = ()
    after: str = ""
    nearest: str = ""
