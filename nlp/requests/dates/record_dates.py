"""Dates that tell nothing of the facts: of the records that a letter asks for, of letters of cooperation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.dates.period_evidence import DateCandidate
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.periods import has_period

_REACH = 160  # characters before a day in which the words for a letter begin


def are_of_letters(context: RequestContext, dates: Sequence[DateCandidate]) -> bool:
    """Return whether all mentions of some dates are days of letters of cooperation, or of steps of sending them."""
    folded = context.flow.folded
    places = _places(dates)
    return bool(places) and all(_letter_day().search(folded, max(0, place - _REACH), place) for place in places)


def are_of_records(context: RequestContext, dates: Sequence[DateCandidate]) -> bool:
    """Return whether all mentions of some dates stand in items of a list that ask for records."""
    named = (one.statement for one in find_measure_mentions(context) if has_period(one.measure))
    asked = {(one.start, one.end) for one in named if one.is_asked_item}
    places = _places(dates)
    return bool(places) and all(any(start <= place < end for start, end in asked) for place in places)


def _places(dates: Sequence[DateCandidate]) -> list[int]:
    return [mention.start for one in dates for mention in one.mentions]


@cache
def _letter_day() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")["letter_day"])
