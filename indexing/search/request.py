"""Search request and result, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.annotations import Reading

TAG = "tag"
IDENTIFIER = "id:"
"""Start of the canonical ids of identifiers."""
INDEXED_FACETS = (
    "jurisdiction",
    "language",
    "document_type",
    "year",
    "authority",
    "concept",
    "offence",
    "institution",
    "treaty",
    "collection",
    "case_file",
)
FACETS = (*INDEXED_FACETS, TAG)  # tags are not in the index (``indexing.search.tags``)
GROUPS = ("document", *INDEXED_FACETS)
MODES = ("both", "words", "meaning")
COUNTRY, IN_FORCE, PERSON = "jurisdiction", "in_force", "person"
ABBREVIATION = "abbreviation"
RECOGNISED = (COUNTRY, IN_FORCE, PERSON)  # possible interpretations of the words of a query as filters or a name
CONCEPT, CITATION = "concept", "citation"
INTERPRETED = (*RECOGNISED, ABBREVIATION, CONCEPT, CITATION)  # all interpretations that can be declined
MEANING, UNIT = "meaning", "unit"  # reasons of a hit: found by meaning alone; its number and the title of its law


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search; ``filters`` are OR within a field and AND between fields; ``limit`` is per group with ``group_by``.

    ``language`` is that of the query, empty if unknown. ``sort`` is ``relevance``, ``newest``, ``oldest`` or ``title``.
    ``after`` is the cursor of an earlier result. ``mode`` is ``words``, ``meaning`` or ``both``; without an encoder, or
    for a query without meaning (a citation), ``both`` is lexical only. ``among`` restricts to these documents, without
    relaxation (for alerts). ``as_words`` are interpretations of ``INTERPRETED`` that are not applied.
    """

    query: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    language: str = ""
    limit: int = 10
    after: str = ""
    sort: str = "relevance"
    group_by: str = ""
    facets: tuple[str, ...] = ()
    mode: str = "both"
    among: tuple[str, ...] = ()
    as_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HitExpression:
    """The expression of a law that contains a hit, and the number of others in the collection.

    ``valid_from`` and ``valid_to`` (exclusive) are ISO 8601, empty if unknown, ``valid_to`` also if open; where an
    editor prints several wordings of the provision, they are those of the wording. ``in_force``
    is ``yes``, ``no`` or ``unknown`` on the date of the search. ``older`` and ``later`` count expressions in the same
    language with a known start, ``others`` all. ``text_of`` is the date of the text if no source states its first day
    in force; ``valid_from`` is then empty.
    """

    work: str
    valid_from: str
    valid_to: str
    in_force: str
    older: int = 0
    later: int = 0
    others: int = 0
    text_of: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: ``start`` and ``end`` are offsets in the document's text, ``page`` counts from 1.

    ``snippet`` is text of the passage and ``snippet_start`` its offset in the document; ``marks`` are ranges of the
    document's text to highlight. ``why`` are codes of reasons with a value (``lemma:blanqueo``). ``origin`` is
    ``words``, ``meaning``, ``both``, or ``names`` if only national labels of the concept matched; a hit of ``meaning``
    has its closest passage and no marks. ``scope_id`` is the retrieval unit of the passage. ``since`` is the first day
    of a present wording beside which former ones are printed. ``removed`` is ``repealed`` or ``vetoed`` for a provision
    of which only the statement of its repeal or veto is left.
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
    origin: str = "words"
    version: HitExpression | None = None
    scope_id: str = ""
    since: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """Number of listed scopes with a value: ``count`` by words, ``beside`` by labels or meaning alone.

    ``at_least`` tells that a narrower search can list more, since only the best hits by labels and meaning are listed.
    """

    value: str
    count: int
    beside: int = 0
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class QueryCitation:
    """A citation or identifier in the query with all its readings; ``held`` are ids in the collection.

    ``absent_states`` are those of the language of the citation whose code is not in the collection.
    """

    text: str
    readings: tuple[Reading, ...]
    held: tuple[str, ...] = ()
    absent_states: tuple[str, ...] = ()

    @property
    def is_identifier(self) -> bool:
        """Whether it is a number of a person, an account or the like, which no document is, but documents have."""
        return all(reading.canonical.startswith(IDENTIFIER) for reading in self.readings)

    @property
    def is_only_its_law(self) -> bool:
        """Whether the collection has a law that is cited, but not the provision of it."""
        return bool(self.held) and not any(reading.canonical in self.held for reading in self.readings)

    @property
    def of_held_laws(self) -> tuple[Reading, ...]:
        """The readings whose law is in the collection, but not its provision."""
        missing = (reading for reading in self.readings if reading.canonical not in self.held)
        return tuple(reading for reading in missing if reading.canonical.partition("#")[0] in self.held)


