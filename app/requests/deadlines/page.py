"""Deadline radar as a page and as a calendar."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from app.exports.responses import as_file
from app.i18n import interface_locale, interface_variety
from app.principal import current_access, installation
from app.requests.chart import month_name
from app.requests.deadlines.calendar import deadline_calendar
from app.requests.deadlines.radar import (
    AHEAD,
    OVERDUE,
    PAGE_SIZE,
    PAST,
    WIDTH,
    Radar,
    RadarFilter,
    RadarLine,
    radar,
    radar_chart,
    radar_states,
)
from app.requests.deadlines.sentences import stated_sentences
from app.requests.deadlines.words import deadline_name, deadline_source

deadline_pages = Blueprint("request_deadlines", __name__, url_prefix="/requests")

CALENDAR = "text/calendar; charset=utf-8"
SPANS = (30, 90, AHEAD, 365, 1825)
ALL = 36_500
"""Days that stand for "since whenever"."""
OVERDUE_SPANS = (0, PAST, 90, OVERDUE, ALL)


@deadline_pages.get("/deadlines")
def deadline_list() -> str:
    """Show the deadlines that run, as a chart by pair of States and as a table, those that passed on top."""
    store, access, today = installation().store, current_access(), date.today()
    asked = filter_from_address()
    page = max(1, request.args.get("page", 1, type=int))
    found = radar(store, access, asked, today, start=PAGE_SIZE * (page - 1), limit=PAGE_SIZE)
    lines = found.lines
    variety, locale = interface_variety(), interface_locale()
    return render_template(
        "request_deadlines.html",
        lines=lines,
        chart=radar_chart(lines, today),
        chart_width=WIDTH,
        sentences=stated_sentences(store, access, (line.deadline for line in lines)),
        asked=asked,
        spans=SPANS,
        overdue_spans=OVERDUE_SPANS,
        since_whenever=ALL,
        groups=_groups(found, today),
        older=found.older,
        kept=_address(asked),
        page=page,
        pages=-(-found.total // PAGE_SIZE),
        total=found.total,
        states=radar_states(store, access),
        today=today,
        deadline_name=lambda deadline: deadline_name(deadline, variety),
        deadline_source=lambda deadline: deadline_source(deadline, variety),
        month_name=lambda day: month_name(day, locale),
    )


@deadline_pages.get("/deadlines.ics")
def deadline_feed() -> Response:
    """Return the deadlines as iCalendar, for the filter of the page."""
    lines = radar(installation().store, current_access(), filter_from_address(), date.today()).lines
    return as_file(deadline_calendar(lines, interface_variety(), date.today()), "rogatio.ics", CALENDAR)


def filter_from_address() -> RadarFilter:
    """Return the filter in the address; a number of days that the form does not offer is replaced by the default."""
    return RadarFilter(
        request.args.get("requesting", "")[:8],
        request.args.get("requested", "")[:8],
        _days("ahead", SPANS, AHEAD),
        overdue=_days("overdue", OVERDUE_SPANS, OVERDUE),
    )


def _groups(found: Radar, today: date) -> list[tuple[bool, list[RadarLine], int]]:
    """Return the lines of a page that passed (true) and those to come, each with their number on all pages."""
    passed = [line for line in found.lines if line.deadline.days_left(today) < 0]
    groups = [
        (True, passed, found.past),
        (False, list(found.lines[len(passed) :]), found.total - found.past),
    ]
    return [group for group in groups if group[1]]


def _days(name: str, offered: Collection[int], usual: int) -> int:
    chosen = request.args.get(name, "")
    return int(chosen) if chosen.isdecimal() and int(chosen) in offered else usual


def _address(asked: RadarFilter) -> dict[str, Any]:
    """Return the parts of an address that stand for a filter."""
    return {name: getattr(asked, name) for name in ("requesting", "requested", "ahead", "overdue")}
