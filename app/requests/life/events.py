"""Events of a request: states and milestones that people record, with day, reason and author."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.life.schema import RequestEventRow
from app.requests.life.statuses import grounds, milestones, needs_ground, next_statuses, statuses, takes_ground
from app.requests.readings import REQUEST_TYPES
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.reading import Store
from indexing.store.writing import now, writing

RETRACTED = "retracted"
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a request on ``day`` (ISO 8601); ``retracted`` where it was recorded by mistake."""

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
        return self.code in statuses()


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What a person records; ``ground`` is that of a refusal, ``source`` the document that shows the event."""

    code: str
    day: str = ""
    reason: str = ""
    ground: str = ""
    source: str = ""


def events_of(store: Store, access: AccessFilter, document_id: str) -> tuple[Event, ...]:
    """Return the events of a request as they were recorded, the retracted ones marked."""
    store.document(access, document_id)
    return events_by_document(store, [document_id]).get(document_id, ())


def events_by_document(store: Store, documents: Iterable[str]) -> Mapping[str, tuple[Event, ...]]:
    """Return the events of ``documents``, which the caller has read through the access filter."""
    statement = select(RequestEventRow).order_by(RequestEventRow.id)
    ids = set(documents)
    if len(ids) == 1:
        statement = statement.where(RequestEventRow.document.in_(ids))
    rows: dict[str, list[RequestEventRow]] = defaultdict(list)
    with Session(store.database) as session:
        for row in session.scalars(statement):
            if row.document in ids:
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


def record_event(
    store: Store, access: AccessFilter, principal: Principal, document_id: str, new: NewEvent, today: date | None = None
) -> None:
    """Record a state or milestone of a request.

    ``new.day`` empty means today. Raises ``app.no_request`` for a document that is none, ``app.no_such_status``,
    ``app.transition_refused`` for a state that may not follow the current one, ``app.bad_event_day`` for a day in the
    future or before the current state, ``app.ground_missing`` for a refusal without its ground, ``app.form_invalid``,
    ``indexing.not_writable`` where ``principal`` may only read it, and ``indexing.no_such_document`` for a source or
    request that ``access`` does not allow.
    """
    document = store.document(access, document_id)
    if document.document_type not in REQUEST_TYPES:
        raise RogatioError("app.no_request")
    require_write(store, access, document, principal)
    day = new.day.strip() or (today or date.today()).isoformat()
    _check(new, day, current(events_of(store, access, document_id)), today or date.today())
    if new.source:
        store.document(access, new.source)
    _add(store, principal, document_id, new.code, day, new)


def retract_event(
    store: Store, access: AccessFilter, principal: Principal, document_id: str, number: int, reason: str = ""
) -> None:
    """Mark an event as recorded by mistake; ``app.no_such_event`` where the request has no such event."""
    require_write(store, access, store.document(access, document_id), principal)
    known = (one for one in events_of(store, access, document_id) if one.id == number and not one.retracted)
    event = next(known, None)
    if event is None:
        raise RogatioError("app.no_such_event")
    _add(store, principal, document_id, RETRACTED, event.day, NewEvent(RETRACTED, reason=reason), retracts=number)


def _check(new: NewEvent, day: str, state: Event | None, today: date) -> None:
    if new.code not in (*statuses(), *milestones()):
        raise RogatioError("app.no_such_status", status=new.code[:40])
    if len(new.reason) > LONGEST_REASON or (new.ground and new.ground not in grounds()):
        raise RogatioError("app.form_invalid")
    if new.code in statuses() and new.code not in next_statuses(state.code if state else ""):
        raise RogatioError("app.transition_refused", status=new.code, current=state.code if state else "")
    earliest = state.day if state and new.code in statuses() else ""
    if not _is_day(day) or day > today.isoformat() or day < earliest:
        raise RogatioError("app.bad_event_day")
    if needs_ground(new.code) and not new.ground:
        raise RogatioError("app.ground_missing")


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _add(
    store: Store, principal: Principal, document_id: str, code: str, day: str, new: NewEvent, retracts: int = 0
) -> None:
    with writing(store) as session:
        session.add(
            RequestEventRow(
                document=document_id,
                code=code,
                day=day,
                reason=new.reason.strip(),
                ground=new.ground if takes_ground(code) else "",
                source=new.source,
                retracts=retracts,
                principal=principal.id,
                made=now(),
            )
        )
