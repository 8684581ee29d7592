"""Events of a request: states and milestones that people recorded, with day, reason and author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from app.requests.life.schema import RequestEventRow
from app.requests.life.statuses import statuses
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
    """Return the events of a request in order of recording, with retracted ones marked."""
    store.document(access, document_id)
    return events_by_document(store, [document_id]).get(document_id, ())


def events_by_document(store: Store, documents: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of ``documents``, which were read through the access filter."""
    with Session(store.database) as session:
        return stored_events(session, documents)


def stored_events(session: Session, documents: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of ``documents`` in a transaction, by document."""
    statement = select(RequestEventRow).where(RequestEventRow.document.in_(set(documents))).order_by(RequestEventRow.id)
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


def current(events: Iterable[Event]) -> Event | None:
    """Return the newest state that was not retracted."""
    states = [event for event in events if event.is_status and not event.retracted]
    return states[-1] if states else None


def current_states() -> Subquery:
    """Return the newest state of each request (``document``, ``code``) that was not retracted."""
    row = RequestEventRow
    retracted = select(row.retracts).where(row.retracts != 0)
    newest = (
        select(func.max(row.id).label("id"))
        .where(row.code.in_(statuses()), row.retracts == 0, row.id.not_in(retracted))
        .group_by(row.document)
        .subquery()
    )
    return select(row.document, row.code).join(newest, newest.c.id == row.id).subquery()


def is_day(written: str) -> bool:
    """Return whether a text is a day of the calendar in the form of ISO 8601 (2030-04-01)."""
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
