"""Versions of a law in the order in which they came into force.

Two clocks: valid time (a version is in force from one day to another) and known time (from when to when the
collection knew it so). A version is a document; where the next one begins, the one before it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from indexing.store.schema import DocumentRow, ExpressionRow
from indexing.works.validity import Validity, is_status

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
    """Return versions in the order in which they came into force, each ended by the next in its language.

    A text that says of the law that it is no longer in force ends them all, in every language.
    """
    said = [_expression(row, document) for row, document in rows]
    repealed = [one.validity.latest for one in said if not one.validity.start and is_status(one.basis)]
    spoken: dict[str, list[Validity]] = defaultdict(list)
    for one in said:
        if one.validity.start:
            spoken[one.language].append(one.validity)
    placed = (replace(one, validity=_among(one.validity, spoken[one.language], repealed)) for one in said)
    return tuple(sorted(placed, key=lambda one: (not one.validity.start, one.validity.start, one.document)))


def _among(own: Validity, others: Collection[Validity], repealed: Collection[str]) -> Validity:
    """Return the validity of a version beside ``others`` in its language; its law ends on a day of ``repealed``.

    Of files that hold the same version, any one may be that which says when it ended.
    """
    if not own.start:
        return own
    following = min((day for day in (*(one.start for one in others), *repealed) if day > own.start), default="")
    same = [own, *(one for one in others if one.start == own.start < one.end)]
    is_first = all(one.start >= own.start for one in others)
    return Validity(
        own.start,
        min((day for day in (*(one.end for one in same), following) if day), default=""),
        own.earliest if is_first else own.start,
        min((day for day in (*(one.latest for one in same), following) if day), default=""),
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
