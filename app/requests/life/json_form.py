"""JSON form of the course of a request, shared by the REST API and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.api_parameters import iso_time
from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.json_form import deadline_json
from app.requests.deadlines.sentences import stated_sentences
from app.requests.decided_fields import decisions_by_document
from app.requests.file_translations import file_translations, translation_json
from app.requests.life.course import Course, ProposedStatus, course_among, letters_to_read, proposed_statuses
from app.requests.life.events import Event
from app.requests.life.links import Link, reason_words
from app.requests.life.timeline import Moment, moments
from indexing.access import AccessFilter
from indexing.store.reading import Store


def whole_course(store: Store, access: AccessFilter, document_id: str, language: str) -> dict[str, Any]:
    """Return the course of one request as JSON; raises what ``stored_reading`` does."""
    of, known = course_among(store, access, document_id)
    line = moments(of, known, decisions_by_document(store, [document_id]))
    proposed = proposed_statuses(of, known)
    to_read = letters_to_read(store, access, (*of.letters, *of.belongs_to), known)
    found = course_json(of, proposed, line, stated_sentences(store, access, of.deadlines), language)
    translations = [translation_json(one) for one in file_translations(store, access, of, known)]
    return found | {"letters_being_read": list(to_read), "translations": translations}


def course_json(
    of: Course,
    proposed: Iterable[ProposedStatus],
    line: Sequence[Moment],
    sentences: Mapping[Deadline, str],
    language: str,
) -> dict[str, Any]:
    """Return the state of a request, the side that has to act, its events, letters, deadlines and time line."""
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
        "events": [event_json(event) for event in of.events],
        "proposed_statuses": [_proposed(status) for status in proposed],
        "letters": [link_json(link, language) for link in of.letters],
        "belongs_to": [link_json(link, language) for link in of.belongs_to],
        "deadlines": [
            deadline_json(deadline, today, language, sentences.get(deadline, "")) for deadline in of.deadlines
        ],
        "timeline": [_moment(moment) for moment in line],
    }


def event_json(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "code": event.code,
        "day": event.day,
        "reason": event.reason,
        "ground": event.ground or None,
        "source": event.source or None,
        "principal": event.principal,
        "made": iso_time(event.made),
        "retracted": event.retracted,
    }


def link_json(link: Link, language: str) -> dict[str, Any]:
    return {
        "letter": link.letter,
        "request": link.request,
        "kind": link.kind,
        "reasons": [{"key": reason, "text": reason_words(reason, language)} for reason in link.reasons],
        "confidence": link.confidence,
        "verdict": link.verdict or "proposed",
    }


def _proposed(status: ProposedStatus) -> dict[str, Any]:
    return {
        "status": status.status, "letter": status.letter, "day": status.day, "start": status.start, "end": status.end,
        "quote": status.quote,
    }  # fmt: skip


def _moment(moment: Moment) -> Mapping[str, Any]:
    return {
        "lane": moment.lane, "code": moment.code, "day": moment.day, "until": moment.until or None,
        "document": moment.document or None, "confirmed": moment.confirmed,
    }  # fmt: skip
