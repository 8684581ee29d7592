"""The day of the facts of a request, which determines the applicable law."""

from __future__ import annotations

from collections.abc import Mapping

from app.requests.decided_fields import Decisions, decided_values
from app.requests.life.course import Course
from indexing.records.validity import last_day_of


def facts_day(of: Course, decisions: Decisions) -> str:
    """Return the last day of the facts in ISO 8601, else the day of the letter; empty if both are unknown.

    For a month or a year it is the last day.
    """
    row, document = of.reading.row or {}, of.reading.document
    for found in decided_values(row, document.id, "facts_period", decisions):
        if isinstance(found["value"], Mapping):
            start, end = str(found["value"].get("from") or ""), str(found["value"].get("to") or "")
            if end or start:
                return last_day_of(end or start)
    return last_day_of(document.date) if document.date else ""
