"""Deadlines of requests in the REST API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Response, jsonify

from app.api_operations import Answer, Operation, Text, Whole, ref
from app.exports.responses import as_file
from app.i18n import interface_variety
from app.principal import current_access, installation
from app.requests.deadlines.calendar import deadline_calendar
from app.requests.deadlines.json_form import deadline_json
from app.requests.deadlines.radar import AHEAD as DAYS_AHEAD
from app.requests.deadlines.radar import OVERDUE as DAYS_OVERDUE
from app.requests.deadlines.radar import PAGE_SIZE, RadarFilter, RadarLine, radar
from app.requests.deadlines.sentences import stated_sentences
from indexing.access import AccessFilter
from indexing.store.reading import Store

CALENDAR = "text/calendar; charset=utf-8"
FURTHEST, MAX_DEADLINES = 36_500, 1_000


REQUESTING = Text("requesting", longest=8, description="The requesting State, ISO 3166 alpha-2.")
REQUESTED = Text("requested", longest=8, description="The requested State, ISO 3166 alpha-2.")
START = Whole("start", usual=0, description="Number of entries to skip.")
LIMIT = Whole("limit", usual=PAGE_SIZE, least=1, most=MAX_DEADLINES)
AHEAD = Whole("ahead", usual=DAYS_AHEAD, most=FURTHEST, description="Number of days from today.")
OVERDUE = Whole("overdue", usual=DAYS_OVERDUE, most=FURTHEST, description="Number of days they may be overdue.")


def list_request_deadlines() -> Response:
    """Return the deadlines that run: the overdue ones, then the next."""
    store, access = installation().store, current_access()
    found = radar(store, access, _filter(), date.today(), start=START.value(), limit=LIMIT.value())
    rows = radar_json(store, access, found.lines, interface_variety())
    return jsonify({"total": found.total, "past": found.past, "overdue_longer": found.older, "deadlines": rows})


def get_request_calendar() -> Response:
    """Return the same deadlines as iCalendar."""
    lines = radar(installation().store, current_access(), _filter(), date.today()).lines
    return as_file(deadline_calendar(lines, interface_variety(), date.today()), "rogatio.ics", CALENDAR)


def radar_json(store: Store, access: AccessFilter, lines: Sequence[RadarLine], language: str) -> list[dict[str, Any]]:
    """Return deadlines with the reference and States of their requests."""
    sentences = stated_sentences(store, access, (line.deadline for line in lines))
    return [
        deadline_json(line.deadline, date.today(), language, sentences.get(line.deadline, ""))
        | {
            "own_reference": line.reference,
            "requesting_state": line.requesting,
            "requested_state": line.requested,
            "lacks_follow_up": line.lacks_follow_up,
        }
        for line in lines
    ]


def _filter() -> RadarFilter:
    return RadarFilter(REQUESTING.value()[:8], REQUESTED.value()[:8], AHEAD.value(), overdue=OVERDUE.value())


OPERATIONS = (
    Operation(
        "/request-deadlines",
        list_request_deadlines,
        "listRequestDeadlines",
        tag="requests",
        summary="Deadlines that run: those that passed, the last first, then the next",
        answer=Answer(
            "Each deadline with its source.",
            {
                "type": "object",
                "required": ["total", "past", "overdue_longer", "deadlines"],
                "properties": {
                    "total": {"type": "integer"},
                    "past": {"type": "integer", "description": "How many of them are of days before today."},
                    "overdue_longer": {
                        "type": "integer",
                        "description": "How many are overdue for longer than asked for, and not among them.",
                    },
                    "deadlines": {
                        "type": "array",
                        "items": {
                            "allOf": [
                                ref("RequestDeadline"),
                                {
                                    "type": "object",
                                    "required": [
                                        "own_reference",
                                        "requesting_state",
                                        "requested_state",
                                        "lacks_follow_up",
                                    ],
                                    "properties": {
                                        "own_reference": {"type": "string"},
                                        "requesting_state": {"type": "string"},
                                        "requested_state": {"type": "string"},
                                        "lacks_follow_up": {
                                            "type": "boolean",
                                            "description": (
                                                "No formal request is linked, so that data or liberty will be lost."
                                            ),
                                        },
                                    },
                                },
                            ]
                        },
                    },
                },
            },
        ),
        endpoint="request_deadlines",
        parameters=(
            REQUESTING,
            REQUESTED,
            AHEAD,
            OVERDUE,
            START,
            LIMIT,
        ),
    ),
    Operation(
        "/request-deadlines.ics",
        get_request_calendar,
        "getRequestCalendar",
        tag="requests",
        summary="The same deadlines as iCalendar; entries contain no text of the letters",
        answer=Answer("A calendar.", content={"text/calendar": {"schema": {"type": "string"}}}),
        endpoint="request_calendar",
        parameters=(
            REQUESTING,
            REQUESTED,
            AHEAD,
            OVERDUE,
        ),
    ),
)
