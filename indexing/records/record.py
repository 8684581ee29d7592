"""Records written to an engine: retrieval units ("scopes") and passages.

A retrieval unit is a provision of legislation, or a whole document of any other type. A unit short enough to be a
single passage is one record of both kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexing.records.validity import Validity


class RecordKind(StrEnum):
    """Retrieval unit, passage, or both in one record."""

    SCOPE = "scope"
    PASSAGE = "passage"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """Metadata of a document on each of its records, for filters, facets, sorting and display.

    ``validity`` is the period of validity of an expression of a law; None for other documents.
    """

    document_id: str
    collection: str
    partition: str
    source: str
    title: str
    document_type: str
    jurisdiction: str
    date: str
    language: str
    case_file: str = ""
    authority: str = ""
    validity: Validity | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One retrieval unit or passage with its tokens.

    ``start`` and ``end`` are offsets in the document's text. ``exact`` and ``lemmas`` are parallel sequences of tokens
    (``indexing.analysis.tokens``). ``identity`` are the canonical ids of the record itself (number of a law, article),
    ``cites`` those it cites. ``entities`` are (label, value) pairs. ``text`` is the document's text from ``start`` to
    ``end``, empty for a unit divided into passages. ``pages`` are (offset, number) of the pages that begin within it.
    ``context`` are the lemmas of title and headings of a unit. ``vectors`` are those of a unit's passages in order,
    each little-endian float16 or empty, made by the encoder of version ``encoder``; both are empty without encoder.
    ``since`` is the first day (ISO 8601) of the present wording of a provision with former ones printed beside it.
    ``heading`` is the own rubric of a provision.
    """

    id: str
    scope_id: str
    kind: RecordKind
    ordinal: int
    facts: DocumentFacts
    start: int
    end: int
    page: int
    unit: str
    path: tuple[str, ...]
    language: str
    exact: tuple[str, ...]
    lemmas: tuple[str, ...]
    identity: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    text: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    context: tuple[str, ...] = ()
    vectors: tuple[bytes, ...] = ()
    encoder: str = ""
    since: str = ""
    heading: str = ""
