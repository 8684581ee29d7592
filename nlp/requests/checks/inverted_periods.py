"""Periods of requested records whose last day lies before the first ("from 1 June 2023 to 31 May 2023")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.requests.boxes import Range
from nlp.requests.checks.words import Fields, measure_names, pattern
from nlp.requests.context import RequestContext
from nlp.requests.dates.period_evidence import Mention, dates_in
from nlp.requests.flow import Sentence
from nlp.requests.measures.mentions import find_measure_mentions

INVERTED = "inverted"
_BEFORE, _BETWEEN = 30, 40
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FIGURES = regex.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, slots=True)
class InvertedPeriod:
    """The dates of a period as written in the original, and its range there."""

    first: str
    last: str
    place: Range


def inverted_periods(context: RequestContext, fields: Fields) -> list[InvertedPeriod]:
    """Return the periods of the records asked for that end before they begin, in order, each once."""
    wanted = {*load("nlp.request_checks")["records"]} & measure_names(fields)
    statements = {
        (one.statement.start, one.statement.end) for one in find_measure_mentions(context) if one.measure in wanted
    }
    return [found for start, end in sorted(statements) for found in _inverted(context, Sentence(start, end))]


def _inverted(context: RequestContext, sentence: Sentence) -> Iterator[InvertedPeriod]:
    folded = context.flow.folded
    for first, last in pairwise(dates_in(context, sentence)):
        if _is_range(folded, sentence, first, last) and _ends_before(context, first, last):
            place = context.flow.original(first.start, last.end)
            yield InvertedPeriod(_written(context, first), _written(context, last), place)


def _written(context: RequestContext, named: Mention) -> str:
    start, end = context.flow.original(named.start, named.end)
    return " ".join(context.text[start:end].split())


def _is_range(folded: str, sentence: Sentence, first: Mention, last: Mention) -> bool:
    """Return whether words make two dates, each with its own year, the ends of a period and no list."""
    between = folded[first.end : last.start]
    before = folded[max(sentence.start, first.start - _BEFORE) : first.start]
    if len(between) > _BETWEEN or not all(_YEAR.search(folded, one.start, one.end) for one in (first, last)):
        return False
    if pattern("range_to").fullmatch(between):
        return True
    return pattern("range_and").fullmatch(between) is not None and pattern("range_between").search(before) is not None


def _ends_before(context: RequestContext, first: Mention, last: Mention) -> bool:
    """Return whether the last date lies before the first; in English, figures must do so by month and day too."""
    exact = min(len(first.value), len(last.value))
    if first.value[:exact] <= last.value[:exact]:
        return False
    written = [_FIGURES.fullmatch(context.flow.folded, one.start, one.end) for one in (first, last)]
    if context.language != "en" or not all(written):
        return True
    swapped = [(one[4], int(one[1]), int(one[3])) for one in written if one]
    return swapped[0] > swapped[1]
