"""The course of requests in the REST API: state and events, links between letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_parameters import body
from app.i18n import interface_language
from app.principal import current_access, current_principal, installation
from app.requests.life.course import courses
from app.requests.life.events import LONGEST_REASON, NewEvent, record_event, retract_event
from app.requests.life.json_form import link_json, whole_course
from app.requests.life.links import decide_link


@dataclass(frozen=True, slots=True)
class EventBody:
    """A state or milestone of a request; ``day`` is ISO 8601, empty for today."""

    code: Annotated[str, msgspec.Meta(max_length=32)]
    day: Annotated[str, msgspec.Meta(max_length=10)] = ""
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)] = ""
    ground: Annotated[str, msgspec.Meta(max_length=32)] = ""
    source: Annotated[str, msgspec.Meta(max_length=32)] = ""


@dataclass(frozen=True, slots=True)
class LinkBody:
    """A decision that ``letter`` belongs to ``request`` as ``kind`` (``confirmed``), or does not (``rejected``)."""

    letter: Annotated[str, msgspec.Meta(max_length=32)]
    request: Annotated[str, msgspec.Meta(max_length=32)]
    kind: str
    verdict: str


def add_rules(api: Blueprint) -> None:
    """Add the routes of the course of requests to the API's blueprint."""
    api.add_url_rule("/requests/<request_id>/course", "request_course", shown)
    api.add_url_rule("/requests/<request_id>/events", "record_event", recorded, methods=["POST"])
    api.add_url_rule("/requests/<request_id>/events/<int:number>", "retract_event", retracted, methods=["DELETE"])
    api.add_url_rule("/request-links", "request_links", listed)
    api.add_url_rule("/request-links", "decide_link", linked, methods=["POST"])


def shown(request_id: str) -> Response:
    return jsonify(whole_course(installation().store, current_access(), request_id, interface_language()))


def recorded(request_id: str) -> ResponseReturnValue:
    """Record a state or milestone and return the course with it."""
    asked = body(EventBody)
    new = NewEvent(asked.code, asked.day, asked.reason, asked.ground, asked.source)
    record_event(installation().store, current_access(), current_principal(), request_id, new)
    return shown(request_id), 201


def retracted(request_id: str, number: int) -> Response:
    """Mark an event as recorded by mistake and return the course."""
    retract_event(installation().store, current_access(), current_principal(), request_id, number)
    return shown(request_id)


def listed() -> Response:
    """Answer the links between the letters that may be seen, with the decision on each."""
    known = courses(installation().store, current_access())
    links = [link for one in known.values() for link in one.letters]
    return jsonify({"links": [link_json(link, interface_language()) for link in links]})


def linked() -> ResponseReturnValue:
    """Record a decision on a link and return the course of the request."""
    asked = body(LinkBody)
    store, access, principal = installation().store, current_access(), current_principal()
    decide_link(store, access, principal, asked.letter, asked.request, asked.kind, asked.verdict)
    return shown(asked.request), 201
