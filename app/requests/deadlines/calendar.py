"""Deadlines as an iCalendar file (RFC 5545).

Calendars are copied to telephones and other services, so an entry identifies the request by its reference and pair of
States and the source by its article; it contains no words of the letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.radar import RadarLine
from app.requests.deadlines.words import deadline_name, deadline_source
from app.wording import wording


def deadline_calendar(lines: Iterable[RadarLine], language: str, today: date) -> bytes:
    """Return a calendar with an all-day entry per deadline; the entry's id depends on day and kind only.

    What is overdue stays on its day, and its title says that it is overdue.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Rogatio//Rogatio//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", wording("requests.calendar_name", language))
    for line in lines:
        calendar.add_component(_entry(line, language, today))
    return bytes(calendar.to_ical())


def _entry(line: RadarLine, language: str, today: date) -> Event:
    reference = line.reference or line.deadline.document[:8]
    entry = Event()
    entry.add("uid", f"{_identity(line.deadline)}@rogatio")
    entry.add("dtstamp", datetime.now(UTC))
    entry.add("dtstart", date.fromisoformat(line.deadline.day))
    overdue = wording("requests.overdue_entry", language) if line.deadline.is_overdue(today) else ""
    entry.add("summary", f"{overdue}{deadline_name(line.deadline, language)} · {reference} ({line.pair})")
    entry.add("description", deadline_source(line.deadline, language))
    entry.add("class", "CONFIDENTIAL")
    entry.add("transp", "TRANSPARENT")
    return entry


def _identity(deadline: Deadline) -> str:
    return hashlib.sha256(f"{deadline.document} {deadline.key} {deadline.day}".encode()).hexdigest()[:32]
