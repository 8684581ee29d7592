"""Deadlines of a request: those stated in the letter, and those set by its instrument."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.requests.life.events import Event, current
from app.requests.life.statuses import is_ended
from extraction.resource import load

STATED, COMPUTED, INTERNAL = "stated", "computed", "internal"
LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its source.

    ``key`` is a reason of ``nlp/resources/request_deadlines.yaml`` (stated) or a rule of ``resources/rules.yaml``.
    ``start``, ``end`` and ``proposal`` are the evidence in the letter and the id of the proposal (stated). ``since`` is
    the first day of a computed period, ``since_event`` the event of that day, or ``letter`` if it is not recorded and
    the date of the letter is used instead. ``met`` deadlines no longer run.
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
        return self.key in follow_up_keys()


def follow_up_keys() -> Sequence[str]:
    """Return the keys of the periods that end with the loss of data or liberty unless a formal request arrives."""
    keys: Sequence[str] = load("app.requests.deadlines.rules")["follow_up"]
    return keys


@dataclass(frozen=True, slots=True)
class DatedLetter:
    """What deadlines of a letter are made from: its id, type and date, and the decided proposals of its fields."""

    document: str
    kind: str
    date: str
    fields: Mapping[str, Sequence[Mapping[str, Any]]]


def deadlines_of(letter: DatedLetter, events: Sequence[Event], linked: Collection[str]) -> tuple[Deadline, ...]:
    """Return the deadlines of one request by day; ``linked`` are the kinds of letters that people linked with it."""
    state = current(events)
    ended = state is not None and is_ended(state.code)
    found = [*_stated(letter, ended), *_computed(letter, events, linked, ended)]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.key)))


def _stated(letter: DatedLetter, ended: bool) -> Iterator[Deadline]:
    for found in letter.fields.get("deadlines", ()):
        day = str(found["value"].get("date") or "")
        if _is_day(day):
            yield Deadline(
                document=letter.document,
                key=str(found["value"].get("reason") or "answer_by"),
                day=day,
                origin=STATED,
                start=found["start"],
                end=found["end"],
                proposal=found["id"],
                state=found["state"],
                met=ended,
            )


def _computed(letter: DatedLetter, events: Sequence[Event], linked: Collection[str], ended: bool) -> Iterator[Deadline]:
    invoked = {str(found["value"]["instrument"]) for found in letter.fields.get("legal_basis", ())}
    days = {event.code: event.day for event in events if not event.retracted}
    done = {*days, *linked}
    measures = {str(found["value"]["measure"]) for found in letter.fields.get("measures", ())}
    for key, rule in load("app.requests.deadlines.rules")["rules"].items():
        basis = not rule.get("invoked") or rule["instrument"] in invoked
        asked = "measures" not in rule or measures & set(rule["measures"])
        if letter.kind in rule["types"] and basis and asked:
            since, event = _since(rule, days, letter.date)
            if since:
                yield _by_rule(
                    letter.document, rule.get("name", key), rule, since, event, ended or bool(done & set(rule["met"]))
                )


def _since(rule: Mapping[str, Any], days: Mapping[str, str], letter: str) -> tuple[str, str]:
    """Return the first day of a period and its event, both empty if it has not begun."""
    if rule["from"] in days:
        return days[rule["from"]], str(rule["from"])
    return (letter, LETTER) if rule.get("letter") and _is_day(letter) else ("", "")


def _by_rule(document: str, key: str, rule: Mapping[str, Any], since: str, event: str, met: bool) -> Deadline:
    return Deadline(
        document=document,
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
