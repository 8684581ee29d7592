"""Deadlines of requests in the REST API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request

from app.api_parameters import number
from app.exports.responses import as_file
from app.i18n import interface_language
from app.principal import current_access, installation
from app.requests.deadlines.calendar import deadline_calendar
from app.requests.deadlines.json_form import deadline_json
from app.requests.deadlines.radar import AHEAD, RadarFilter, RadarLine, radar
from app.requests.deadlines.sentences import stated_sentences
from app.requests.life.course import courses
from indexing.access import AccessFilter
from indexing.store.reading import Store

CALENDAR = "text/calendar; charset=utf-8"
FURTHEST = 36_500


def add_rules(api: Blueprint) -> None:
    """Add the routes of deadlines to the API's blueprint."""
    api.add_url_rule("/request-deadlines", "request_deadlines", listed)
    api.add_url_rule("/request-deadlines.ics", "request_calendar", calendar)


def listed() -> Response:
    """Answer the deadlines that run, the nearest first."""
    store, access = installation().store, current_access()
    lines = radar(courses(store, access), _asked(), date.today())
    return jsonify({"deadlines": radar_json(store, access, lines, interface_language())})


def calendar() -> Response:
    """Answer the same deadlines as iCalendar."""
    lines = radar(courses(installation().store, current_access()), _asked(), date.today())
    return as_file(deadline_calendar(lines, interface_language()), "rogatio.ics", CALENDAR)


def radar_json(store: Store, access: AccessFilter, lines: Sequence[RadarLine], language: str) -> list[dict[str, Any]]:
    """Return deadlines with the reference and States of their requests."""
    sentences = stated_sentences(store, access, (one.deadline for one in lines))
    return [
        deadline_json(one.deadline, date.today(), language, sentences.get(one.deadline, ""))
        | {
            "own_reference": one.course.reference,
            "requesting_state": one.course.requesting,
            "requested_state": one.course.requested,
            "lacks_follow_up": one.lacks_follow_up,
        }
        for one in lines
    ]


def _asked() -> RadarFilter:
    requesting, requested = (request.args.get(name, "")[:8] for name in ("requesting", "requested"))
    return RadarFilter(requesting, requested, number("ahead", AHEAD, 0, FURTHEST))
