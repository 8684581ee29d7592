"""The course of requests in the REST API: state and events, links between letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, list_of, object_of, ref
from app.api_parameters import body
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.life.events import MAX_REASON_LENGTH, NewEvent
from app.requests.life.json_form import link_json, whole_course
from app.requests.life.links import KINDS
from app.requests.life.recording import decide_link, record_event, retract_event
from app.requests.life.references import MAX_REFERENCE, linked_letters
from app.requests.life.statuses import milestones, statuses
from app.requests.life.stored_links import all_links


@dataclass(frozen=True, slots=True)
class EventBody:
    """A state or milestone of a request; ``day`` is ISO 8601, empty for today."""

    code: Annotated[str, msgspec.Meta(max_length=32)]
    day: Annotated[str, msgspec.Meta(max_length=10)] = ""
    reason: Annotated[str, msgspec.Meta(max_length=MAX_REASON_LENGTH)] = ""
    ground: Annotated[str, msgspec.Meta(max_length=32)] = ""
    source: Annotated[str, msgspec.Meta(max_length=32)] = ""


@dataclass(frozen=True, slots=True)
class LinkBody:
    """A decision that ``letter`` belongs to ``request`` as ``kind`` (``confirmed``), or does not (``rejected``).

    One of both may be given by its reference.
    """

    letter: Annotated[str, msgspec.Meta(max_length=MAX_REFERENCE)]
    request: Annotated[str, msgspec.Meta(max_length=MAX_REFERENCE)]
    kind: str
    verdict: str


def get_request_course(request_id: str) -> Response:
    return jsonify(whole_course(installation().store, current_access(), request_id, interface_variety()))


def record_request_event(request_id: str) -> ResponseReturnValue:
    """Record a state or milestone and return the course with it."""
    asked = body(EventBody)
    new = NewEvent(asked.code, asked.day, asked.reason, asked.ground, asked.source)
    record_event(installation().store, current_access(), current_principal(), request_id, new)
    return get_request_course(request_id), 201


def retract_request_event(request_id: str, number: int) -> Response:
    """Mark an event as recorded by mistake and return the course."""
    retract_event(installation().store, current_access(), current_principal(), request_id, number)
    return get_request_course(request_id)


def list_request_links() -> Response:
    """Return the links between readable letters, with the decision on each."""
    links = all_links(installation().store, current_access())
    return jsonify({"links": [link_json(link, interface_variety()) for link in links]})


def decide_request_link() -> ResponseReturnValue:
    """Record a decision on a link and return the course of the request."""
    asked = body(LinkBody)
    store, access, principal = installation().store, current_access(), current_principal()
    letter, request_id = linked_letters(store, access, asked.letter, asked.request)
    decide_link(store, access, principal, letter, request_id, asked.kind, asked.verdict)
    return get_request_course(request_id), 201


OPERATIONS = (
    Operation(
        "/requests/<request_id>/course",
        get_request_course,
        "getRequestCourse",
        tag="requests",
        summary="Course of a request: state, side that must act, linked letters, deadlines and timeline",
        answer=object_of("RequestCourse", "The course."),
        endpoint="request_course",
    ),
    Operation(
        "/requests/<request_id>/events",
        record_request_event,
        "recordRequestEvent",
        tag="requests",
        summary="Record a state or milestone of a request",
        answer=object_of("RequestCourse", "The course with the event.", status=201),
        method="POST",
        endpoint="record_event",
        body=JsonBody(
            EventBody,
            {"code": "data_preserved", "day": "2026-05-04", "reason": "Confirmed by the provider."},
            refined={
                "code": {
                    "enum": [*statuses(), *milestones()],
                    "description": "A milestone, or a state that may follow the one before its day "
                    "(`next` of the course is what may follow the current one).",
                },
                "day": {
                    "anyOf": [{"type": "string", "enum": [""]}, {"type": "string", "format": "date"}],
                    "description": "ISO 8601, not later than today; today by default. A state may be recorded late.",
                },
                "ground": ref("RefusalGround"),
                "source": {"description": "Id of a document that proves it."},
            },
        ),
    ),
    Operation(
        "/requests/<request_id>/events/<int:number>",
        retract_request_event,
        "retractRequestEvent",
        tag="requests",
        summary="Retract an event recorded by mistake; it remains in the history",
        answer=object_of("RequestCourse", "The course without the event."),
        method="DELETE",
        endpoint="retract_event",
    ),
    Operation(
        "/request-links",
        list_request_links,
        "listRequestLinks",
        tag="requests",
        summary="Links between letters and requests, proposed or decided",
        answer=list_of("links", "RequestLink", "Links between readable letters."),
        endpoint="request_links",
    ),
    Operation(
        "/request-links",
        decide_request_link,
        "decideRequestLink",
        tag="requests",
        summary="Confirm or reject that a letter belongs to a request",
        answer=object_of("RequestCourse", "The course of the request.", status=201),
        method="POST",
        endpoint="decide_link",
        body=JsonBody(
            LinkBody,
            {
                "letter": "0123456789abcdef0123456789abcdef",
                "request": "0123456789abcdef0123456789abcdee",
                "kind": "answer",
                "verdict": "confirmed",
            },
            refined={
                "letter": {"minLength": 1, "description": "The id of the later letter, or a reference of it."},
                "request": {"minLength": 1, "description": "The id of the request, or a reference of it."},
                "kind": {"enum": [*KINDS]},
                "verdict": {"enum": ["confirmed", "rejected"]},
            },
        ),
    ),
)
