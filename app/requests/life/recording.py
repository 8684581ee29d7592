"""Recording of states and milestones of a request, and of links to letters that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from app.requests.deadlines.stored_deadlines import refresh_deadlines
from app.requests.life.events import (
    MAX_REASON_LENGTH,
    RETRACTED,
    Event,
    NewEvent,
    fits,
    is_day,
    neighbours,
    states_in_force,
    stored_events,
)
from app.requests.life.links import CONFIRMED, KINDS, REJECTED
from app.requests.life.schema import RequestEventRow, RequestLinkRow
from app.requests.life.statuses import (
    grounds,
    may_precede_letter,
    milestones,
    needs_ground,
    statuses,
    takes_ground,
)
from app.requests.schema import READ_TYPES, REQUEST_TYPES
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.store.database import serialise
from indexing.store.reading import Store
from indexing.store.writing import now, writing

EARLIEST_DAY = "1900-01-01"
"""A day before it is a year typed wrongly, such as 1031 or 0203."""


def record_event(
    store: Store, access: AccessFilter, principal: Principal, document_id: str, new: NewEvent, today: date | None = None
) -> None:
    """Record a state or milestone of a request.

    ``new.day`` empty means today. A state may be recorded late, between those before and after its day. Raises
    ``app.no_request`` for a document that is none, ``app.no_such_status``, ``app.transition_refused`` for a state that
    may not follow the current one, ``app.late_status_refused`` for one that does not fit between others,
    ``app.bad_event_day`` for what is no day or before ``EARLIEST_DAY``, ``app.event_day_future``,
    ``app.event_before_letter``, ``app.ground_missing`` for a refusal without its ground, ``app.form_invalid``,
    ``indexing.not_writable`` where ``principal`` may only read it, and ``indexing.no_such_document`` for a source or
    request that ``access`` does not allow.
    """
    document = store.document(access, document_id)
    if document.document_type not in REQUEST_TYPES:
        raise RogatioError("app.no_request")
    require_write(store, access, document, principal)
    day = new.day.strip() or (today or date.today()).isoformat()
    _check(new)
    _check_day(new.code, day, document.date, (today or date.today()).isoformat())
    if new.source:
        store.document(access, new.source)
    with _events_to_change(store, document_id) as (session, events):
        _check_order(new.code, day, states_in_force(events))
        _add(session, principal, document_id, new.code, day, new)


def retract_event(
    store: Store, access: AccessFilter, principal: Principal, document_id: str, number: int, reason: str = ""
) -> None:
    """Mark an event as recorded by mistake; raises ``app.no_such_event``."""
    require_write(store, access, store.document(access, document_id), principal)
    with _events_to_change(store, document_id) as (session, events):
        event = next((event for event in events if event.id == number and not event.retracted), None)
        if event is None:
            raise RogatioError("app.no_such_event")
        _add(session, principal, document_id, RETRACTED, event.day, NewEvent(RETRACTED, reason=reason), number)


@contextmanager
def _events_to_change(store: Store, document_id: str) -> Iterator[tuple[Session, tuple[Event, ...]]]:
    """Open a writing transaction in which nobody else records events of the request; yield it with them."""
    with writing(store) as session:
        serialise(session, "request_events", document_id)
        yield session, stored_events(session, [document_id]).get(document_id, ())


def _check(new: NewEvent) -> None:
    if new.code not in (*statuses(), *milestones()):
        raise RogatioError("app.no_such_status", status=new.code[:40])
    if len(new.reason) > MAX_REASON_LENGTH or (new.ground and new.ground not in grounds()):
        raise RogatioError("app.form_invalid")
    if needs_ground(new.code) and not new.ground:
        raise RogatioError("app.ground_missing")


def _check_day(code: str, day: str, letter: str, today: str) -> None:
    if not is_day(day) or day < EARLIEST_DAY:
        raise RogatioError("app.bad_event_day")
    if day > today:
        raise RogatioError("app.event_day_future", day=day)
    if not may_precede_letter(code) and day < letter:  # the date of a letter may be a year or a month
        raise RogatioError("app.event_before_letter", day=day, letter=letter)


def _check_order(code: str, day: str, states: Sequence[Event]) -> None:
    if code not in statuses() or fits(states, code, day):
        return
    before, after = neighbours(states, day)
    if after:
        raise RogatioError("app.late_status_refused", status=code, before=before, after=after)
    raise RogatioError("app.transition_refused", status=code, current=before)


def _add(
    session: Session, principal: Principal, document_id: str, code: str, day: str, new: NewEvent, retracts: int = 0
) -> None:
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
    session.flush()
    refresh_deadlines(session, document_id)


def decide_link(
    store: Store, access: AccessFilter, principal: Principal, letter: str, request: str, kind: str, verdict: str
) -> None:
    """Record that ``letter`` belongs to ``request`` as ``kind``, or does not.

    Raises ``app.form_invalid`` for an unknown kind or verdict, ``app.no_request`` where ``request`` is no request, or
    ``letter`` neither one nor an annex, ``app.link_refused`` for a letter and itself or letters of two collections,
    ``indexing.not_writable`` where ``principal`` may only read the request.
    """
    if kind not in KINDS or verdict not in (CONFIRMED, REJECTED):
        raise RogatioError("app.form_invalid")
    first, second = store.document(access, letter), store.document(access, request)
    if first.document_type not in READ_TYPES or second.document_type not in REQUEST_TYPES:
        raise RogatioError("app.no_request")
    if first.id == second.id or first.collection != second.collection:
        raise RogatioError("app.link_refused")
    require_write(store, access, second, principal)
    with writing(store) as session:
        session.add(
            RequestLinkRow(
                letter=letter, request=request, kind=kind, verdict=verdict, principal=principal.id, made=now()
            )
        )
        session.flush()
        refresh_deadlines(session, request)
