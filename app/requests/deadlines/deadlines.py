"""Deadlines of a request: those stated in the letter as a day or as a period, and those set by its instrument."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.requests.decisions import CORRECTED
from app.requests.life.events import Event, current, is_day
from app.requests.life.statuses import is_ended
from extraction.resource import load
from nlp.requests.dates import answer_periods
from nlp.requests.dates.period_lengths import day_after

STATED, COMPUTED, INTERNAL, PERSON = "stated", "computed", "internal", "person"
LETTER = "letter"
# First days of a period that the letter states: its receipt or its date, the entry of the file, the hearing.
RECEIVED, LETTER_DATE, ENTERED, HEARING = "received", "letter_date", "entered", "hearing"
ANSWER_PERIODS = frozenset({"answer_period", "answer_period_working"})
PRESERVATION_LAPSE, PRESERVATION_PERIOD = "preservation_lapse", "preservation_period"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline with its source.

    ``key`` is a reason of ``nlp/resources/request_deadlines.yaml`` (stated), one of ``ANSWER_PERIODS`` or
    ``PRESERVATION_PERIOD`` (periods that the letter states), or a rule of ``resources/rules.yaml``. ``start``, ``end``
    and ``proposal`` are the evidence in the letter and the id of the proposal, if it states the deadline. ``since`` is
    the first day of a computed period, ``since_event`` the event of that day, or ``letter`` if it is not recorded and
    the date of the letter is used instead. The ``origin`` of a day that a person entered instead of the letter's is
    ``person``. A period that the letter states is counted from its receipt, from ``letter_date``, from ``entered`` (the
    day on which the file was added) or back from ``hearing``. ``met`` deadlines no longer run.
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
        """Return the number of days until the deadline, negative when it has passed."""
        return (date.fromisoformat(self.day) - today).days

    def is_overdue(self, today: date) -> bool:
        """Return whether it has passed and still runs; the day of a hearing or another event is past, not overdue."""
        return not self.met and self.days_left(today) < 0 and self.key not in date_keys()

    @property
    def is_entered(self) -> bool:
        """Return whether a person entered it: added what the letter does not say, or corrected the reading."""
        return bool(self.proposal) and (self.state == CORRECTED or not self.end)

    @property
    def needs_follow_up(self) -> bool:
        """Return whether data or liberty are lost unless the formal request arrives before."""
        return self.key in follow_up_keys()


def follow_up_keys() -> Sequence[str]:
    """Return the keys of the periods that end with the loss of data or liberty unless a formal request arrives."""
    keys: Sequence[str] = load("app.requests.deadlines.rules")["follow_up"]
    return keys


def date_keys() -> Sequence[str]:
    """Return the keys of deadlines on which something takes place."""
    keys: Sequence[str] = load("app.requests.deadlines.rules")["dates"]
    return keys


@dataclass(frozen=True, slots=True)
class DatedLetter:
    """What deadlines of a letter are made from: its id, type and date, and the decided proposals of its fields.

    ``added`` is the day on which its file was added (ISO 8601), empty if unknown.
    """

    document: str
    kind: str
    date: str
    fields: Mapping[str, Sequence[Mapping[str, Any]]]
    added: str = ""


def deadlines_of(letter: DatedLetter, events: Sequence[Event], linked: Collection[str]) -> tuple[Deadline, ...]:
    """Return the deadlines of one request by day; ``linked`` are the kinds of letters that people linked with it."""
    state = current(events)
    ended = state is not None and is_ended(state.code)
    found = [
        *_stated(letter, ended),
        *_answer_periods(letter, events, ended),
        *_computed(letter, events, linked, ended),
    ]
    return tuple(sorted(found, key=lambda deadline: (deadline.day, deadline.key)))


def _stated(letter: DatedLetter, ended: bool) -> Iterator[Deadline]:
    for found in letter.fields.get("deadlines", ()):
        day = str(found["value"].get("date") or "")
        if is_day(day):
            stated = Deadline(
                document=letter.document,
                key=str(found["value"].get("reason") or "answer_by"),
                day=day,
                origin=STATED,
                met=ended,
                **_evidence(found),
            )
            yield replace(stated, origin=PERSON) if stated.is_entered else stated


def _evidence(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return where a letter states a deadline, the id of its proposal and whether it is confirmed."""
    return {"start": found["start"], "end": found["end"], "proposal": found["id"], "state": found["state"]}


