"""Engine-neutral query plan: clauses over token fields, filters, sort order.

Every clause is plain data; each engine compiles it (``embedded_compile``, ``elastic_compile``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from indexing.access import AccessFilter, PartialAccess

EXACT, PLAIN, LEMMA, CONTEXT = "exact", "plain", "lemma", "context"


@dataclass(frozen=True, slots=True)
class Term:
    """One token of a field: ``exact`` (accents kept), ``plain`` (accents folded), ``lemma``, or ``context``.

    ``context`` holds lemmas of what stands above a scope: title and headings.
    """

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Forms of one word: a document scores by the form of it that scores best."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens in a row; each place lists the values that may stand there."""

    field: str
    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Proximity:
    """Tokens in any order with at most ``gap`` other tokens between them all."""

    field: str
    places: tuple[tuple[str, ...], ...]
    gap: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern of one token: ``*`` for any letters, ``?`` for one."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A token at most ``distance`` edits away."""

    field: str
    value: str
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Keyword:
    """One of ``values`` in a field that is not analysed (see ``KEYWORDS``); adds ``score``."""

    field: str
    values: tuple[str, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from ``first`` to ``last``, both as YYYYMMDD and both included, in the field ``date`` or one of ``DAYS``.

    What has no date in one of ``DAYS`` is in no range of it.
    """

    first: int
    last: int
    field: str = "date"


@dataclass(frozen=True, slots=True)
class Must:
    """Every one of ``clauses``; each adds to the score."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Should:
    """At least ``minimum`` of ``clauses``; each that holds adds to the score."""

    clauses: tuple[Clause, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class MustNot:
    """What ``clause`` does not find."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class ConstantScore:
    """What ``clause`` finds, each with the same ``score``: enough of it puts this before all else."""

    clause: Clause
    score: float


@dataclass(frozen=True, slots=True)
class Everything:
    """Every scope, all with one score."""


Word: TypeAlias = Term | Alternatives | Phrase | Proximity | Wildcard | Fuzzy
Clause: TypeAlias = Word | Keyword | DateRange | Must | Should | MustNot | ConstantScore | Everything

# When a version of a law is in force (``indexing.records.validity``): each end is the first day that no longer counts.
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

    ``pinned`` are canonical ids whose scopes come first, in their order; ``filters`` are kept apart from
    ``match`` so that a facet can leave out its own. ``after`` is the cursor of the last hit that was shown.
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
    """What may be seen of a partition: ``collections``, and ``limits`` for those of which only a part is seen."""

    partition: str
    collections: tuple[str, ...]
    limits: tuple[Clause, ...]


def readable_partitions(access: AccessFilter) -> tuple[ReadablePartition, ...]:
    """Return the access filter in the form of plans; a partition without a readable collection is never asked."""
    return tuple(
        ReadablePartition(
            partition, tuple(sorted(ids)), tuple(_limit(one) for one in access.partial if one.collection in ids)
        )
        for partition, ids in access.readable
        if ids
    )


def _limit(part: PartialAccess) -> Clause:
    """Return the condition that a scope lies in another collection or in the part of this one that may be seen."""
    elsewhere = MustNot(Keyword("collection", (part.collection,)))
    named = (
        Keyword(field, tuple(sorted(values)))
        for field, values in (("case_file", part.case_files), ("document_id", part.documents))
        if values
    )
    others = (MustNot(Keyword("case_file", tuple(sorted(part.hidden)))),) if part.hidden else ()
    return Should((elsewhere, *named, *others))
