"""Events of a request: states and milestones that people recorded, with day, reason and author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from app.requests.life.schema import RequestEventRow
from app.requests.life.statuses import next_statuses, statuses
from indexing.access import AccessFilter
from indexing.store.reading import Store

RETRACTED = "retracted"
MAX_REASON_LENGTH = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a request on ``day`` (ISO 8601); ``retracted`` if it was recorded by mistake."""

    id: int
    document: str
    code: str
    day: str
    reason: str
    ground: str
    source: str
    principal: str
    made: datetime
    retracted: bool = False

    @property
    def is_status(self) -> bool:
        """Return whether the event changes the state of the request."""
        return self.code in statuses()


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event to be recorded; ``ground`` is that of a refusal, ``source`` the document that shows the event."""

    code: str
    day: str = ""
    reason: str = ""
    ground: str = ""
    source: str = ""


def events_of(store: Store, access: AccessFilter, document_id: str) -> tuple[Event, ...]:
    """Return the events of a request by day, those of one day as they were recorded, with retracted ones marked."""
    store.document(access, document_id)
    return events_by_document(store, [document_id]).get(document_id, ())


def events_by_document(store: Store, documents: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of ``documents``, which were read through the access filter."""
    with Session(store.database) as session:
        return stored_events(session, documents)


def stored_events(session: Session, documents: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of ``documents`` in a transaction, by document, each in the order of ``events_of``."""
    held = RequestEventRow
    statement = select(held).where(held.document.in_(set(documents))).order_by(held.day, held.id)
    rows: dict[str, list[RequestEventRow]] = defaultdict(list)
    for row in session.scalars(statement):
        rows[row.document].append(row)
    return {document: _events(of_one) for document, of_one in rows.items()}


def _events(rows: Iterable[RequestEventRow]) -> tuple[Event, ...]:
    held = list(rows)
    retracted = {row.retracts for row in held if row.retracts}
    return tuple(
        Event(
            row.id, row.document, row.code, row.day, row.reason, row.ground, row.source, row.principal, row.made,
            row.id in retracted,
        )
        for row in held
        if not row.retracts
    )  # fmt: skip


def states_in_force(events: Iterable[Event]) -> list[Event]:
    """Return the states that were not retracted, in the order of ``events``."""
    return [event for event in events if event.is_status and not event.retracted]


def current(events: Iterable[Event]) -> Event | None:
    """Return the state with the latest day that was not retracted; ``events`` are in the order of ``events_of``."""
    states = states_in_force(events)
    return states[-1] if states else None


def neighbours(states: Sequence[Event], day: str) -> tuple[str, str]:
    """Return the state before and the one after a state that would be recorded with ``day``, empty without one.

    What is no whole day, such as the date of a letter of which only the year or nothing is known, is after all of them.
    """
    if not is_day(day):
        return (states[-1].code if states else "", "")
    before = next((state.code for state in reversed(states) if state.day <= day), "")
    return before, next((state.code for state in states if state.day > day), "")


def fits(states: Sequence[Event], code: str, day: str) -> bool:
    """Return whether a state of ``day`` may follow the one before it, and the one after may follow it."""
    before, after = neighbours(states, day)
    return code in next_statuses(before) and (not after or after in next_statuses(code))


def current_states() -> Subquery:
    """Return the state with the latest day of each request (``document``, ``code``) that was not retracted."""
    row = RequestEventRow
    retracted = select(row.retracts).where(row.retracts != 0)
    place = func.row_number().over(partition_by=row.document, order_by=(row.day.desc(), row.id.desc()))
    states = (
        select(row.document, row.code, place.label("place"))
        .where(row.code.in_(statuses()), row.retracts == 0, row.id.not_in(retracted))
        .subquery()
    )
    return select(states.c.document, states.c.code).where(states.c.place == 1).subquery()


def is_day(written: str) -> bool:
    """Return whether a text is a day of the calendar in the form of ISO 8601 (2030-04-01)."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
