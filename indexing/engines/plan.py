"""Engine-neutral query plan: clauses over token fields, filters, sort order.

Clauses are plain data; each engine has a ``compiler`` for them. A *scope* is a retrieval unit: a provision of
legislation, or a whole document of any other type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from indexing.access import AccessFilter, PartialAccess

EXACT, PLAIN, LEMMA, CONTEXT = "exact", "plain", "lemma", "context"
_PINNED = 1000.0  # far above any BM25 score, and small enough to keep the precision of a 32-bit float


@dataclass(frozen=True, slots=True)
class Term:
    """One token of a field: ``exact`` (accents kept), ``plain`` (accents folded), ``lemma``, or ``context``.

    ``context`` has the lemmas of a scope's title and headings.
    """

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Forms of one word; the score is that of the best matching form."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive tokens; each position in ``places`` lists its alternatives."""

    field: str
    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Proximity:
    """Tokens in any order with at most ``gap`` other tokens between them in total."""

    field: str
    places: tuple[tuple[str, ...], ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern of one token: ``*`` matches any letters, ``?`` one letter."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A token within an edit distance of ``distance``."""

    field: str
    value: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Keyword:
    """One of ``values`` in a field that is not analysed (see ``KEYWORDS``), with a constant ``score``."""

    field: str
    values: tuple[str, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from ``first`` to ``last`` (YYYYMMDD, both inclusive) in the field ``date`` or one of ``DAYS``.

    A scope without a value in one of ``DAYS`` is in none of its ranges.
    """

    first: int
    last: int
    field: str = "date"


@dataclass(frozen=True, slots=True)
class Must:
    """Conjunction of ``clauses``; scores are added."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Should:
    """At least ``minimum`` of ``clauses``; the scores of matching ones are added."""

    clauses: tuple[Clause, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class MustNot:
    """Negation of ``clause``."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class ConstantScore:
    """Matches of ``clause``, all with the same ``score``; a large one ranks them first."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class Everything:
    """All scopes, with equal scores."""


Word: TypeAlias = Term | Alternatives | Phrase | Proximity | Wildcard | Fuzzy
Clause: TypeAlias = Word | Keyword | DateRange | Must | Should | MustNot | ConstantScore | Everything

SCHEMA_VERSION = 6
"""Version of the fields of an index; to be increased with every change. An index of another version is built again."""

# Period of validity of an expression (``indexing.records.validity``); ends are exclusive.
DAYS = ("valid_from", "valid_to", "possible_from", "possible_to")

KEYWORDS = (
    "document_id",
    "scope_id",
    "collection",
    "case_file",
    "unit",
    "identity",
    "cites",
    "jurisdiction",
    "language",
    "document_type",
    "year",
    "authority",
    "concept",
    "offence",
    "institution",
    "treaty",
    "validity",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A query to one partition; nothing outside the access filter is found or counted.

    ``collections`` and ``limits`` are the access filter (see ``readable_partitions``).

    ``pinned`` are canonical ids whose scopes rank first, in this order. ``filters`` (field, clause) are separate from
    ``match`` so that a facet can be counted without its own filter. ``after`` is the cursor of the last hit shown.
    """

    partition: str
    collections: tuple[str, ...]
    match: Clause
    filters: tuple[tuple[str, Clause], ...] = ()
    pinned: tuple[str, ...] = ()
    sort: str = "relevance"
    limit: int = 10
    after: str = ""
    facets: tuple[str, ...] = ()
    limits: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadablePartition:
    """The readable part of a partition: ``collections``, and ``limits`` for those readable only in part."""

    partition: str
    collections: tuple[str, ...]
    limits: tuple[Clause, ...]


def readable_partitions(access: AccessFilter) -> tuple[ReadablePartition, ...]:
    """Return the access filter in the form used by plans, without partitions that have no readable collection."""
    return tuple(
        ReadablePartition(
            partition, tuple(sorted(ids)), tuple(_limit(part) for part in access.partial if part.collection in ids)
        )
        for partition, ids in access.readable
        if ids
    )


def _limit(part: PartialAccess) -> Clause:
    """Return the condition that a scope is in another collection or in the readable part of this one."""
    elsewhere = MustNot(Keyword("collection", (part.collection,)))
    named = (
        Keyword(field, tuple(sorted(values)))
        for field, values in (("case_file", part.case_files), ("document_id", part.documents))
        if values
    )
    others = (MustNot(Keyword("case_file", tuple(sorted(part.hidden)))),) if part.hidden else ()
    return Should((elsewhere, *named, *others))


def conditions(plan: Plan, leaving_out: str = "") -> tuple[Clause, tuple[Clause, ...]]:
    """Return the clause that ranks scopes, and the filters they must satisfy except those on field ``leaving_out``.

    Pinned scopes are found even if they do not match, but never against a filter or the access filter.
    """
    match = plan.match
    if plan.pinned:
        ranks = range(len(plan.pinned), 0, -1)
        pins = (
            ConstantScore(Keyword("identity", (canonical,)), _PINNED * rank)
            for canonical, rank in zip(plan.pinned, ranks, strict=True)
        )
        match = Should((*pins, match))
    filters = tuple(clause for name, clause in plan.filters if name != leaving_out)
    return match, (*filters, Keyword("collection", plan.collections), *plan.limits)
