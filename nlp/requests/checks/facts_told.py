"""Sentences of a letter that tell what happened, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.checks.evidence_words import holds
from nlp.requests.checks.words import Fields, letter_sentences, pattern
from nlp.requests.context import RequestContext
from nlp.requests.dates.letter_date import letter_date
from nlp.requests.flow import Sentence

# Least length of a sentence with a date that reports a fact, and sections without facts.
_DATED, _NO_FACTS = 70, frozenset({"statute_text", "legal_basis", "annexes", "assistance", "urgency"})
# Maximum number of characters between a treaty and the date of its signature.
_LAW = 90
# A longer sentence may report facts before its request.
_LONG_SENTENCE = 200


def facts_sentences(context: RequestContext, fields: Fields) -> Iterator[str]:
    """Yield the folded sentences of the facts section, else of the summary, else those that describe an act.

    In a letter without such a section, requests, deadlines and announcements are no facts.
    """
    flow = context.flow
    sections = [unit for unit in context.sections_of("facts") if context.in_own_words(unit.start)]
    sections = sections or [unit for unit in context.sections_of("summary") if context.in_own_words(unit.start)]
    dates = places_of_acts(context, fields)
    for sentence in context.own_sentences():
        place = flow.places[sentence.start]
        words = flow.folded[sentence.start : sentence.end]
        within = any(unit.start + len(unit.label) <= place < unit.end for unit in sections)
        begins = any(
            unit.start <= place < unit.start + len(unit.label) < flow.places[sentence.end - 1] for unit in sections
        )
        if within or begins or (not sections and _is_narrative(context, sentence, words, fields, dates)):
            yield words


def places_of_acts(context: RequestContext, fields: Fields) -> list[int]:
    """Return the places in the flow of all dates but those of birth, of laws and treaties, and of the letter itself."""
    born = {str(one.value.get("birth_date")) for one in fields.get("persons", ()) if isinstance(one.value, Mapping)}
    flow, others = context.flow, born | {letter_date(context)}
    places = (flow.at(date.start) for date in context.spans("DATE") if date.value not in others)
    return [place for place in places if not _is_of_a_law(flow.folded, place)]


def _is_of_a_law(folded: str, place: int) -> bool:
    """Return whether the date at ``place`` is that of a law, a treaty or a paper."""
    before = folded[max(0, place - _LAW) : place]
    return any(pattern(name).search(before) for name in ("dated_law", "signed_on"))


def dated_sentences(context: RequestContext, fields: Fields) -> Iterator[str]:
    """Yield the folded sentences, wherever they stand, that tell when something happened and ask for nothing."""
    flow = context.flow
    dates = places_of_acts(context, fields)
    for sentence in letter_sentences(context):
        words = flow.folded[sentence.start : sentence.end]
        dated = any(sentence.start <= date < sentence.end for date in dates)
        if len(words) < _DATED or not dated or context.section_at(flow.places[sentence.start]) in _NO_FACTS:
            continue
        start, end = flow.original(sentence.start, sentence.end)
        asks = any(_begin_within(fields, key, start, end) for key in ("measures", "deadlines", "legal_basis"))
        if not asks and not pattern("follow_up").search(words):
            yield words


def _is_narrative(
    context: RequestContext, sentence: Sentence, words: str, fields: Fields, dates: Sequence[int]
) -> bool:
    """Return whether a sentence describes an act and is neither a request nor about a deadline.

    One that names the proceeding and its accused, a penalty, a treaty or a law tells nothing without a date of an act
    (``dates``, by their places).
    """
    if not _acts().search(words) or pattern("follow_up").search(words) or holds("formula", words):
        return False
    is_dated = any(sentence.start <= date < sentence.end for date in dates)
    if not is_dated and (_is_of_law(context, sentence, words) or pattern("proceeding").search(words)):
        return False
    start, end = context.flow.original(sentence.start, sentence.end)
    asks = sentence.end - sentence.start < _LONG_SENTENCE and _begin_within(fields, "measures", start, end)
    return not asks and not _begin_within(fields, "deadlines", start, end)


def _is_of_law(context: RequestContext, sentence: Sentence, words: str) -> bool:
    """Return whether a sentence gives a penalty or names a treaty or law."""
    start, end = context.flow.original(sentence.start, sentence.end)
    cited = any(start <= span.start < end for span in context.spans("TREATY", "LAW"))
    return cited or pattern("penalty").search(words) is not None


def _begin_within(fields: Fields, key: str, start: int, end: int) -> bool:
    return any(start <= proposal.start < end for proposal in fields.get(key, ()))


@cache
def _acts() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_periods")["acts"])
