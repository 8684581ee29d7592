"""Deadlines of a request: those that the letter states, and those that its instrument sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.requests.decided import Decisions, decided_values
from app.requests.life.events import Event, current
from app.requests.life.links import CONFIRMED, Link
from app.requests.life.statuses import is_ended
from app.requests.readings import StoredReading
from extraction.resource import load

STATED, COMPUTED, INTERNAL = "stated", "computed", "internal"
LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something has to happen, with its source.

    ``key`` is a reason of ``nlp/resources/request_deadlines.yaml`` (stated) or a rule of ``resources/rules.yaml``.
    ``start``, ``end`` and ``proposal`` are the evidence in the letter and the id of the proposal (stated). ``since`` is
    the day from which a computed one runs, ``since_event`` the event of that day, or ``letter`` where it is not
    recorded and the letter's own day is taken. ``met`` says that it no longer runs.
    """

    document: str
    key: str
    day: str
    origin: str
    instrument: str = ""
    provision: str = ""
    days: int = 0
    since: str = ""
    since_event: str = ""
    start: int = 0
    end: int = 0
    proposal: str = ""
    state: str = ""
    met: bool = False

    def days_left(self, today: date) -> int:
        return (date.fromisoformat(self.day) - today).days

    @property
    def needs_follow_up(self) -> bool:
        """Return whether data or liberty are lost unless the formal request arrives before."""
        return self.key in load("app.requests.deadlines.rules")["follow_up"]


def deadlines_of(
    reading: StoredReading, events: Sequence[Event], links: Iterable[Link], decisions: Decisions
) -> tuple[Deadline, ...]:
    """Return the deadlines of one request by day; ``links`` are those of which it is the request."""
    state = current(events)
    ended = state is not None and is_ended(state.code)
    found = [*_stated(reading, decisions, ended), *_computed(reading, events, list(links), decisions, ended)]
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def _stated(reading: StoredReading, decisions: Decisions, ended: bool) -> Iterator[Deadline]:
    for found in decided_values(reading.row or {}, reading.document.id, "deadlines", decisions):
        day = str(found["value"].get("date") or "")
        if _is_day(day):
            yield Deadline(
                document=reading.document.id,
                key=str(found["value"].get("reason") or "answer_by"),
                day=day,
                origin=STATED,
                start=found["start"],
                end=found["end"],
                proposal=found["id"],
                state=found["state"],
                met=ended,
            )


def _computed(
    reading: StoredReading, events: Sequence[Event], links: Sequence[Link], decisions: Decisions, ended: bool
) -> Iterator[Deadline]:
    row = reading.row or {}
    kind = str(row.get("document_type") or reading.document.document_type)
    basis = decided_values(row, reading.document.id, "legal_basis", decisions)
    invoked = {str(found["value"]["instrument"]) for found in basis}
    days = {one.code: one.day for one in events if not one.retracted}
    done = {*days, *(link.kind for link in links if link.verdict == CONFIRMED)}
    for key, rule in load("app.requests.deadlines.rules")["rules"].items():
        if kind in rule["types"] and (not rule.get("invoked") or rule["instrument"] in invoked):
            since, event = _since(rule, days, reading.document.date)
            if since:
                yield _by_rule(reading, key, rule, since, event, ended or bool(done & set(rule["met"])))


def _since(rule: Mapping[str, Any], days: Mapping[str, str], letter: str) -> tuple[str, str]:
    """Return the day from which a period runs and the event of that day, both empty where it does not run yet."""
    if rule["from"] in days:
        return days[rule["from"]], str(rule["from"])
    return (letter, LETTER) if rule.get("letter") and _is_day(letter) else ("", "")


def _by_rule(reading: StoredReading, key: str, rule: Mapping[str, Any], since: str, event: str, met: bool) -> Deadline:
    return Deadline(
        document=reading.document.id,
        key=key,
        day=(date.fromisoformat(since) + timedelta(days=rule["days"])).isoformat(),
        origin=INTERNAL if rule.get("internal") else COMPUTED,
        instrument=str(rule.get("instrument", "")),
        provision=str(rule.get("provision", "")),
        days=rule["days"],
        since=since,
        since_event=event,
        met=met,
    )


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
