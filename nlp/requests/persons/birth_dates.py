"""Birth dates that stand apart from the name.

In a letter on one person alone ("Particulars: born on 8 May 1987"), and of several persons together ("A and B, born on
5 May 1991 and 3 June 1993 respectively").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.persons.details import LAST_YEAR, tells_birth
from nlp.requests.persons.parties import NATURAL, Party
from nlp.requests.persons.role_inference import DescribedParty
from nlp.requests.persons.role_places import PURSUED

# Characters before the dates of several births in which those who were born are named.
_LIST_REACH = 160


def with_distant_birth(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Give the only person pursued the only birth date of the letter that belongs to nobody else."""
    pursued = [entry for entry in described if entry[0].kind == NATURAL and entry[1].role in PURSUED]
    if len(pursued) != 1 or pursued[0][2].birth_date:
        return list(described)
    unclaimed = _births(context) - {details.birth_date for _, _, details in described}
    if len(unclaimed) != 1:
        return list(described)
    party, standing, details = pursued[0]
    completed = (party, standing, replace(details, birth_date=unclaimed.pop()))
    return [completed if entry is pursued[0] else entry for entry in described]


def with_births_in_turn(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Give birth dates that a sentence lists in turn to the persons whom it names before, if they are as many."""
    births: dict[Party, str] = {}
    for found in _in_turn().finditer(fold(context.text)):
        dates = [span for span in context.spans("DATE") if found.start() <= span.start < found.end("dates")]
        days = [span.value for span in dates if len(span.value) == 10]
        bearers = _named_before(described, found.start())[-len(days) :]
        if 1 < len(days) == len(bearers):
            births |= dict(zip(bearers, days, strict=True))
    return [
        (party, standing, replace(details, birth_date=births.get(party, details.birth_date)))
        for party, standing, details in described
    ]


def _named_before(described: Sequence[DescribedParty], place: int) -> list[Party]:
    """Return the persons named shortly before a place, in the order of their names there."""
    named = [
        (mention.start, party)
        for party, _, _ in described
        for mention in party.mentions
        if party.kind == NATURAL and 0 <= place - mention.start < _LIST_REACH
    ]
    return list(dict.fromkeys(party for _, party in sorted(named, key=lambda entry: entry[0])))


def _births(context: RequestContext) -> set[str | None]:
    """Return the full dates after words for a birth in the authority's own words."""
    folded = fold(context.text)
    return {
        span.value
        for span in context.spans("DATE")
        if len(span.value) == 10
        and int(span.value[:4]) <= LAST_YEAR
        and context.in_own_words(span.start)
        and tells_birth(folded, span)
    }


@cache
def _in_turn() -> regex.Pattern[str]:
    """Match the birth dates of several persons in turn, with the word for it before or behind them."""
    resource = load("nlp.request_persons")
    born, in_turn = rf"(?<!\w)(?:{resource['born']}|nee?s),? ", rf"(?:{resource['in_turn']})(?!\w)"
    return regex.compile(
        rf"{born}{in_turn}(?P<dates>[^.;\n]{{8,140}})|{born}(?P<dates>[^.;\n]{{0,20}}\d[^.;\n]{{4,120}}?){in_turn}"
    )
