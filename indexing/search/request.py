"""Search request and result, as plain data."""

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
    "concept",
    "offence",
    "institution",
    "treaty",
)
GROUPS = ("document", *FACETS)
MODES = ("both", "words", "meaning")
COUNTRY, IN_FORCE, PERSON = "jurisdiction", "in_force", "person"
RECOGNISED = (COUNTRY, IN_FORCE, PERSON)  # what the words of a query may be read as
MEANING = "meaning"  # the reason of a hit that has none of the words


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``filters`` are OR within a field and AND between fields; ``limit`` is per group where ``group_by`` is set.

    ``language`` is that of the query, empty to detect it; ``sort`` is ``relevance``, ``newest``, ``oldest`` or
    ``title``; ``after`` is the cursor that an earlier result gave, for paging of any depth. ``mode`` is ``words``,
    ``meaning`` or ``both``; without an encoder, and for what is no question of meaning, ``both`` is by words alone.
    ``among`` asks only these documents, as an alert does: by words, with nothing to fill a page by. ``as_words`` are
    those of ``RECOGNISED`` that the words of the query are not read as.
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
    """Which version of a law a hit stands in, and how many others of it are held.

    ``valid_from`` and ``valid_to`` (the first day no longer) are empty where they are not known, the second also where
    no end is in sight. ``in_force`` is ``yes``, ``no`` or ``unknown``, on the day that the search is about. ``older``
    and ``later`` count versions in the same language with a known first day, ``others`` all.
    """

    work: str
    valid_from: str
    valid_to: str
    in_force: str
    older: int = 0
    later: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A cited place: ``start`` and ``end`` of the passage in the document's text, ``page`` from 1.

    ``snippet`` is text of the passage, ``snippet_start`` its offset in the document, ``marks`` ranges of the
    document's text to highlight. ``why`` are codes of reasons with their fact (``lemma:blanqueo``).
    ``origin`` is ``words``, ``meaning`` or ``both``, or ``names`` where no word of the question finds it and what its
    law calls the thing does; a hit of ``meaning`` alone shows the passage that is closest, with nothing marked.
    ``scope_id`` is the provision or document that the passage is of.
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


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many scopes of the list have a value: ``count`` by words, ``beside`` by other names or by meaning alone."""

    value: str
    count: int
    beside: int = 0


@dataclass(frozen=True, slots=True)
class QueryCitation:
    """A citation or identifier in the query: all its readings, and which of them are held."""

    text: str
    readings: tuple[Reading, ...]
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfForceCitation:
    """A version held of what is cited, which was not surely in force on ``day``; ``text`` is the citation as asked.

    ``start`` and ``page`` are where the provision begins, ``since`` the first day that the version is known to be, or
    may be, in force and ``until`` the first day no longer, both ISO 8601 and empty where not known. ``in_force`` on the
    day is ``no`` or ``unknown``.
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
    """A word that means different things in different laws: ``note`` says so in four languages.

    ``left_out`` counts hits that are about the other thing alone, ``readings`` are the concepts that it may mean.
    """

    term: str
    note: Mapping[str, str]
    left_out: int = 0
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """``text`` of a query that was read as ``values`` of a ``field``: ``jurisdiction``, ``in_force`` or ``person``.

    It is not ``applied`` where nothing was found with it, and its words were searched instead.
    """

    field: str
    values: tuple[str, ...]
    text: str
    applied: bool = True


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``total`` counts scopes: provisions of legislation and documents of every other type.

    By words: what only meaning brings (``by_meaning``), or only a name that its law has for what is asked
    (``by_names``), is counted apart, in ``facets`` too; in the mode ``meaning`` all is by meaning and counted so.

    ``understood`` says what the query was read as (one printable clause each); ``nearest`` offers, where neither words
    nor a name of it was found, a query that finds something. ``not_in_force`` counts what was left out since it is in a
    version that is not in force today, ``perhaps_in_force`` what was left out since nobody knows whether it was on the
    day asked for, ``not_in_force_then`` what versions of other days have where nothing is found on that day;
    ``cited_elsewhen`` are versions of what is cited, where none of the day is held. ``recognised`` is what words of the
    query were read as instead of being searched.
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
    cited_elsewhen: tuple[OutOfForceCitation, ...] = ()
    recognised: tuple[Recognised, ...] = ()

    @property
    def listed(self) -> int:
        """How many results there are in all: by words, under other names and by meaning."""
        return self.total if self.request.mode == "meaning" else self.total + self.by_names + self.by_meaning
