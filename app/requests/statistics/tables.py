"""Counts of requests by pair of States, year, measure, offence and outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from app.requests.decided import Decisions, decided_values, decisions_by_document
from app.requests.life.course import Course, courses
from app.requests.life.links import CONFIRMED
from app.requests.statistics.suppression import THRESHOLD, suppressed, with_totals
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store

PAIR, YEAR, MEASURE, OFFENCE, OUTCOME = "pair", "year", "measure", "offence", "outcome"
DIMENSIONS = (PAIR, YEAR, MEASURE, OFFENCE, OUTCOME)
UNKNOWN, PENDING = "", "pending"
_OUTCOMES = frozenset({"executed", "partially_executed", "refused", "postponed", "returned", "withdrawn"})
_NO_REQUESTS = frozenset({"supplement", "reminder", "response", "mla_response"})


@dataclass(frozen=True, slots=True)
class Statistics:
    """A table of counts; None stands for a suppressed number.

    ``rows`` and ``columns`` are codes (a pair is ``ES-PE``), empty for what is not known. ``counts`` has a last column
    and a last row of totals. ``days`` are the median days from receipt to the outcome by row, None where fewer than
    five requests have both.
    """

    by: str
    across: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    days: tuple[int | None, ...]


def request_statistics(store: Store, access: AccessFilter, by: str = PAIR, across: str = OUTCOME) -> Statistics:
    """Return the counts of the visible requests by two of ``DIMENSIONS``; ``app.bad_parameter`` for any other.

    Letters that belong to a request (supplements, reminders, answers, translations) are no requests of their own. A
    request with several measures or offences counts for each of them, so that totals are of what is counted.
    """
    for name, value in (("by", by), ("across", across)):
        if value not in DIMENSIONS:
            raise RogatioError("app.bad_parameter", name=name)
    held = [course for course in courses(store, access).values() if _is_request(course)]
    decisions = decisions_by_document(store, [course.reading.document.id for course in held])
    values = {name: [_values(course, name, decisions) for course in held] for name in (by, across)}
    rows, columns = _codes(values[by]), _codes(values[across])
    found = Counter(
        (row, column)
        for of_row, of_column in zip(values[by], values[across], strict=True)
        for row in of_row
        for column in of_column
    )
    table = with_totals([[found[row, column] for column in columns] for row in rows])
    hidden = suppressed(table)
    counts = tuple(
        tuple(None if hide else count for count, hide in zip(row, flags, strict=True))
        for row, flags in zip(table, hidden, strict=True)
    )
    return Statistics(by, across, rows, columns, counts, tuple(_days(row, values[by], held) for row in rows))


def _is_request(course: Course) -> bool:
    belongs = any(link.verdict == CONFIRMED and link.kind == "translation" for link in course.belongs_to)
    return course.kind not in _NO_REQUESTS and not belongs


def _values(course: Course, name: str, decisions: Decisions) -> tuple[str, ...]:
    """Return the codes of a request in a dimension, empty for what is not known."""
    row, document = course.reading.row or {}, course.reading.document
    if name == PAIR:
        return (f"{course.requesting[:2] or '?'}-{course.requested[:2] or '?'}",)
    if name == YEAR:
        return (document.date[:4],)
    if name == OUTCOME:
        return (outcome(course),)
    field, key = (("measures", "measure"), ("offences", "concept"))[name == OFFENCE]
    codes = (found["value"][key] for found in decided_values(row, document.id, field, decisions))
    return tuple(dict.fromkeys(codes)) or (UNKNOWN,)


def outcome(course: Course) -> str:
    """Return the newest state that is an outcome, ``pending`` while there is none."""
    states = [event.code for event in course.events if not event.retracted and event.code in _OUTCOMES]
    return states[-1] if states else PENDING


def _codes(values: Iterable[Sequence[str]]) -> tuple[str, ...]:
    counts = Counter(code for codes in values for code in codes)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code)))


def _days(row: str, values: Sequence[Sequence[str]], held: Sequence[Course]) -> int | None:
    """Return the median days from receipt to outcome of the requests of a row, None where they are too few."""
    found = [days for codes, one in zip(values, held, strict=True) if row in codes and (days := days_taken(one)) >= 0]
    return round(median(found)) if len(found) >= THRESHOLD else None


def days_taken(course: Course) -> int:
    """Return the days from receipt to the outcome, -1 where either is not recorded."""
    days: Mapping[str, str] = {event.code: event.day for event in course.events if not event.retracted}
    end = days.get(outcome(course), "")
    if "received" not in days or not end:
        return -1
    return (date.fromisoformat(end) - date.fromisoformat(days["received"])).days
