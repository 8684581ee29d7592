"""Records that are written to an engine: retrieval units and passages.

For legislation a scope is a provision, for everything else a whole document. A provision that is not cut is one
record of both kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexing.records.validity import Validity


class RecordKind(StrEnum):
    """Whether a record is searched within, shown, or both."""

    SCOPE = "scope"
    PASSAGE = "passage"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What every record of a document carries for filters, facets, sorting and display.

    ``validity`` says when a version of a law is in force; None for all that is no legislation.
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
    """One scope or passage, with ready tokens.

    ``start`` and ``end`` are offsets in the document's text. ``exact`` and ``lemmas`` are tokens of equal length
    and position (``indexing.analysis.tokens``). ``identity`` are canonical ids that the record *is* (a law's number, an
    article of it), ``cites`` those that it mentions. ``entities`` are (label, value) pairs. ``text`` is the
    document's text from ``start`` to ``end``, empty for a scope that passages show. ``pages`` are (offset, number)
    of the pages that begin within it. ``context`` are lemmas of what stands above a scope: the document's title and
    the headings over a provision. ``vectors`` are those of a scope's passages in their order, each little-endian
    float16 or empty, as the encoder of version ``encoder`` made them; both are empty where there is no encoder.
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