def _answer_periods(letter: DatedLetter, events: Sequence[Event], ended: bool) -> Iterator[Deadline]:
    """Yield the last day of each period that the letter states for its answer."""
    for found in letter.fields.get("answer_period", ()):
        value = found["value"]
        since, event = _first_day(letter, events, str(value.get("from") or answer_periods.RECEIPT), found["start"])
        day = last_day(value, date.fromisoformat(since), back=event == HEARING) if since else None
        if day is not None:
            yield Deadline(
                document=letter.document,
                key="answer_period_working" if value.get("working") else "answer_period",
                day=day.isoformat(),
                origin=COMPUTED,
                days=abs((day - date.fromisoformat(since)).days),
                since=since,
                since_event=event,
                met=ended,
                **_evidence(found),
            )


def _first_day(letter: DatedLetter, events: Sequence[Event], since: str, place: int) -> tuple[str, str]:
    """Return the day from which a stated period is counted and what it is, both empty if it is not known.

    Until its receipt is recorded, the date of the letter is taken, which is the earliest, else the day of its entry. Of
    several hearings the period is counted from that named last before its own ``place``.
    """
    if since == answer_periods.HEARING:
        return _hearing_before(letter, place)
    received = {event.code: event.day for event in events if not event.retracted and event.code == RECEIVED}
    if since == answer_periods.RECEIPT and received:
        return received[RECEIVED], RECEIVED
    if is_day(letter.date):
        return letter.date, LETTER if since == answer_periods.RECEIPT else LETTER_DATE
    return (letter.added, ENTERED) if is_day(letter.added) else ("", "")


def _hearing_before(letter: DatedLetter, place: int) -> tuple[str, str]:
    """Return the day of the hearing named last before a place of the letter, else of the first; empty without one."""
    stated = [found for found in letter.fields.get("deadlines", ()) if found["value"].get("reason") == HEARING]
    named = sorted((found["start"], str(found["value"].get("date"))) for found in stated)
    days = [(start, day) for start, day in named if is_day(day)]
    before = [day for start, day in days if start < place]
    return (before[-1], HEARING) if before else min(((day, HEARING) for _, day in days), default=("", ""))


def last_day(value: Mapping[str, Any], since: date, *, back: bool = False) -> date | None:
    """Return the last day of a period (``number``, ``unit``, ``working``), None if it has no length.

    The day from which it is counted is not part of it; hours count as whole days. Working days are those from Monday to
    Friday, since the holidays of an authority are not known. ``back`` counts into the past.
    """
    number = int(value.get("number") or 0)
    if number <= 0:
        return None
    if value.get("working"):
        return _after_working_days(since, number, -1 if back else 1)
    return day_after(since, number, str(value.get("unit")), back=back)


def _after_working_days(day: date, number: int, sign: int) -> date:
    while number:
        day += timedelta(days=sign)
        number -= day.weekday() < 5
    return day


def _computed(letter: DatedLetter, events: Sequence[Event], linked: Collection[str], ended: bool) -> Iterator[Deadline]:
    days = {event.code: event.day for event in events if not event.retracted}
    done = {*days, *linked}
    for key, rule in load("app.requests.deadlines.rules")["rules"].items():
        if _applies(rule, letter):
            since, event = _since(rule, days, letter.date)
            if since:
                met = ended or bool(done & set(rule["met"]))
                of_rule = _by_rule(letter.document, rule.get("name", key), rule, since, event, met)
                yield from list(_as_stated(letter, rule.get("stated", ""), of_rule)) or [of_rule]


def _applies(rule: Mapping[str, Any], letter: DatedLetter) -> bool:
    """Return whether a letter is of a type of the rule and has what the rule asks for."""
    if letter.kind not in rule["types"]:
        return False
    invoked = {str(found["value"]["instrument"]) for found in letter.fields.get("legal_basis", ())}
    measures = {str(found["value"]["measure"]) for found in letter.fields.get("measures", ())}
    return (
        (not rule.get("invoked") or rule["instrument"] in invoked)
        and (not rule.get("urgent") or bool(letter.fields.get("urgency")))
        and ("measures" not in rule or bool(measures & set(rule["measures"])))
    )


def _as_stated(letter: DatedLetter, field: str, of_rule: Deadline) -> Iterator[Deadline]:
    """Yield the deadline of a rule with each period that the letter itself states for it in ``field``."""
    since = date.fromisoformat(of_rule.since)
    for found in letter.fields.get(field, ()):
        if day := last_day(found["value"], since):
            yield replace(of_rule, key=field, day=day.isoformat(), days=(day - since).days, **_evidence(found))


def _since(rule: Mapping[str, Any], days: Mapping[str, str], letter: str) -> tuple[str, str]:
    """Return the first day of a period and its event, both empty if it has not begun."""
    if rule["from"] in days:
        return days[rule["from"]], str(rule["from"])
    return (letter, LETTER) if rule.get("letter") and is_day(letter) else ("", "")


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
