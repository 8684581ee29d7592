"""Versions of a law in the order in which they came into force.

Two clocks: valid time (a version is in force from one day to another) and known time (from when to when the
collection knew it so). A version is a document; where the next one begins, the one before it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexing.store.schema import DocumentRow, ExpressionRow
from indexing.works.validity import Validity

Row = tuple[ExpressionRow, DocumentRow]


@dataclass(frozen=True, slots=True)
class Expression:
    """A version of a work, as the collection knew it from ``known_from`` to ``known_to`` (None: still).

    ``source`` says who gives its days (``file``, ``git_history``), ``basis`` on what: a field of the file, a commit.
    """

    work: str
    document: str
    validity: Validity
    source: str
    basis: str
    title: str
    language: str
    known_from: datetime
    known_to: datetime | None = None


def timeline(rows: Iterable[Row]) -> tuple[Expression, ...]:
    """Return versions in the order in which they came into force, each ended by the next in its language."""
    said = [_expression(row, document) for row, document in rows]
    starts: dict[str, list[str]] = defaultdict(list)
    for one in said:
        if one.validity.start:
            starts[one.language].append(one.validity.start)
    placed = (replace(one, validity=_among(one.validity, starts[one.language])) for one in said)
    return tuple(sorted(placed, key=lambda one: (not one.validity.start, one.validity.start, one.document)))


def _among(own: Validity, starts: Iterable[str]) -> Validity:
    """Return the validity of a version beside others that begin at ``starts``."""
    if not own.start:
        return own
    following = min((start for start in starts if start > own.start), default="")
    ends = [day for day in (own.end, following) if day]
    latest = [day for day in (own.latest, following) if day]
    is_first = all(start >= own.start for start in starts)
    return Validity(
        own.start,
        min(ends, default=""),
        own.earliest if is_first else own.start,
        min(latest, default=""),
    )


def _expression(row: ExpressionRow, document: DocumentRow) -> Expression:
    """Return what a row says; a law said to be no longer in force ended at the latest when that was learned."""
    learned = _utc(row.known_from)
    latest = row.latest or (learned.date().isoformat() if row.ended else "")
    return Expression(
        work=row.work,
        document=row.document,
        validity=Validity(row.start, row.end, row.earliest, latest),
        source=row.source,
        basis=row.basis,
        title=document.title,
        language=document.language,
        known_from=learned,
        known_to=_utc(row.known_to) if row.known_to else None,
    )


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
