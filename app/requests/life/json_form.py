"""The course of a request as JSON, one form for the API and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.api_parameters import iso_time
from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.json_form import deadline_json
from app.requests.deadlines.sentences import stated_sentences
from app.requests.decided import decisions_by_document
from app.requests.life.course import Course, ProposedStatus, course_among, proposed_statuses
from app.requests.life.events import Event
from app.requests.life.links import Link, reason_words
from app.requests.life.timeline import Moment, moments
from indexing.access import AccessFilter
from indexing.store.reading import Store


def whole_course(store: Store, access: AccessFilter, document_id: str, language: str) -> dict[str, Any]:
    """Return the course of one request as JSON; raises what ``stored_reading`` does."""
    of, known = course_among(store, access, document_id)
    line = moments(of, known, decisions_by_document(store, [document_id]))
    proposed = proposed_statuses(store, access, of, known)
    return course_json(of, proposed, line, stated_sentences(store, access, of.deadlines), language)


def course_json(
    of: Course,
    proposed: Iterable[ProposedStatus],
    line: Sequence[Moment],
    sentences: Mapping[Deadline, str],
    language: str,
) -> dict[str, Any]:
    """Return the state of a request, who has to act, its events, letters, deadlines and time line."""
    today = date.today()
    return {
        "document_id": of.reading.document.id,
        "own_reference": of.reference,
        "requesting_state": of.requesting,
        "requested_state": of.requested,
        "status": of.status or None,
        "since": of.state.day if of.state else None,
        "waits_for": of.waits or None,
        "waiting_state": of.waiting_state or None,
        "waiting_days": of.waiting_days(today),
        "next": list(of.next),
        "events": [event_json(one) for one in of.events],
        "proposed_statuses": [_proposed(one) for one in proposed],
        "letters": [link_json(one, language) for one in of.letters],
        "belongs_to": [link_json(one, language) for one in of.belongs_to],
        "deadlines": [deadline_json(one, today, language, sentences.get(one, "")) for one in of.deadlines],
        "timeline": [_moment(one) for one in line],
    }


def event_json(one: Event) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": one.code,
        "day": one.day,
        "reason": one.reason,
        "ground": one.ground or None,
        "source": one.source or None,
        "principal": one.principal,
        "made": iso_time(one.made),
        "retracted": one.retracted,
    }


def link_json(one: Link, language: str) -> dict[str, Any]:
    return {
        "letter": one.letter,
        "request": one.request,
        "kind": one.kind,
        "reasons": [{"key": reason, "text": reason_words(reason, language)} for reason in one.reasons],
        "confidence": one.confidence,
        "verdict": one.verdict or "proposed",
    }


def _proposed(one: ProposedStatus) -> dict[str, Any]:
    return {
        "status": one.status, "letter": one.letter, "day": one.day, "start": one.start, "end": one.end,
        "quote": one.quote,
    }  # fmt: skip


def _moment(one: Moment) -> Mapping[str, Any]:
    return {
        "lane": one.lane, "code": one.code, "day": one.day, "until": one.until or None,
        "document": one.document or None, "confirmed": one.confirmed,
    }  # fmt: skip
