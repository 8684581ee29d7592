"""Dates that a letter names only as the period of records it asks for, which tell nothing of the facts."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.requests.context import RequestContext
from nlp.requests.dates.period_evidence import DateCandidate
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.periods import has_period


def are_of_records(context: RequestContext, dates: Sequence[DateCandidate]) -> bool:
    """Return whether all mentions of some dates stand in items of a list that ask for records."""
    named = (one.statement for one in find_measure_mentions(context) if has_period(one.measure))
    asked = {(one.start, one.end) for one in named if one.is_asked_item}
    places = [mention.start for one in dates for mention in one.mentions]
    return bool(places) and all(any(start <= place < end for start, end in asked) for place in places)
