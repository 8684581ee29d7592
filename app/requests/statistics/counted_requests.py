"""Requests as the statistics count them: few columns of each, read for all visible requests at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import Session

from app.requests.direction import directions
from app.requests.life.links import COPY
from app.requests.life.schema import RequestEventRow, RequestSummaryRow
from app.requests.life.stored_links import confirmed_letters, translations
from app.requests.schema import BELONGING
from app.requests.search.schema import RequestValueRow
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow, Status

PAIR, YEAR, MEASURE, OFFENCE, OUTCOME, DIRECTION = "pair", "year", "measure", "offence", "outcome", "direction"
DIMENSIONS = (PAIR, YEAR, MEASURE, OFFENCE, OUTCOME, DIRECTION)
UNKNOWN, PENDING = "", "pending"
_RECEIVED = "received"
_OUTCOMES = ("executed", "partially_executed", "refused", "postponed", "returned", "withdrawn")


@dataclass(frozen=True, slots=True)
class CountedRequest:
    """A request with its codes by dimension, and the days from receipt to its outcome (-1 if either is unknown)."""

    codes: Mapping[str, tuple[str, ...]]
    days_taken: int

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return its codes in a dimension, an empty one for unknown values."""
        return self.codes.get(dimension) or (UNKNOWN,)


def counted_requests(store: Store, access: AccessFilter, dimensions: Collection[str]) -> list[CountedRequest]:
    """Return the visible requests without the letters that belong to one, with their codes in ``dimensions``."""
    about = RequestSummaryRow
    counted = and_(
        visible_documents(access),
        DocumentRow.status == Status.INDEXED,
        about.kind.not_in(BELONGING),
        about.document.not_in(translations(access)),
    )
    query = select(about.document, about.requesting, about.requested, DocumentRow.date).join(
        DocumentRow, DocumentRow.id == about.document
    )
    with Session(store.database) as session:
        again = confirmed_letters(session, COPY)
        rows = [row for row in session.execute(query.where(counted)) if row.document not in again]
        values = {field: _values(session, field, counted) for field in (MEASURE, OFFENCE) if field in dimensions}
        events = _states(session, counted)
        ways = dict(session.execute(directions()).tuples().all()) if DIRECTION in dimensions else {}
    found = []
    for row in rows:
        happened = events.get(row.document, ())
        codes = {
            PAIR: (f"{row.requesting[:2] or '?'}-{row.requested[:2] or '?'}",),
            YEAR: (row.date[:4],),
            OUTCOME: (_outcome(happened),),
            DIRECTION: (ways.get(row.document, UNKNOWN),),
            **{field: tuple(of.get(row.document, ())) for field, of in values.items()},
        }
        found.append(CountedRequest(codes, _days_taken(happened)))
    return found


def _values(session: Session, field: str, counted: ColumnElement[bool]) -> Mapping[str, list[str]]:
    row = RequestValueRow
    query = select(row.document, row.value).where(row.field == field, row.document.in_(_ids(counted))).order_by(row.id)
    found: dict[str, list[str]] = defaultdict(list)
    for document, value in session.execute(query):
        found[document].append(value)
    return found


def _states(session: Session, counted: ColumnElement[bool]) -> Mapping[str, list[tuple[str, str]]]:
    """Return by request the receipts and outcomes that were not retracted, with their days, in order of days."""
    row = RequestEventRow
    retracted = select(row.retracts).where(row.retracts != 0)
    query = (
        select(row.document, row.code, row.day)
        .where(row.code.in_((_RECEIVED, *_OUTCOMES)), row.retracts == 0, row.id.not_in(retracted))
        .where(row.document.in_(_ids(counted)))
        .order_by(row.day, row.id)
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for document, code, day in session.execute(query):
        found[document].append((code, day))
    return found


def _ids(counted: ColumnElement[bool]) -> Select[tuple[str]]:
    about = RequestSummaryRow
    return select(about.document).join(DocumentRow, DocumentRow.id == about.document).where(counted)


def _outcome(states: Sequence[tuple[str, str]]) -> str:
    """Return the newest state that is an outcome, ``pending`` while there is none."""
    return next((code for code, _ in reversed(states) if code != _RECEIVED), PENDING)


def _days_taken(states: Sequence[tuple[str, str]]) -> int:
    """Return the days from receipt to the outcome, -1 where either is not recorded."""
    days = dict(states)
    end = days.get(_outcome(states), "")
    if _RECEIVED not in days or not end:
        return -1
    return (date.fromisoformat(end) - date.fromisoformat(days[_RECEIVED])).days
