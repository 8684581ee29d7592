"""Periods of requested measures: from when to when records are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.checks.words import pattern
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.dates.period_evidence import Mention as Dated
from nlp.requests.dates.period_evidence import dates_in
from nlp.requests.dates.period_lengths import day_after, length_of
from nlp.requests.flow import Sentence
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.statements import Statement, find_statements

Period = Mapping[str, str | None]
# Names in which a date is no part of a period: "the Convention of 20 April 1959".
_DATED_NAMES = ("TREATY", "LAW", "REFERENCE", "JUDGMENT", "CASE")
# Characters before a date that tell what it is of, between the two dates of a period, after a statement, after the word
# for a period, and back to the period that a statement refers to.
_BEFORE, _BETWEEN, _BEHIND, _NAMED, _REFERENCE = 60, 70, 450, 130, 900
# Two dates that look like the number of a case: "01/03/2024-31/08/2024".
_IN_FIGURES = regex.compile(r"(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}[-–]?){2}")
_CELL = regex.compile(r"\||\t| {3,}")  # what stands between the cells of a row
_OPENS_LINE = regex.compile(r"\n[^\w\n]*(?:(?:el|o|the|la|le|l[oa]s|as|les)[ ])?\Z")
_YEAR, _DAY = 4, 10  # characters of a year, of a date with its day
_PAIR = 2


def has_period(measure: str) -> bool:
    """Return whether a measure concerns records or an observation, which have a period."""
    return measure in load("nlp.request_targets")["dated"]


def find_period(context: RequestContext, mentions: Sequence[Mention]) -> Period | None:
    """Return the first and last day, month or year of a measure, from its mentions, the surest first.

    An end that is not stated is None.
    """
    if not has_period(mentions[0].measure):
        return None
    ordered = sorted(mentions, key=lambda mention: not mention.statement.is_asked_item)
    days = mentions[0].measure in load("nlp.request_targets")["of_days"]
    for mention in ordered:
        if periods := list(_periods(context, mention.statement.start, mention.statement.end, days=days)):
            return min(periods, key=lambda one: _distance(mention, one[0]))[1]
    for mention in ordered:
        if pattern("since_opening").search(context.flow.folded, mention.statement.start, mention.statement.end):
            return None  # from the first record on: no dates of other things are its period
        if period := _same_as_before(context, mention.statement) or _stated_behind(context, mention.statement):
            return period
    return None


def period_of_row(context: RequestContext, mentions: Sequence[Mention], target: str) -> Period | None:
    """Return the period in the row of a table that names a target, if a statement refers to periods stated there."""
    folded = context.flow.folded
    referring = any(_pattern("tabled").search(folded, one.statement.start, one.statement.end) for one in mentions)
    if not referring or not has_period(mentions[0].measure):
        return None
    for found in regex.finditer(regex.escape(fold(target)), folded):
        text, place = context.text, context.flow.places[found.start()]
        start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        end = end if end >= 0 else len(text)
        if _CELL.search(text, start, end):
            return next((one for _, one in _periods(context, context.flow.at(start), context.flow.at(end))), None)
    return None


def _same_as_before(context: RequestContext, statement: Statement) -> Period | None:
    """Return the period named last before a statement that refers to it ("for the same months")."""
    if not pattern("same_period").search(context.flow.folded, statement.start, statement.end):
        return None
    before = [period for _, period in _periods(context, max(0, statement.start - _REFERENCE), statement.start)]
    return next((period for period in reversed(before) if period["to"]), None)


def _distance(mention: Mention, place: int) -> int:
    return place - mention.start if place >= mention.start else 2 * (mention.start - place)


def _stated_behind(context: RequestContext, statement: Statement) -> Period | None:
    """Return the period that the words behind a statement name as one ("Period: 1 May to 30 June 2025").

    Behind another order it is that one's, unless a line begins with it.
    """
    folded, end = context.flow.folded, statement.end
    asked = [one.statement for one in find_measure_mentions(context)]
    asked += [one for one in find_statements(context) if one.is_asked_item]
    orders = {one.start for one in asked if one.start >= end}
    for named in pattern("period_word").finditer(folded, end, min(len(folded), end + _BEHIND)):
        if any(order <= named.start() for order in orders) and not _OPENS_LINE.search(folded, end, named.start()):
            continue
        for _, period in _periods(context, named.start(), min(len(folded), named.end() + _NAMED)):
            return period
    return None


def _periods(context: RequestContext, start: int, end: int, *, days: bool = False) -> Iterator[tuple[int, Period]]:
    """Yield the periods in a range of the running text, each with its place; ``days``: a single day is one."""
    folded = context.flow.folded
    dates = [
        one for one in dates_in(context, Sentence(start, end), letter_date(context)) if _may_begin(context, start, one)
    ]
    number = 0
    while number < len(dates):
        first = dates[number]
        following = dates[number + 1] if number + 1 < len(dates) else None
        if following and _joined(folded, first, following):
            if first.value <= following.value:
                yield first.start, {"from": first.value, "to": following.value}
            number += 2
            continue
        before = folded[max(start, first.start - _BEFORE) : first.start]
        years = _listed_years(folded, dates[number:])
        if len(years) > _PAIR and _pattern("of").search(before):
            yield first.start, {"from": first.value, "to": years[-1].value}
            number += len(years)
            continue
        if _pattern("since").search(before) or _pattern("to_date").match(folded, first.end, end):
            yield first.start, {"from": first.value, "to": _stated_end(context, start, end, first)}
        elif (len(first.value) < _DAY and _pattern("of").search(before)) or (
            days
            and len(first.value) == _DAY
            and _pattern("day").search(before)
            and not _pattern("birth").search(before)
        ):
            yield first.start, {"from": first.value, "to": first.value}
        number += 1


def _listed_years(folded: str, dates: Sequence[Dated]) -> list[Dated]:
    """Return the first of some dates with those that a list of years joins to it: "2021, 2022 and 2023"."""
    years = [dates[0]]
    for one in dates[1:]:
        is_year = len(one.value) == _YEAR == len(years[-1].value)
        if not is_year or not _pattern("listed").fullmatch(folded, years[-1].end, one.start):
            break
        years.append(one)
    return years


def _stated_end(context: RequestContext, start: int, end: int, first: Dated) -> str | None:
    """Return the last day of a period with its first: the day of the letter ("to date"), or after a length of time."""
    folded = context.flow.folded
    if _pattern("to_date").match(folded, first.end, end):
        return letter_date(context) or None
    lasting = _pattern("lasting").search(folded, max(start, first.start - _BETWEEN), first.start)
    length = length_of(lasting["length"]) if lasting else {}
    if len(first.value) < _DAY or not length:
        return None
    behind = day_after(date.fromisoformat(first.value), int(str(length["number"])), str(length["unit"]))
    return (behind - timedelta(days=1)).isoformat()


def _may_begin(context: RequestContext, start: int, named: Dated) -> bool:
    """Return whether a date is no part of a name, and that of no law, letter or deadline."""
    flow = context.flow
    names = (one for one in context.spans(*_DATED_NAMES) if not _IN_FIGURES.fullmatch(context.text, one.start, one.end))
    if any(flow.at(name.start) <= named.start < flow.at(name.end) for name in names):
        return False
    before = flow.folded[max(start, named.start - _BEFORE) : named.start]
    return not any(pattern(name).search(before) for name in ("dated_law", "deadline_before"))


def _joined(folded: str, first: Dated, last: Dated) -> bool:
    between = folded[first.end : last.start]
    return len(between) <= _BETWEEN and _pattern("between").search(between) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")[name])
