"""Clauses for expressions in force at a date; certain and unknown are kept apart."""

from __future__ import annotations

from collections.abc import Iterable

from extraction.errors import RogatioError
from indexing.engines.plan import Clause, DateRange, Everything, Keyword, Must, MustNot, Should
from indexing.records.retrieval_units import day
from indexing.records.validity import LAST_DAY, read_day, today

FIELD = "in_force"
TODAY, UNKNOWN, ANY = "today", "unknown", "any"


def in_force_clause(values: Iterable[str]) -> Clause:
    """Return the filter of ``in_force``: days, ``today``, ``unknown`` and ``any``, each an alternative.

    Beside days ``unknown`` is what may be in force on one of them, and not what surely is on none. Raises
    ``indexing.no_such_time_in_force`` for any other value.
    """
    asked = set(values)
    days = [day_of(value) for value in sorted(asked - {ANY, UNKNOWN})]
    without_a_day = Keyword("validity", (UNKNOWN,))
    clauses: list[Clause] = [surely_in_force(day) for day in days]
    if UNKNOWN in asked:
        gone = MustNot(Must(tuple(map(surely_not_in_force, days))))
        clauses.append(Must((without_a_day, gone)) if days else without_a_day)
    if ANY in asked:
        clauses.append(Everything())
    return Should(tuple(clauses))


def day_of(value: str) -> int:
    """Return a day or ``today`` as YYYYMMDD; ``indexing.no_such_time_in_force`` for what is neither."""
    if found := read_day(today() if value == TODAY else value):
        return day(found)
    raise RogatioError("indexing.no_such_time_in_force", value=value[:80])


def surely_in_force(at: int) -> Clause:
    """Return what finds versions that are known to be in force on a day (YYYYMMDD)."""
    return Must((DateRange(1, at, "valid_from"), DateRange(at + 1, LAST_DAY, "valid_to")))


def surely_not_in_force(at: int) -> Clause:
    """Return what finds versions that are known not to be in force on a day."""
    return Should((DateRange(at + 1, LAST_DAY, "possible_from"), surely_over(at)))


def surely_over(at: int) -> Clause:
    """Return what finds versions that are known to be in force no more on a day, and on none to come."""
    return DateRange(1, at, "possible_to")


def undecided(at: int) -> Clause:
    """Return what finds versions of which it is not known whether they are in force on a day."""
    return Must(
        (Keyword("validity", ("known", "unknown")), MustNot(surely_not_in_force(at)), MustNot(surely_in_force(at)))
    )
