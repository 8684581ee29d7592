"""Requested special procedures: oath, presence, warnings, recording, form of copies."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.declarations import denies, heading_end
from nlp.requests.flow import Sentence
from nlp.requests.proposal import Proposal
from nlp.requests.sentences import ITEM

ORIGIN = "requests.procedures@1"
_SECTION = "procedure"
_MIN_LENGTH = 20
_MIN_WORDS = 4  # of an item of a list under the heading on the manner of execution


def read_special_procedure(context: RequestContext) -> list[Proposal]:
    """Return the sentences about the manner of execution of the measures."""
    found = []
    for sentence in context.own_sentences():
        first = max(sentence.start, heading_end(context, sentence))
        start, end = context.flow.original(first, sentence.end)
        if end - start >= _MIN_LENGTH and _is_procedure(context, Sentence(first, sentence.end), start):
            text = " ".join(context.text[start:end].split())
            found.append(Proposal({"text": text}, start, end, 0.8, ORIGIN))
    return found


def _is_procedure(context: RequestContext, sentence: Sentence, place: int) -> bool:
    words = context.flow.folded[sentence.start : sentence.end]
    if _pattern("never").search(words):
        return False
    if denies(words):
        return False
    asks = _pattern("asks").search(words) is not None
    manner = any(rule.search(words) for rule in _manners())
    if context.section_at(place) == _SECTION:
        listed = ITEM.match(words) is not None and len(words.split()) >= _MIN_WORDS
        return manner or ((asks or listed) and _pattern("wanted_by").search(words) is None)
    return manner and asks and context.section_at(place) != "facts"


@cache
def _manners() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_details")["procedure"]["manner"])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["procedure"][name])
