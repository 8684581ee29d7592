"""Periods within which a letter wants an answer ("within 30 days of receipt"), which are not dated.

The day on which one ends depends on an event that the letter cannot know, such as its receipt; it is computed where
events are recorded (``app.requests.deadlines``).
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.dates.period_lengths import length, period_pattern
from nlp.requests.flow import Sentence, sentence_at
from nlp.requests.proposal import Json, Proposal
from nlp.requests.statements import ASKED, EXCLUDED, NEUTRAL, mood_at

ORIGIN = "requests.answer_periods@6"
RECEIPT, LETTER, HEARING = "receipt", "letter", "hearing"
_ASKED, _EXPECTED = 0.85, 0.75
_REACH = 160
_MAX_NUMBER = 400


def read_answer_periods(context: RequestContext) -> list[Proposal]:
    """Return the periods for the answer, in the order of the letter.

    A value has ``number``, ``unit`` (hour, day, week, month), ``working`` if only working days count, ``from`` (receipt
    of the letter, also where nothing is said; date of the letter; hearing, from which it is counted back) and ``text``.
    """
    found: dict[str, Proposal] = {}
    for period in period_pattern().finditer(context.flow.folded):
        start, end = context.flow.original(*period.span())
        if not context.in_own_words(start) or context.is_unticked(start):
            continue
        sentence = sentence_at(context.sentences, period.start())
        since, confidence = _since(context, sentence, period), _confidence(context, sentence, period)
        if since and confidence:
            text = " ".join(context.text[start:end].split())
            value: Json = {**length(period), "from": since, "text": text}
            found.setdefault(repr((length(period), since)), Proposal(value, start, end, confidence, ORIGIN))
    return list(found.values())


def _since(context: RequestContext, sentence: Sentence, period: regex.Match[str]) -> str:
    """Return the event from which a period is counted, empty if it is another one or the last day is given."""
    folded = context.flow.folded
    lead, tail = _before(folded, sentence, period), folded[period.end() : sentence.end]
    if _pattern("before_hearing").match(tail):
        return HEARING
    if _pattern("hearing_lead").search(lead) or _pattern("other_end").match(tail) or _pattern("dated").match(tail):
        return ""
    for name in (RECEIPT, LETTER):
        if _pattern(name).match(tail):
            return name
    return "" if _pattern("event").match(tail) else RECEIPT


def _confidence(context: RequestContext, sentence: Sentence, period: regex.Match[str]) -> float:
    """Return the confidence that an answer is wanted within a period, 0 if none is."""
    folded = context.flow.folded
    before, tail = _before(folded, sentence, period), folded[period.end() : sentence.end]
    if not 0 < int(str(length(period)["number"])) <= _MAX_NUMBER:
        return 0.0
    counted_back = _pattern("before_hearing").match(tail) is not None
    restated = _pattern("restated").split(before)[-1]  # words before "that is" are of another day
    if not counted_back and (_pattern("never_before").search(restated) or _pattern("never_behind").match(tail)):
        return 0.0
    mood = mood_at(context, period.start())
    if _is_stated(before, tail, mood):
        return _EXPECTED
    lead = _pattern("lead").search(before)
    led = lead is not None
    if lead and _pattern("asked_act").search(before[: lead.start()]):
        return _ASKED
    if led and mood == NEUTRAL and _pattern("lapse").match(folded[sentence.end : sentence.end + _REACH]):
        return _EXPECTED
    if mood == ASKED and (led or _pattern("answered_in").search(before)):
        return _ASKED
    return _EXPECTED if led and _pattern("expected").search(folded[sentence.start : sentence.end]) else 0.0


def _is_stated(before: str, tail: str, mood: str) -> bool:
    """Return whether a letter states a period, between these words, as the one for its answer."""
    if _pattern("stated_lead").search(before):
        return mood != EXCLUDED
    given = _pattern("lead").search(before) or _pattern("holder_lead").search(before)
    return mood in (ASKED, NEUTRAL) and given is not None and _pattern("for_answer").match(tail) is not None


def _before(folded: str, sentence: Sentence, period: regex.Match[str]) -> str:
    return folded[max(sentence.start, period.start() - _REACH) : period.start()]


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    rules = load("nlp.request_answer_periods")
    written = rules[name].replace("{answer}", rules["answer"]).replace("{object}", rules["answer_object"])
    return regex.compile(written)
