"""Birth dates that do not exist in the calendar ("born on 30 February 1984"), which are no dates of the annotations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import iso_day, month_number, month_words
from nlp.requests.context import RequestContext, once

# Characters between the word for a birth and the day, as a place ("né à Port-au-Prince, le 31 avril 1990").
_REACH = 45


@once
def impossible_births(context: RequestContext) -> list[tuple[int, int]]:
    """Return the ranges of the birth dates in the authority's own words that are on no day of the calendar, in order.

    Figures alone are impossible if they are neither a day and month nor, as in the United States, a month and day.
    """
    found = [context.flow.original(*place) for place in _places(context.flow.folded)]
    return [place for place in found if context.in_own_words(place[0])]


def _places(folded: str) -> Iterator[tuple[int, int]]:
    for written in _pattern().finditer(folded):
        year, day = int(written["year"]), int(written["day"])
        if written["word"]:
            readings = [(month_number(written["word"]), day)]
        else:
            readings = [(int(written["month"]), day), (day, int(written["month"]))]
        if not any(iso_day(year, *reading) for reading in readings):
            yield written.span("date")


@cache
def _pattern() -> regex.Pattern[str]:
    names, born = month_words(), load("nlp.request_checks")["birth_words"]
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[ºª°])?", r"(?P<year>(?:19|20)\d{2})"
    of = r"[ ]?(?:(?:de|del|of|do|di)[ ])?"
    worded = rf"{day}[ ]?{of}(?P<word>{names})\.?,?[ ]?{of}{year}|(?P<word>{names})\.?[ ]{day},?[ ]{year}"
    figures = rf"{day}[./-](?P<month>\d{{1,2}})[./-]{year}"
    return regex.compile(rf"(?<!\w)(?:{born})(?!\w)[^.;\d]{{0,{_REACH}}}?(?<!\w)(?P<date>{worded}|{figures})(?!\w)")
