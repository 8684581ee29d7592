"""Orders and decisions that a letter invokes although they are dated after it: a contradiction of two dates."""

from __future__ import annotations

from nlp.requests.checks.words import pattern
from nlp.requests.context import RequestContext, once
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.flow import sentence_at

LATER_ORDER = "later_order"
"""The finding of the completeness check for a letter with such an order."""

_WHOLE_DAY = 10
_REACH = 90


@once
def later_orders(context: RequestContext) -> list[tuple[int, int]]:
    """Return the ranges of the dates of orders that are later than the letter, in order; none without its date."""
    written = letter_date(context)
    if len(written) != _WHOLE_DAY:
        return []
    days = (span for span in context.spans("DATE") if len(span.value) == _WHOLE_DAY and span.value > written)
    return [
        (day.start, day.end) for day in days if context.in_own_words(day.start) and _is_of_order(context, day.start)
    ]


def _is_of_order(context: RequestContext, place: int) -> bool:
    """Return whether a date is right behind the name of an order, which is not yet to come."""
    flow = context.flow
    end = flow.at(place)
    before = flow.folded[max(sentence_at(context.sentences, end).start, end - _REACH) : end]
    return pattern("ordered").search(before) is not None and pattern("to_come").search(before) is None
