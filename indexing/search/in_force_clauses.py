"""Clauses for expressions in force in a period; certain and unknown ones are distinguished."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from extraction.errors import RogatioError
from indexing.engines.plan import Clause, DateRange, Everything, Keyword, Must, MustNot, Should
from indexing.records.retrieval_units import day
from indexing.records.validity import LAST_DAY, last_day_of, read_day, today

FIELD = "in_force"
TODAY, UNKNOWN, ANY = "today", "unknown", "any"
# First and last day of a period as YYYYMMDD, both inclusive.
Period: TypeAlias = tuple[int, int]
_YEAR_OR_MONTH = re.compile(r"((?:1[5-9]|20)\d{2})(?:-(0[1-9]|1[0-2]))?")


def in_force_clause(values: Iterable[str]) -> Clause:
    """Return the filter ``in_force`` of days, months, years, ``today``, ``unknown`` and ``any``, as alternatives.

    Combined with days, ``unknown`` adds expressions that may be in force on one of them. Raises
    ``indexing.no_such_time_in_force`` for any other value.
    """
    requested = set(values)
    periods = [period_of(value) for value in sorted(requested - {ANY, UNKNOWN})]
    without_a_day = Keyword("validity", (UNKNOWN,))
    clauses: list[Clause] = [surely_in_force(period) for period in periods]
    if UNKNOWN in requested:
        gone = MustNot(Must(tuple(map(surely_not_in_force, periods))))
        clauses.append(Must((without_a_day, gone)) if periods else without_a_day)
    if ANY in requested:
        clauses.append(Everything())
    return Should(tuple(clauses))


def period_of(value: str) -> Period:
    """Return the period of a day, ``today``, a month (``2015-03``) or a year.

    Raises ``indexing.no_such_time_in_force`` for any other value.
    """
    if date := read_day(today() if value == TODAY else value):
        return day(date), day(date)
    if whole := _YEAR_OR_MONTH.fullmatch(value.strip()):
        return day(f"{whole[1]}-{whole[2] or '01'}-01"), day(last_day_of(whole[0]))
    raise RogatioError("indexing.no_such_time_in_force", value=value[:80])


def surely_in_force(period: Period) -> Clause:
    """Return the clause for expressions certainly in force on a day of the period."""
    first, last = period
    return Must((DateRange(1, last, "valid_from"), DateRange(first + 1, LAST_DAY, "valid_to")))


def surely_not_in_force(period: Period) -> Clause:
    """Return the clause for expressions certainly not in force on any day of the period."""
    first, last = period
    return Should((DateRange(last + 1, LAST_DAY, "possible_from"), surely_over(first)))


def surely_over(at: int) -> Clause:
    """Return the clause for expressions certainly no longer in force on a day (YYYYMMDD)."""
    return DateRange(1, at, "possible_to")


def undecided(period: Period) -> Clause:
    """Return the clause for expressions of which it is unknown whether they are in force in the period."""
    return Must(
        (
            Keyword("validity", ("known", "unknown")),
            MustNot(surely_not_in_force(period)),
            MustNot(surely_in_force(period)),
        )
    )
