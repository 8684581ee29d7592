"""Days that belong to the names of treaties and laws: of their signature, adoption or publication."""

from __future__ import annotations

from nlp.requests.context import RequestContext, once
from nlp.requests.dates.period_evidence import DateCandidate
from nlp.requests.law.treaty_mentions import end_with_day, treaty_mentions


def is_of_a_name(context: RequestContext, date: DateCandidate) -> bool:
    """Return whether all mentions of a date are in the name of a treaty or law ("the Act of 4 May 2019")."""
    named = _names_with_days(context)
    return bool(date.mentions) and all(any(start <= one.start < end for start, end in named) for one in date.mentions)


@once
def _names_with_days(context: RequestContext) -> list[tuple[int, int]]:
    """Return the ranges of the running text that name treaties and laws, with the days behind them."""
    flow = context.flow
    named = [(one.start, one.end) for one in treaty_mentions(context)]
    named += [(one.start, one.end) for one in context.spans("LAW")]
    return [(flow.at(start), end_with_day(flow.folded, flow.at(end))) for start, end in named]
