"""The date of a letter: its dateline at the top or at the end, else the date that the document bears."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.columns import column_head
from nlp.requests.context import RequestContext
from nlp.requests.proposal import COVER, OWN_WORDS

_TOP, _FOOT = 1_500, 700
_REACH, _LONGEST_REST = 60, 25  # characters before a date, and of what may follow it in its line
# What separates the place and date from a reference number on the same line.
_COLUMN = regex.compile(r" {3,}|\t| ?\| ?|(?<=\d)[.,;] (?=\p{Lu})")


def letter_date(context: RequestContext) -> str:
    """Return the date of the letter in ISO 8601, empty without one; that of a cover note only as a fallback.

    Without a dateline it is the date that the document bears, if most dates of the text precede it.
    """
    for covers in (False, True):
        for part in context.parts:
            if part.kind in OWN_WORDS and (part.kind == COVER) == covers:
                days = [span for span in context.spans("DATE") if part.start <= span.start < part.end]
                for span in sorted(days, key=lambda span: -span.start):
                    placed = span.start - part.start < _TOP or _last(context) - span.end < _FOOT
                    if len(span.value) == 10 and placed and is_dateline(context, span):
                        return span.value
    return context.annotations.date if _is_plausible(context) else ""


def day_of_letter(context: RequestContext) -> date:
    """Return the date of the letter, else the one that the document bears, else today."""
    for day in (letter_date(context), context.annotations.date):
        try:
            return date.fromisoformat(day)
        except ValueError:
            continue
    return datetime.now(UTC).date()


def _is_plausible(context: RequestContext) -> bool:
    """Return whether at most half of the other complete dates of the text are later than the date it bears."""
    days = {span.value for span in context.spans("DATE") if len(span.value) == 10}
    later = sum(day > context.annotations.date for day in days)
    return 2 * later <= max(1, len(days) - 1)


def _last(context: RequestContext) -> int:
    return max((part.end for part in context.parts if part.kind in OWN_WORDS), default=len(context.text))


def is_dateline(context: RequestContext, span: Span) -> bool:
    """Return whether a date is that of the letter: on a line of its own, after a place or after a word for date."""
    if _born().search(column_head(context.text, span.start)):  # of a table of persons
        return False
    flow = context.flow
    start = flow.at(span.start)
    line = _COLUMN.split(flow.cased[max(0, start - _REACH) : start].rpartition("\n")[2])[-1]
    end = flow.folded.find("\n", start)
    after = flow.folded[flow.at(span.end) : end if end >= 0 else len(flow.folded)]
    if len(after.strip(" .)")) >= _LONGEST_REST and not _pattern("dateline_rest").match(after):
        return False
    whole = flow.folded[max(0, start - 2 * _REACH) : start].rpartition("\n")[2]
    lines = (_pattern("weekday").sub("", one) for one in (line, _unnumbered(flow.cased, start)))
    return any(_pattern("dateline").search(one) for one in lines) or _pattern("given").match(whole) is not None


def _unnumbered(cased: str, start: int) -> str:
    """Return the words of a line up to ``start`` without the reference before them: "Proc. 312/25 Lisboa, "."""
    return _pattern("own_number").sub("", cased[max(0, start - 2 * _REACH) : start].rpartition("\n")[2])


@cache
def _born() -> regex.Pattern[str]:
    """Match a word for birth in the head of a column."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['born']})(?!\w)")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_posts")[name])
