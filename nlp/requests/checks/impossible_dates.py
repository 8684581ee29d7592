"""Dates that do not exist in the calendar ("on 30 February 1984"), which are no dates of the annotations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import iso_day, month_number, month_words
from nlp.requests.boxes import Range
from nlp.requests.context import RequestContext, once

IMPOSSIBLE_DATE = "impossible"
"""The finding of the completeness check for a date of the letter that is no birth date."""
# Characters between the word for a birth and the day, as a place ("né à Port-au-Prince, le 31 avril 1990").
_REACH = 45
_LAST_DAY, _MONTHS = 31, 12


@once
def impossible_births(context: RequestContext) -> list[Range]:
    """Return the ranges of the birth dates in the authority's own words that are on no day of the calendar, in order.

    Figures alone are impossible if they are neither a day and month nor, as in the United States, a month and day.
    """
    return _own(context, (one.span("date") for one in _births().finditer(context.flow.folded) if _is_impossible(one)))


@once
def impossible_dates(context: RequestContext) -> list[Range]:
    """Return the ranges of the other dates on no day of the calendar, in order: "31 de febrero de 2026".

    Of figures, only those that would be a day of a longer month: others may be a number ("32.13.2020").
    """
    found = (one for one in _dates().finditer(context.flow.folded) if _is_impossible(one) and _is_of_month(one))
    births = impossible_births(context)
    return [one for one in _own(context, (found_one.span("date") for found_one in found)) if one not in births]


def _own(context: RequestContext, places: Iterator[Range]) -> list[Range]:
    found = [context.flow.original(*place) for place in places]
    return [place for place in found if context.in_own_words(place[0])]


def _is_impossible(written: regex.Match[str]) -> bool:
    return not any(iso_day(int(written["year"]), *reading) for reading in _readings(written))


def _is_of_month(written: regex.Match[str]) -> bool:
    """Return whether a date has a month, and a day that some month has."""
    return any(0 < month <= _MONTHS and 0 < day <= _LAST_DAY for month, day in _readings(written))


def _readings(written: regex.Match[str]) -> list[tuple[int, int]]:
    """Return the month and day of a date in words, both ways to read one in figures."""
    day = int(written["day"])
    if written["word"]:
        return [(month_number(written["word"]), day)]
    month = int(written["month"])
    return [(month, day), (day, month)]


def _date() -> str:
    names = month_words()
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[ºª°])?", r"(?P<year>(?:19|20)\d{2})"
    of = r"[ ]?(?:(?:de|del|of|do|di)[ ])?"
    worded = rf"{day}[ ]?{of}(?P<word>{names})\.?,?[ ]?{of}{year}|(?P<word>{names})\.?[ ]{day},?[ ]{year}"
    return rf"(?<![\w/.-])(?P<date>{worded}|{day}(?P<mark>[./-])(?P<month>\d{{1,2}})(?P=mark){year})(?![\w/-]|\.\d)"


@cache
def _births() -> regex.Pattern[str]:
    born = load("nlp.request_checks")["birth_words"]
    return regex.compile(rf"(?<!\w)(?:{born})(?!\w)[^.;\d]{{0,{_REACH}}}?{_date()}")


@cache
def _dates() -> regex.Pattern[str]:
    return regex.compile(_date())
