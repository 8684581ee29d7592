"""Requests as the statistics count them: few columns of each, read for all visible requests at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from app.requests.direction import directions
from app.requests.life.events import Event, stored_events
from app.requests.life.links import TRANSLATION
from app.requests.life.schema import RequestSummaryRow
from app.requests.life.stored_links import confirmed_letters
from app.requests.search.schema import RequestValueRow
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow, Status
from indexing.store.visibility import visible_documents

PAIR, YEAR, MEASURE, OFFENCE, OUTCOME, DIRECTION = "pair", "year", "measure", "offence", "outcome", "direction"
DIMENSIONS = (PAIR, YEAR, MEASURE, OFFENCE, OUTCOME, DIRECTION)
UNKNOWN, PENDING = "", "pending"
_OUTCOMES = frozenset({"executed", "partially_executed", "refused", "postponed", "returned", "withdrawn"})
_NO_REQUESTS = ("supplement", "reminder", "response", "mla_response")


@dataclass(frozen=True, slots=True)
class CountedRequest:
    """A request with its codes by dimension, and the days from receipt to its outcome (-1 if either is unknown)."""

    codes: Mapping[str, tuple[str, ...]]
    days_taken: int

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return its codes in a dimension, an empty one for unknown values."""
        return self.codes.get(dimension) or (UNKNOWN,)


def counted_requests(store: Store, access: AccessFilter) -> list[CountedRequest]:
    """Return the visible requests without the letters that belong to one."""
    about = RequestSummaryRow
    counted = and_(visible_documents(access), DocumentRow.status == Status.INDEXED, about.kind.not_in(_NO_REQUESTS))
    query = select(about.document, about.requesting, about.requested, DocumentRow.date).join(
        DocumentRow, DocumentRow.id == about.document
    )
    with Session(store.database) as session:
        translations = confirmed_letters(session, TRANSLATION)
        rows = [row for row in session.execute(query.where(counted)) if row.document not in translations]
        measures, offences = (_values(session, field, counted) for field in ("measure", "offence"))
        events = stored_events(session, [row.document for row in rows])
        ways = dict(session.execute(directions()).tuples().all())
    found = []
    for row in rows:
        happened = events.get(row.document, ())
        codes = {
            PAIR: (f"{row.requesting[:2] or '?'}-{row.requested[:2] or '?'}",),
            YEAR: (row.date[:4],),
            MEASURE: tuple(measures.get(row.document, ())),
            OFFENCE: tuple(offences.get(row.document, ())),
            OUTCOME: (outcome(happened),),
            DIRECTION: (ways.get(row.document, UNKNOWN),),
        }
        found.append(CountedRequest(codes, days_taken(happened)))
    return found


def _values(session: Session, field: str, counted: ColumnElement[bool]) -> Mapping[str, list[str]]:
    row, about = RequestValueRow, RequestSummaryRow
    query = (
        select(row.document, row.value)
        .join(about, about.document == row.document)
        .join(DocumentRow, DocumentRow.id == row.document)
        .where(row.field == field, counted)
        .order_by(row.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for document, value in session.execute(query):
        found[document].append(value)
    return found


def outcome(events: tuple[Event, ...]) -> str:
    """Return the newest state that is an outcome, ``pending`` while there is none."""
    states = [event.code for event in events if not event.retracted and event.code in _OUTCOMES]
    return states[-1] if states else PENDING


def days_taken(events: tuple[Event, ...]) -> int:
    """Return the days from receipt to the outcome, -1 where either is not recorded."""
    days = {event.code: event.day for event in events if not event.retracted}
    end = days.get(outcome(events), "")
    if "received" not in days or not end:
        return -1
    return (date.fromisoformat(end) - date.fromisoformat(days["received"])).days
