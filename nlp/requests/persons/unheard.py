"""Persons whose hearing a letter declines ("I do not seek an interview of Mr A"): those words make no witness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.persons.parties import Mention, Party
from nlp.requests.persons.role_inference import DescribedParty
from nlp.requests.persons.roles import OTHER
from nlp.requests.statements import EXCLUDED, NEUTRAL, find_statements

_WITNESS = "witness"
_REACH = 120  # characters before a name in its sentence


def with_unheard(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Return the parties; a witness whose hearing the letter declines, and who is called none, has another role."""
    return [
        (party, replace(standing, role=OTHER), details)
        if standing.role == _WITNESS and _is_unheard(context, party)
        else (party, standing, details)
        for party, standing, details in described
    ]


def _is_unheard(context: RequestContext, party: Party) -> bool:
    """Return whether the hearing of a party is declined and nothing else calls or makes it a witness."""
    named = [_before(context, mention) for mention in party.mentions]
    others = [before for before, mood in named if not _declines(before, mood)]
    is_witness = any(_pattern("unheard_witness").search(before) for before, _ in named)
    is_declined = len(others) < len(named)
    return is_declined and not is_witness and not any(_pattern("unheard_hearing").search(one) for one in others)


def _before(context: RequestContext, mention: Mention) -> tuple[str, str]:
    """Return the words before a name in its statement, and the mood of its clause."""
    start = context.flow.at(mention.start)
    statement = next((one for one in find_statements(context) if one.start <= start < one.end), None)
    first, mood = (statement.start, statement.mood_at(start)) if statement else (start, NEUTRAL)
    return context.flow.folded[max(first, start - _REACH) : start], mood


def _declines(before: str, mood: str) -> bool:
    """Return whether a clause with words for a hearing excludes it from the request."""
    return mood == EXCLUDED and _pattern("unheard_hearing").search(before) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")[name])
