"""FRBR works with their expressions: periods of validity and of knowledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.records.validity import InForce, Validity, is_day_of_text, is_status, today
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, ExpressionRow, WorkRow

Row = tuple[ExpressionRow, DocumentRow]


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of a work as known from ``known_from`` to ``known_to`` (None: until now).

    ``source`` is the origin of its dates (``file``, ``manifest``, ``git_history``), ``basis`` the field of the file or
    the commit.
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
    """Return expressions in the order of coming into force, each ended by the next in its language.

    A document whose status says that the law is no longer in force ends the expressions in every language.
    """
    claimed = [_expression(row, document) for row, document in rows]
    repealed = [each.validity.latest for each in claimed if not each.validity.start and is_status(each.basis)]
    by_language: dict[str, list[Validity]] = defaultdict(list)
    for expression in claimed:
        if expression.validity.start:
            by_language[expression.language].append(expression.validity)
    bounded = (replace(each, validity=_among(each.validity, by_language[each.language], repealed)) for each in claimed)
    return tuple(sorted(bounded, key=lambda each: (not each.validity.start, each.validity.start, each.document)))


def _among(own: Validity, others: Collection[Validity], repealed: Collection[str]) -> Validity:
    """Return the validity of an expression given ``others`` in its language and the days of repeal of the law.

    Of several files with the same expression, any may state when it ended.
    """
    if not own.start:
        return own
    following = min((day for day in (*(other.start for other in others), *repealed) if day > own.start), default="")
    same = [own, *(other for other in others if other.start == own.start < other.end)]
    is_first = all(other.start >= own.start for other in others)
    return Validity(
        own.start,
        min((day for day in (*(each.end for each in same), following) if day), default=""),
        own.earliest if is_first else own.start,
        min((day for day in (*(each.latest for each in same), following) if day), default=""),
        own.text_of,
    )


def _expression(row: ExpressionRow, document: DocumentRow) -> Expression:
    """Return the expression of a row; a law that ended without date ended at the latest when that was learned."""
    learned = utc(row.known_from)
    latest = row.latest or (learned.date().isoformat() if row.ended else "")
    return Expression(
        work=row.work,
        document=row.document,
        validity=Validity(row.start, row.end, row.earliest, latest, _day_of_text(row)),
        source=row.source,
        basis=row.basis,
        title=document.title,
        language=document.language,
        known_from=learned,
        known_to=utc(row.known_to) if row.known_to else None,
    )


def _day_of_text(row: ExpressionRow) -> str:
    """Return the date of the text if the file states nothing else about the first day in force, else ``""``."""
    return row.start if row.source == "file" and is_day_of_text(row.basis) else ""


_BESIDE = 8


@dataclass(frozen=True, slots=True)
class Work:
    """A law with its expressions, the oldest first, those without a known date last."""

    id: str
    canonical: str
    collection: str
    expressions: tuple[Expression, ...] = ()

    @property
    def newest(self) -> Expression | None:
        """The expression that represents the law: that of today, else the last with a known date."""
        dated = [expression for expression in self.expressions if expression.validity.start]
        return self.version(today()) or next(reversed(dated or self.expressions), None)

    @property
    def title(self) -> str:
        """Return the title of the newest expression."""
        return self.newest.title if self.newest else ""

    @property
    def last(self) -> Expression | None:
        """The expression with whose end the law ceased to be in force, None if no such end is known."""
        dated = [expression for expression in self.expressions if expression.validity.start]
        if not dated or not (end := dated[-1].validity.end):
            return None
        return dated[-1] if all(expression.validity.on(end) is InForce.NO for expression in self.expressions) else None

    def on(self, day: str) -> tuple[Expression, ...]:
        """Return the expressions in force on ``day`` (ISO 8601); several in case of languages or parallel texts."""
        return tuple(expression for expression in self.expressions if expression.validity.on(day) is InForce.YES)

    def version(self, day: str, language: str = "") -> Expression | None:
        """Return the expression in force on ``day`` in ``language`` (empty: any), or None.

        If none certainly is, one that may be: the last text of an earlier day, else the first of a later one; its
        ``validity.on(day)`` distinguishes the two.
        """
        candidates = [each for each in self.expressions if language in ("", each.language)]
        certain = (each for each in reversed(candidates) if each.validity.on(day) is InForce.YES)
        possible = [each for each in candidates if each.validity.on(day) is InForce.UNKNOWN]
        earlier = (each for each in reversed(possible) if "" < each.validity.start <= day)
        return next(certain, None) or next(earlier, None) or next(iter(possible), None)


def work(store: Store, access: AccessFilter, named: str, known: datetime | None = None) -> Work:
    """Return the work with an id or canonical id, as known now or at the time ``known``.

    If several collections have it, the first. Raises ``indexing.no_such_work`` if there is no readable one.
    """
    statement = _visible(access).where((WorkRow.id == named) | (WorkRow.canonical == named), WorkRow.id != "")
    with Session(store.database) as session:
        row = session.scalar(statement.order_by(WorkRow.collection).limit(1)) if named else None
        if row is None:
            raise RogatioError("indexing.no_such_work", work=named[:120])
        return _with_versions(session, [row], known)[0]


def works_of(store: Store, access: AccessFilter, documents: Collection[str]) -> Mapping[str, Work]:
    """Return the work of each of ``documents`` (ids) that is an expression, as known now."""
    current = select(ExpressionRow.document, ExpressionRow.work).where(
        ExpressionRow.document.in_(documents), ExpressionRow.known_to.is_(None)
    )
    with Session(store.database) as session:
        of = dict(session.execute(current).tuples().all())
        rows = session.scalars(_visible(access).where(WorkRow.id.in_(set(of.values()))))
        by_id = {each.id: each for each in _with_versions(session, list(rows))}
    return {document: by_id[work_id] for document, work_id in of.items() if work_id in by_id}


def neighbouring_versions(session: Session, document: str) -> tuple[tuple[str, str], ...]:
    """Return (SHA-256, document id) of other expressions of the law of ``document``, the nearest earlier ones first."""
    own_works = select(ExpressionRow.work).where(ExpressionRow.document == document)
    rows = [row for versions in rows_of(session, own_works).values() for row in versions]
    own = next((row.start for row, stored in rows if stored.id == document), "")
    before = sorted((pair for pair in rows if pair[0].start < own), key=lambda pair: pair[0].start, reverse=True)
    after = sorted((pair for pair in rows if pair[0].start >= own), key=lambda pair: pair[0].start)
    others = [(stored.sha256, stored.id) for _, stored in (*before, *after) if stored.id != document]
    return tuple(others[:_BESIDE])


def validities(store: Store, documents: Collection[str]) -> Mapping[str, Validity]:
    """Return the validity of each of ``documents`` (ids) that is an expression, bounded by its neighbours."""
    with Session(store.database) as session:
        return known_validities(session, documents)


def known_validities(session: Session, documents: Collection[str]) -> Mapping[str, Validity]:
    """Return the same as :func:`validities`, within a transaction."""
    own_works = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
    rows = rows_of(session, select(WorkRow.id).where(WorkRow.id.in_(own_works)))
    known = {each.document: each.validity for versions in rows.values() for each in timeline(versions)}
    return {document: known[document] for document in documents if document in known}


def _with_versions(session: Session, works: list[WorkRow], known: datetime | None = None) -> list[Work]:
    rows = rows_of(session, select(WorkRow.id).where(WorkRow.id.in_([row.id for row in works])), known)
    return [Work(row.id, row.canonical, row.collection, timeline(rows.get(row.id, ()))) for row in works]


def rows_of(session: Session, works: Select[tuple[str]], known: datetime | None = None) -> dict[str, list[Row]]:
    """Return the rows of the expressions of ``works`` by work id, as known now or at the time ``known``."""
    statement = select(ExpressionRow, DocumentRow).join(DocumentRow, DocumentRow.id == ExpressionRow.document)
    statement = statement.where(ExpressionRow.work.in_(works))
    if known is None:
        statement = statement.where(ExpressionRow.known_to.is_(None))
    else:
        later = ExpressionRow.known_to.is_(None) | (ExpressionRow.known_to > known)
        statement = statement.where(ExpressionRow.known_from <= known, later)
    by_work: dict[str, list[Row]] = defaultdict(list)
    for row, document in session.execute(statement).tuples():
        by_work[row.work].append((row, document))
    return by_work


def _visible(access: AccessFilter) -> Select[tuple[WorkRow]]:
    return select(WorkRow).where(WorkRow.collection.in_(access.whole))
