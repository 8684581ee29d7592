"""Laws as works with versions: when each version is in force, and since when that is known.

Two clocks: valid time (a version is in force from one day to another) and known time (from when to when the
collection knew it so). A version is a document; where the next one begins, the one before it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, ExpressionRow, WorkRow
from indexing.store.work_marks import unmark
from indexing.store.writing import writing
from indexing.works.validity import InForce, Validity

_BESIDE = 8


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


@dataclass(frozen=True, slots=True)
class Work:
    """A law and its versions, the oldest first; those of which no day is known come last."""

    id: str
    canonical: str
    collection: str
    expressions: tuple[Expression, ...] = ()

    @property
    def title(self) -> str:
        return self.expressions[-1].title if self.expressions else ""

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


def works_with_versions(store: Store, access: AccessFilter, *, after: str = "", limit: int = 100) -> tuple[Work, ...]:
    """Return works of which more than one version is held, by id, at most ``limit``, beginning behind ``after``."""
    current = select(ExpressionRow.work).where(ExpressionRow.known_to.is_(None))
    several = current.group_by(ExpressionRow.work).having(func.count(ExpressionRow.document.distinct()) > 1)
    wanted = _visible(access).where(WorkRow.id.in_(several), WorkRow.id > after).order_by(WorkRow.id).limit(limit)
    with Session(store.database) as session:
        return tuple(_with_versions(session, list(session.scalars(wanted))))


def versions_beside(store: Store, document: str) -> tuple[tuple[str, str], ...]:
    """Return (SHA-256, document) of other versions of the law of ``document``, those just before it first."""
    with Session(store.database) as session:
        mine = select(ExpressionRow.work).where(ExpressionRow.document == document)
        rows = [row for versions in _rows(session, mine).values() for row in versions]
    own = next((row.start for row, held in rows if held.id == document), "")
    before = sorted((one for one in rows if one[0].start < own), key=lambda one: one[0].start, reverse=True)
    after = sorted((one for one in rows if one[0].start >= own), key=lambda one: one[0].start)
    others = [(held.sha256, held.id) for _, held in (*before, *after) if held.id != document]
    return tuple(others[:_BESIDE])


def validities(store: Store, documents: Collection[str]) -> Mapping[str, Validity]:
    """Return when each of ``documents`` is in force, its neighbours considered; nothing for what is no law."""
    with Session(store.database) as session:
        mine = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
        rows = _rows(session, select(WorkRow.id).where(WorkRow.id.in_(mine)))
    known = {one.document: one.validity for versions in rows.values() for one in timeline(versions)}
    return {document: known[document] for document in documents if document in known}


def outdated(store: Store, collections: Collection[str]) -> list[str]:
    """Return the documents whose records give another validity than is now known of them.

    So it is with a version that was in force until another one came in, or until the next one was deleted. Only marked
    works are asked; those of which all is well lose their marks.
    """
    marked = select(WorkRow.id).where(WorkRow.changed.is_not(None), WorkRow.collection.in_(collections))
    with writing(store) as session:
        seen = session.execute(marked.add_columns(WorkRow.changed)).tuples().all()
        late = {work: _late(versions) for work, versions in _rows(session, marked).items()}
        unmark(session, [(work, changed) for work, changed in seen if changed and not late.get(work)])
    return [document for documents in late.values() for document in documents]


def renewals(store: Store, collections: Collection[str]) -> Iterator[list[str]]:
    """Yield documents to be written anew, until no others are outdated; each list is written when the next is asked."""
    asked: set[str] = set()
    while late := [document for document in outdated(store, collections) if document not in asked]:
        asked.update(late)
        yield late


def _late(versions: list[_Row]) -> list[str]:
    """Return the versions of a work whose records were written, with another validity than is known."""
    written = {document.id: document.validity for _, document in versions}
    known = {one.document: as_written(one.validity) for one in timeline(versions)}
    return [document for document, validity in known.items() if written[document] not in ("", validity)]


def as_written(validity: Validity | None) -> str:
    """Return what the store notes of the validity that records were written with; never empty for a law."""
    return "" if validity is None else f"{validity.start}/{validity.end}/{validity.earliest}/{validity.latest}"


_Row = tuple[ExpressionRow, DocumentRow]


def timeline(rows: Iterable[_Row]) -> tuple[Expression, ...]:
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


def _with_versions(session: Session, works: list[WorkRow], known: datetime | None = None) -> list[Work]:
    rows = _rows(session, select(WorkRow.id).where(WorkRow.id.in_([one.id for one in works])), known)
    return [Work(one.id, one.canonical, one.collection, timeline(rows.get(one.id, ()))) for one in works]


def _rows(session: Session, works: Select[tuple[str]], known: datetime | None = None) -> dict[str, list[_Row]]:
    """Return what is known of the versions of ``works``, or was known at a moment, by work."""
    wanted = select(ExpressionRow, DocumentRow).join(DocumentRow, DocumentRow.id == ExpressionRow.document)
    wanted = wanted.where(ExpressionRow.work.in_(works))
    if known is None:
        wanted = wanted.where(ExpressionRow.known_to.is_(None))
    else:
        later = ExpressionRow.known_to.is_(None) | (ExpressionRow.known_to > known)
        wanted = wanted.where(ExpressionRow.known_from <= known, later)
    by_work: dict[str, list[_Row]] = defaultdict(list)
    for row, document in session.execute(wanted).tuples():
        by_work[row.work].append((row, document))
    return by_work


def _visible(access: AccessFilter) -> Select[tuple[WorkRow]]:
    return select(WorkRow).where(WorkRow.collection.in_(access.collections))


def _utc(moment: datetime) -> datetime:
    """SQLite gives times back without their zone, which is UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
