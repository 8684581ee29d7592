"""Parties harmed by an offence, and employers of persons: "theft from A", "cashier of B", "la société C, son patron".

An employer is the victim where the sentence tells that something was taken, else a party without a role; neither holds
an account by that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.flow import sentence_at
from nlp.requests.persons.parties import LEGAL
from nlp.requests.persons.role_places import Place
from nlp.requests.persons.roles import OTHER

_REACH, _ACCOUNT_REACH = 160, 45


def harmed_parties(context: RequestContext, places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the mentions of harmed parties and of employers with their role."""
    folded = context.flow.folded
    for place in places:
        sentence = sentence_at(context.sentences, place.start)
        start, end = max(sentence.start, place.start - _REACH), min(sentence.end, place.end + _REACH)
        if _pattern("harmed_before").search(folded, start, place.start):
            yield place, "victim"
        elif place.party.kind == LEGAL and _is_employer(folded, place, start, end):
            if _pattern("taken").search(folded, sentence.start, sentence.end):
                yield place, "victim"
            elif not _account().search(folded, max(start, place.start - _ACCOUNT_REACH), place.start):
                yield place, OTHER


def _is_employer(folded: str, place: Place, start: int, end: int) -> bool:
    before = _pattern("employed_before").search(folded, start, place.start)
    return before is not None or _pattern("employer_after").match(folded, place.end, end) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    """Compile a pattern of ``harm``; one for the words before a name matches up to its end."""
    written = load("nlp.request_persons")["harm"][name]
    ends = r"\Z" if name.endswith("_before") else ""
    begins = "" if name.endswith("_after") else r"(?<!\w)"
    return regex.compile(rf"{begins}(?:{written}){ends}".replace(" ", r"\s+"))


@cache
def _account() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w){load('nlp.request_persons')['account_words']}(?!\w)")
