"""FRBR works: expressions of a law, in force since when, known since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.records.validity import InForce, Validity, is_day_of_text, is_status, today
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, ExpressionRow, WorkRow

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


_BESIDE = 8


@dataclass(frozen=True, slots=True)
class Work:
    """A law and its versions, the oldest first; those of which no day is known come last."""

    id: str
    canonical: str
    collection: str
    expressions: tuple[Expression, ...] = ()

    @property
    def newest(self) -> Expression | None:
        """Return the version that stands for the law: that of today, else the last of which a day is known."""
        dated = [one for one in self.expressions if one.validity.start]
        return self.version(today()) or next(reversed(dated or self.expressions), None)

    @property
    def title(self) -> str:
        return self.newest.title if self.newest else ""

    @property
    def last(self) -> Expression | None:
        """Return the version with whose end the law is in force no more, None where no such end is known."""
        dated = [one for one in self.expressions if one.validity.start]
        if not dated or not (end := dated[-1].validity.end):
            return None
        return dated[-1] if all(one.validity.on(end) is InForce.NO for one in self.expressions) else None

    def on(self, day: str) -> tuple[Expression, ...]:
        """Return the versions in force on ``day``; several where languages or parallel texts are held."""
        return tuple(one for one in self.expressions if one.validity.on(day) is InForce.YES)

    def version(self, day: str, language: str = "") -> Expression | None:
        """Return the version in force on ``day`` in ``language`` (any, where it is empty), None where there is none.

        Where none surely is, the first that perhaps was, as the consolidated text of a later day: its
        ``validity.on(day)`` says which.
        """
        spoken = [one for one in self.expressions if language in ("", one.language)]
        surely = (one for one in reversed(spoken) if one.validity.on(day) is InForce.YES)
        perhaps = (one for one in spoken if one.validity.on(day) is InForce.UNKNOWN)
        return next(surely, None) or next(perhaps, None)


def work(store: Store, access: AccessFilter, named: str, known: datetime | None = None) -> Work:
    """Return the work of an id or canonical id, as it is known or was known at a moment.

    ``indexing.no_such_work`` where there is none that may be seen; of one that several collections hold, the first.
    """
    wanted = _visible(access).where((WorkRow.id == named) | (WorkRow.canonical == named), WorkRow.id != "")
    with Session(store.database) as session:
        row = session.scalar(wanted.order_by(WorkRow.collection).limit(1)) if named else None
        if row is None:
            raise RogatioError("indexing.no_such_work", work=named[:120])
        return _with_versions(session, [row], known)[0]


def works_of(store: Store, access: AccessFilter, documents: Collection[str]) -> Mapping[str, Work]:
    """Return the work that each of ``documents`` is a version of, as it is known now."""
    held = select(ExpressionRow.document, ExpressionRow.work).where(
        ExpressionRow.document.in_(documents), ExpressionRow.known_to.is_(None)
    )
    with Session(store.database) as session:
        of = dict(session.execute(held).tuples().all())
        rows = session.scalars(_visible(access).where(WorkRow.id.in_(set(of.values()))))
        made = {one.id: one for one in _with_versions(session, list(rows))}
    return {document: made[work_id] for document, work_id in of.items() if work_id in made}


def versions_beside(store: Store, document: str) -> tuple[tuple[str, str], ...]:
    """Return (SHA-256, document) of other versions of the law of ``document``, those just before it first."""
    with Session(store.database) as session:
        mine = select(ExpressionRow.work).where(ExpressionRow.document == document)
        rows = [row for versions in rows_of(session, mine).values() for row in versions]
    own = next((row.start for row, held in rows if held.id == document), "")
    before = sorted((one for one in rows if one[0].start < own), key=lambda one: one[0].start, reverse=True)
    after = sorted((one for one in rows if one[0].start >= own), key=lambda one: one[0].start)
    others = [(held.sha256, held.id) for _, held in (*before, *after) if held.id != document]
    return tuple(others[:_BESIDE])


def validities(store: Store, documents: Collection[str]) -> Mapping[str, Validity]:
    """Return when each of ``documents`` is in force, its neighbours considered; nothing for what is no law."""
    with Session(store.database) as session:
        return known_validities(session, documents)


def days_of_texts(store: Store, documents: Collection[str]) -> Mapping[str, str]:
    """Return the day whose text a document has, where that is all that its file says of when it is in force."""
    query = select(ExpressionRow.document, ExpressionRow.start, ExpressionRow.basis).where(
        ExpressionRow.document.in_(documents),
        ExpressionRow.known_to.is_(None),
        ExpressionRow.source == "file",
        ExpressionRow.start != "",
    )
    with Session(store.database) as session:
        return {document: start for document, start, basis in session.execute(query).tuples() if is_day_of_text(basis)}


def known_validities(session: Session, documents: Collection[str]) -> Mapping[str, Validity]:
    """Return what ``validities`` does, within a transaction."""
    mine = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
    rows = rows_of(session, select(WorkRow.id).where(WorkRow.id.in_(mine)))
    known = {one.document: one.validity for versions in rows.values() for one in timeline(versions)}
    return {document: known[document] for document in documents if document in known}


def _with_versions(session: Session, works: list[WorkRow], known: datetime | None = None) -> list[Work]:
    rows = rows_of(session, select(WorkRow.id).where(WorkRow.id.in_([one.id for one in works])), known)
    return [Work(one.id, one.canonical, one.collection, timeline(rows.get(one.id, ()))) for one in works]


def rows_of(session: Session, works: Select[tuple[str]], known: datetime | None = None) -> dict[str, list[Row]]:
    """Return what is known of the versions of ``works``, or was known at a moment, by work."""
    wanted = select(ExpressionRow, DocumentRow).join(DocumentRow, DocumentRow.id == ExpressionRow.document)
    wanted = wanted.where(ExpressionRow.work.in_(works))
    if known is None:
        wanted = wanted.where(ExpressionRow.known_to.is_(None))
    else:
        later = ExpressionRow.known_to.is_(None) | (ExpressionRow.known_to > known)
        wanted = wanted.where(ExpressionRow.known_from <= known, later)
    by_work: dict[str, list[Row]] = defaultdict(list)
    for row, document in session.execute(wanted).tuples():
        by_work[row.work].append((row, document))
    return by_work


def _visible(access: AccessFilter) -> Select[tuple[WorkRow]]:
    return select(WorkRow).where(WorkRow.collection.in_(access.whole))
