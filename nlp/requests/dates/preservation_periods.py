"""Periods for which a letter wants data preserved ("please preserve them for 90 days")."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.dates.period_lengths import length, period_pattern
from nlp.requests.flow import Sentence, sentence_at
from nlp.requests.proposal import Json, Proposal
from nlp.requests.statements import ASKED, NEUTRAL, find_statements

ORIGIN = "requests.preservation_periods@1"
_ASKED, _WANTED = 0.85, 0.75
_REACH = 300
_MAX_NUMBER = 400


def read_preservation_periods(context: RequestContext) -> list[Proposal]:
    """Return the periods of preservation that are asked for, in the order of the letter.

    A value has ``number``, ``unit`` (hour, day, week, month), ``working`` and ``text``.
    """
    found: dict[str, Proposal] = {}
    for period in period_pattern().finditer(context.flow.folded):
        start, end = context.flow.original(*period.span())
        if not context.in_own_words(start) or context.is_unticked(start):
            continue
        confidence = _confidence(context, sentence_at(context.sentences, period.start()), period)
        if confidence:
            value: Json = {**length(period), "text": " ".join(context.text[start:end].split())}
            found.setdefault(repr(length(period)), Proposal(value, start, end, confidence, ORIGIN))
    return list(found.values())


def _confidence(context: RequestContext, sentence: Sentence, period: regex.Match[str]) -> float:
    """Return the confidence that data are to be preserved for a period, 0 if they are not."""
    folded = context.flow.folded
    before = folded[max(sentence.start, period.start() - _REACH) : period.start()]
    if not _is_of_preservation(before, folded[period.end() : sentence.end]):
        return 0.0
    if not 0 < int(str(length(period)["number"])) <= _MAX_NUMBER:
        return 0.0
    statement = next((one for one in find_statements(context) if one.start <= period.start() < one.end), None)
    mood = statement.mood_at(period.start()) if statement is not None else NEUTRAL
    if mood == ASKED or _pattern("label").search(before):
        return _ASKED
    if mood != NEUTRAL or _pattern("treaty").search(before):
        return 0.0
    return _WANTED if _pattern("wanted").search(folded[sentence.start : sentence.end]) else 0.0


def _is_of_preservation(before: str, tail: str) -> bool:
    """Return whether the words around a period make it one of a preservation to come."""
    if _pattern("never_before").search(before) or _pattern("never_behind").match(tail):
        return False
    if _pattern("of").match(tail):
        return True
    return bool(_pattern("preservation").search(before) and _pattern("lead").search(before))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_preservation_periods")[name])
