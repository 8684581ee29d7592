"""Deadline radar: the deadlines of all visible requests, by day, and as a chart by pair of States."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.requests.chart import Axis, axis_of, spread
from app.requests.deadlines.deadlines import Deadline, date_keys, follow_up_keys
from app.requests.deadlines.schema import RequestDeadlineRow
from app.requests.deadlines.stored_deadlines import deadline_from
from app.requests.life.links import FOLLOW_UP, REJECTED
from app.requests.life.schema import RequestSummaryRow
from app.requests.life.stored_links import linked_letters, links_of, translations
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, DocumentRow, Status

PAST, OVERDUE, AHEAD = 30, 365, 180
"""Days before today, of the overdue, and after today that lists of deadlines show unless others are asked for."""
PAGE_SIZE, MAX_PAIRS = 100, 15
"""Deadlines of one page, and pairs of States of its drawing, which more would make unreadable."""
WIDTH, LEFT = 900, 110
_LEVEL, _MARK = 20, 18


@dataclass(frozen=True, slots=True)
class RadarFilter:
    """Criteria of deadlines: at most ``ahead`` days from today; empty ones do not restrict.

    ``overdue`` is for how many days at most they may be overdue; days of hearings and other events are listed for
    at most ``PAST`` days after them.

    ``follow_up`` restricts to those with which data or liberty are lost unless a formal request arrives before.
    """

    requesting: str = ""
    requested: str = ""
    ahead: int = AHEAD
    follow_up: bool = False
    overdue: int = PAST


@dataclass(frozen=True, slots=True)
class RadarLine:
    """A running deadline with its request; ``number`` is its place on the radar from 1.

    ``lacks_follow_up`` tells that data or liberty will be lost and no formal request is linked or proposed.
    """

    number: int
    deadline: Deadline
    document: StoredDocument
    requesting: str
    requested: str
    reference: str
    lacks_follow_up: bool

    @property
    def pair(self) -> str:
        """Return the States between which the request goes, ``ES → PE``; ``?`` for an unknown one."""
        return f"{self.requesting or '?'} → {self.requested or '?'}"


@dataclass(frozen=True, slots=True)
class Radar:
    """A page of the radar; ``total`` counts all lines, ``past`` those of days before today.

    ``older`` counts deadlines that are overdue for longer than was asked for, so that none is lost from sight.
    """

    lines: tuple[RadarLine, ...]
    total: int
    past: int = 0
    older: int = 0


def radar(
    store: Store, access: AccessFilter, asked: RadarFilter, today: date, *, start: int = 0, limit: int | None = None
) -> Radar:
    """Return the deadlines of the visible requests that still run: those that passed, the last first, then the next.

    What a reminder, supplement or answer repeats of its request is listed once, with the request; a translation has no
    deadlines of its own.
    """
    row, about = RequestDeadlineRow, RequestSummaryRow
    running = (
        select(row, about, DocumentRow)
        .join(about, about.document == row.document)
        .join(DocumentRow, DocumentRow.id == row.document)
        .where(*_conditions(access, asked))
    )
    query = running.where(*_range(asked, today))
    passed = row.day < today.isoformat()
    with Session(store.database) as session:
        total, past = _count(session, query), _count(session, query.where(passed))
        older = _count(session, running.where(row.day < _day(today, -asked.overdue), row.key.not_in(date_keys())))
        ordered = query.order_by(*_nearest_first(today), about.reference, row.id)
        ordered = ordered.offset(min(start, MAX_NUMBER)).limit(limit)
        found = [(deadline_from(row), summary, document_from(held)) for row, summary, held in session.execute(ordered)]
    followed = _followed(store, access, {deadline.document for deadline, _, _ in found if deadline.needs_follow_up})
    return Radar(
        tuple(
            RadarLine(
                number=number,
                deadline=deadline,
                document=document,
                requesting=summary.requesting,
                requested=summary.requested,
                reference=summary.reference,
                lacks_follow_up=deadline.needs_follow_up and deadline.document not in followed,
            )
            for number, (deadline, summary, document) in enumerate(found, start + 1)
        ),
        total,
        past,
        older,
    )


def _nearest_first(today: date) -> Iterator[ColumnElement[Any]]:
    """Yield the order of deadlines: those that passed, the last first, then the others by day."""
    row = RequestDeadlineRow
    passed = row.day < today.isoformat()
    yield case((passed, 0), else_=1)
    yield case((passed, row.day), else_="").desc()
    yield row.day.asc()


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _day(today: date, days: int) -> str:
    """Return the day so many days from today, or the first or last one of the calendar."""
    number = min(max(today.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number).isoformat()


def _range(asked: RadarFilter, today: date) -> Iterator[ColumnElement[bool]]:
    row = RequestDeadlineRow
    is_owed = and_(row.day >= _day(today, -asked.overdue), row.key.not_in(date_keys()))
    is_lately = row.day >= _day(today, -min(PAST, asked.overdue))
    yield or_(row.day >= today.isoformat(), is_owed, is_lately)
    yield row.day <= _day(today, asked.ahead)


def _conditions(access: AccessFilter, asked: RadarFilter) -> Iterator[ColumnElement[bool]]:
    row, about = RequestDeadlineRow, RequestSummaryRow
    yield visible_documents(access)
    yield DocumentRow.status == Status.INDEXED
    yield row.met.is_(False)
    yield ~_is_repeated(access)
    yield row.document.not_in(translations(access))
    if asked.follow_up:
        yield row.key.in_(follow_up_keys())
    if asked.requesting:
        yield about.requesting == asked.requesting
    if asked.requested:
        yield about.requested == asked.requested


def _is_repeated(access: AccessFilter) -> ColumnElement[bool]:
    """Return the condition that a deadline is that of a visible request to which its letter belongs."""
    row, same, pairs = RequestDeadlineRow, aliased(RequestDeadlineRow), linked_letters()
    visible = select(DocumentRow.id).where(visible_documents(access)).correlate(None)
    return (
        select(same.id)
        .join(pairs, pairs.c.request == same.document)
        .where(pairs.c.letter == row.document, same.key == row.key, same.day == row.day, same.met.is_(False))
        .where(same.document.in_(visible))
        .correlate(row)
        .exists()
    )


def _followed(store: Store, access: AccessFilter, documents: Set[str]) -> set[str]:
    """Return those of ``documents`` to which a formal request is linked or proposed."""
    links = links_of(store, access, documents)
    return {link.request for link in links if link.kind == FOLLOW_UP and link.verdict != REJECTED}


def radar_states(store: Store, access: AccessFilter) -> dict[str, list[str]]:
    """Return the codes of the States of the visible requests, by side."""
    about = RequestSummaryRow
    joined = select(about).join(DocumentRow, DocumentRow.id == about.document).where(visible_documents(access))
    with Session(store.database) as session:
        return {
            side: sorted(code for code in session.scalars(joined.with_only_columns(column).distinct()) if code)
            for side, column in (("requesting", about.requesting), ("requested", about.requested))
        }


@dataclass(frozen=True, slots=True)
class RadarMark:
    """A deadline at its position in the drawing."""

    line: RadarLine
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RadarRow:
    """A pair of States with its deadlines."""

    pair: str
    y: float
    height: float
    marks: tuple[RadarMark, ...]


@dataclass(frozen=True, slots=True)
class RadarChart:
    """The radar as a drawing of ``WIDTH`` by ``height`` units; ``left_out`` counts pairs of States that it lacks."""

    axis: Axis
    rows: tuple[RadarRow, ...]
    height: float
    today: float
    left_out: int = 0


def radar_chart(lines: Sequence[RadarLine], today: date) -> RadarChart | None:
    """Return the drawing of ``lines``, for the pairs with the nearest deadlines; None without any.

    Those that passed longer than ``PAST`` days ago are in the table alone, since they would press the others together.
    """
    lines = [line for line in lines if line.deadline.days_left(today) >= -PAST]
    if not lines:
        return None
    axis = axis_of([date.fromisoformat(line.deadline.day) for line in lines], today, LEFT, WIDTH - LEFT - 20)
    first = {line.pair: line.number for line in reversed(lines)}
    ordered = sorted(lines, key=lambda line: (first[line.pair], line.deadline.day, line.number))
    rows, top = [], 10.0
    for pair, held in islice(groupby(ordered, key=lambda line: line.pair), MAX_PAIRS):
        row = _row(pair, list(held), axis, top)
        rows.append(row)
        top += row.height
    return RadarChart(axis, tuple(rows), top + 30, axis.x(today), len(first) - len(rows))


def _row(pair: str, lines: Sequence[RadarLine], axis: Axis, top: float) -> RadarRow:
    places = [axis.x(date.fromisoformat(line.deadline.day)) for line in lines]
    levels = spread(places, _MARK)
    marks = tuple(
        RadarMark(line, x, top + 14 + _LEVEL * level) for line, x, level in zip(lines, places, levels, strict=True)
    )
    return RadarRow(pair, top, 8 + _LEVEL * (max(levels) + 1), marks)
