"""Limitation of the use of what is transmitted ("specialty"): its sentences, which travel with every export.

UNTOC article 18(19), UNCAC article 46(19) and the Inter-American Convention of Nassau article 25 limit the use to the
investigations named in the request; letters repeat or extend it.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.declarations import denies, heading_end
from nlp.requests.proposal import Proposal

ORIGIN = "requests.use_limitations@1"
_SECTION = "specialty"
_STATED, _UNDER_HEADING = 0.85, 0.8
_MIN_LENGTH = 20


def read_specialty(context: RequestContext) -> list[Proposal]:
    """Return the sentences that limit the use of information and evidence."""
    found = []
    for sentence in context.own_sentences():
        first = max(sentence.start, heading_end(context, sentence))
        start, end = context.flow.original(first, sentence.end)
        if end - start < _MIN_LENGTH or context.section_at(start) == "facts":
            continue
        if confidence := _confidence(context.flow.folded[first : sentence.end], context.section_at(start)):
            text = " ".join(context.text[start:end].split())
            found.append(Proposal({"text": text}, start, end, confidence, ORIGIN))
    return found


def _confidence(words: str, section: str) -> float:
    if _pattern("never").search(words):
        return 0.0
    undertaken = all(_pattern(part).search(words) for part in ("use", "only", "of", "for"))
    excluded = _pattern("other").search(words) or (_pattern("unless").search(words) and _pattern("of").search(words))
    if undertaken or excluded or any(rule.search(words) for rule in _says()):
        return _STATED
    return _UNDER_HEADING if section == _SECTION and not denies(words) else 0.0


@cache
def _says() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in load("nlp.request_use_limitations")["says"])


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_use_limitations")[name])
