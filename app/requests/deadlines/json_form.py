"""A deadline as JSON, one form for the API and the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.requests.deadlines.deadlines import STATED, Deadline
from app.requests.deadlines.words import deadline_name, deadline_source


def deadline_json(one: Deadline, today: date, language: str, sentence: str = "") -> dict[str, Any]:
    """Return a deadline with its source, in words of ``language`` and as data; ``sentence`` is that of the letter."""
    stated = one.origin == STATED
    return {
        "document_id": one.document,
        "key": one.key,
        "text": deadline_name(one, language),
        "day": one.day,
        "days_left": one.days_left(today),
        "origin": one.origin,
        "instrument": one.instrument or None,
        "provision": one.provision or None,
        "since": one.since or None,
        "since_event": one.since_event or None,
        "source": deadline_source(one, language),
        "sentence": sentence or None,
        "start": one.start if stated else None,
        "end": one.end if stated else None,
        "state": one.state or None,
        "met": one.met,
    }
