"""JSON form of deadlines, shared by the REST API and the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.requests.deadlines.deadlines import Deadline
from app.requests.deadlines.words import deadline_name, deadline_source


def deadline_json(deadline: Deadline, today: date, language: str, sentence: str = "") -> dict[str, Any]:
    """Return a deadline with its source, in words of ``language`` and as data; ``sentence`` is from the letter."""
    stated = bool(deadline.proposal and deadline.end)
    return {
        "document_id": deadline.document,
        "key": deadline.key,
        "text": deadline_name(deadline, language),
        "day": deadline.day,
        "days_left": deadline.days_left(today),
        "overdue": deadline.is_overdue(today),
        "origin": deadline.origin,
        "instrument": deadline.instrument or None,
        "provision": deadline.provision or None,
        "since": deadline.since or None,
        "since_event": deadline.since_event or None,
        "source": deadline_source(deadline, language),
        "sentence": sentence or None,
        "start": deadline.start if stated else None,
        "end": deadline.end if stated else None,
        "state": deadline.state or None,
        "met": deadline.met,
    }