@dataclass(frozen=True, slots=True)
class OutOfForceCitation:
    """An available expression of a cited provision that was not certainly in force on ``day``.

    ``text`` is the citation as typed; ``start`` and ``page`` are the position of the provision. ``since`` is the first
    day on which the wording is, or may be, in force, ``until`` the first day after; both ISO 8601, empty if unknown.
    ``in_force`` on the day is ``no`` or ``unknown``.
    """

    text: str
    document_id: str
    title: str
    jurisdiction: str
    language: str
    unit: str
    page: int
    start: int
    day: str = ""
    since: str = ""
    until: str = ""
    in_force: str = "unknown"


@dataclass(frozen=True, slots=True)
class FalseFriendNotice:
    """A word with different meanings in different laws; ``note`` explains it in four languages.

    ``left_out`` counts excluded hits about another meaning, ``readings`` are the concepts it may denote.
    """

    term: str
    note: Mapping[str, str]
    left_out: int = 0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """``text`` of a query interpreted as ``values`` of a ``field``: ``jurisdiction``, ``in_force`` or ``person``.

    The ``values`` of an ``abbreviation`` are what it stands for. It is not ``applied`` if nothing was found with it;
    its words were searched instead. If it is ``excluded``, results with these values are left out.
    """

    field: str
    values: tuple[str, ...]
    text: str
    applied: bool = True
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Result of a search; ``total`` counts lexical hits, as retrieval units.

    Hits by meaning alone (``by_meaning``) or by national labels alone (``by_names``) are counted separately, also in
    ``facets``; in the mode ``meaning`` all hits count in ``total``. ``understood`` are codes of the interpretation;
    ``nearest`` suggests a query if nothing was found, or corrects one of which no hit has all words. ``not_in_force``
    counts hits excluded because their expression is not in force today, ``perhaps_in_force`` those of unknown validity
    on the requested day, ``not_in_force_then`` those of other dates if nothing was found. ``out_of_force_citations``
    are expressions of cited provisions if none is in force on the day. ``recognised`` are parts of the query
    interpreted as filters or a name. ``words_only`` is the number of readable documents that can be found by words
    only, since their vectors are still to come. ``concepts`` are the ids of those that the bare words were read as, the
    most certain first. ``absent`` is the concept that the bare words name if no scope within the filters is about it or
    a narrower one, else empty: the hits have its words or are near in meaning. ``states_without_law`` are those that a
    query for a concept names and of which the collection has no law. ``in_force`` are the days, months or years of
    which law was searched, or ``today``, ``any``, ``unknown``.
    """

    request: SearchRequest
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    citations: tuple[QueryCitation, ...] = ()
    understood: tuple[str, ...] = ()
    after: str = ""
    nearest: str = ""
    not_in_force: int = 0
    not_in_force_then: int = 0
    perhaps_in_force: int = 0
    by_meaning: int = 0
    by_names: int = 0
    false_friends: tuple[FalseFriendNotice, ...] = ()
    out_of_force_citations: tuple[OutOfForceCitation, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    words_only: int = 0
    concepts: tuple[str, ...] = ()
    absent: str = ""
    states_without_law: tuple[str, ...] = ()
    in_force: tuple[str, ...] = ("today",)

    @property
    def listed(self) -> int:
        """The total number of hits by words, labels and meaning."""
        return self.total if self.request.mode == "meaning" else self.total + self.by_names + self.by_meaning
