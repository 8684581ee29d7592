"""What waits at the desk, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.i18n import written_date
from app.requests.deadlines.json_form import deadline_json
from app.requests.deadlines.radar import RadarLine
from app.requests.deadlines.words import deadline_name
from app.requests.waiting import Waiting
from app.wording import counted

_SENTENCES = {
    "preservations": "requests.preservations_alone",
    "links": "requests.links_waiting",
    "statuses": "requests.statuses_waiting",
}


def waiting_json(found: Waiting, today: date, language: str) -> dict[str, Any]:
    """Return the near deadlines with their requests, and the counts."""
    return {
        "near_deadlines": [
            deadline_json(line.deadline, today, language)
            | {
                "own_reference": line.reference,
                "requesting_state": line.requesting,
                "requested_state": line.requested,
                "lacks_follow_up": line.lacks_follow_up,
            }
            for line in found.near
        ],
        "past_deadlines": found.past,
        "preservations_without_request": found.preservations,
        "proposed_links": found.links,
        "reported_states": found.statuses,
        "waits": {
            "requesting": found.requesting,
            "requested": found.requested,
            "own": found.own,
            "foreign": found.foreign,
        },
    }


def waiting_lines(found: Waiting, language: str) -> Iterator[str]:
    """Yield what waits in the words of the page, the deadlines one by one."""
    for key, lines in (("requests.past_deadlines", found.passed), ("requests.near_deadlines", found.near)):
        if lines:
            yield counted(key, len(lines), language)
            yield from (f"  {_deadline(line, language)}" for line in lines)
    for field, key in _SENTENCES.items():
        if count := getattr(found, field):
            yield counted(key, count, language)
    for side, count in found.sides.items():
        yield counted(f"waits_for.{side}", count, language)


def _deadline(line: RadarLine, language: str) -> str:
    day, name = written_date(line.deadline.day, language), deadline_name(line.deadline, language)
    return "  ".join((day, line.pair, line.reference or line.document.title or line.document.source, name))
