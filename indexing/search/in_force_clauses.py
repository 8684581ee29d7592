"""Clauses for expressions in force at a date; certain and unknown are kept apart."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import TypeAlias

from extraction.errors import RogatioError
from indexing.engines.plan import Clause, DateRange, Everything, Keyword, Must, MustNot, Should
from indexing.records.retrieval_units import day
from indexing.records.validity import LAST_DAY, read_day, today

FIELD = "in_force"
TODAY, UNKNOWN, ANY = "today", "unknown", "any"
# The first and the last day of a time, as YYYYMMDD.
Period: TypeAlias = tuple[int, int]
_YEAR_OR_MONTH = re.compile(r"((?:1[5-9]|20)\d{2})(?:-(0[1-9]|1[0-2]))?")


def in_force_clause(values: Iterable[str]) -> Clause:
    """Return the filter of ``in_force``: days, months, years, ``today``, ``unknown`` and ``any``, each an alternative.

    Beside days ``unknown`` is what may be in force on one of them, and not what surely is on none. Raises
    ``indexing.no_such_time_in_force`` for any other value.
    """
    asked = set(values)
    periods = [period_of(value) for value in sorted(asked - {ANY, UNKNOWN})]
    without_a_day = Keyword("validity", (UNKNOWN,))
    clauses: list[Clause] = [surely_in_force(period) for period in periods]
    if UNKNOWN in asked:
        gone = MustNot(Must(tuple(map(surely_not_in_force, periods))))
        clauses.append(Must((without_a_day, gone)) if periods else without_a_day)
    if ANY in asked:
        clauses.append(Everything())
    return Should(tuple(clauses))


def period_of(value: str) -> Period:
    """Return a day, ``today``, a month (``2015-03``) or a year; raises ``indexing.no_such_time_in_force``."""
    if found := read_day(today() if value == TODAY else value):
        return day(found), day(found)
    if whole := _YEAR_OR_MONTH.fullmatch(value.strip()):
        year, month = int(whole[1]), int(whole[2] or 0)
        last = calendar.monthrange(year, month or 12)[1]
        return day(f"{year}-{month or 1:02d}-01"), day(f"{year}-{month or 12:02d}-{last}")
    raise RogatioError("indexing.no_such_time_in_force", value=value[:80])


def surely_in_force(period: Period) -> Clause:
    """Return what finds versions that are known to be in force on a day of a period."""
    first, last = period
    return Must((DateRange(1, last, "valid_from"), DateRange(first + 1, LAST_DAY, "valid_to")))


def surely_not_in_force(period: Period) -> Clause:
    """Return what finds versions that are known to be in force on no day of a period."""
    first, last = period
    return Should((DateRange(last + 1, LAST_DAY, "possible_from"), surely_over(first)))


def surely_over(at: int) -> Clause:
    """Return what finds versions that are known to be in force no more on a day, and on none to come."""
    return DateRange(1, at, "possible_to")


def undecided(period: Period) -> Clause:
    """Return what finds versions of which it is not known whether they are in force on a day of a period."""
    return Must(
        (
            Keyword("validity", ("known", "unknown")),
            MustNot(surely_not_in_force(period)),
            MustNot(surely_in_force(period)),
        )
    )
