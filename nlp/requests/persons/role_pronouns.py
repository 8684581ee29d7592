"""Roles that a sentence states with a pronoun for the person named last: "A, born on 1 May 1970. He is a suspect."

The patterns are ``by_pronoun`` of ``entry`` and the words of roles in ``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.role_places import Place, described_words

_REACH = 400  # characters between the pronoun and the name


def roles_by_pronoun(folded: str, places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the mentions of natural persons whom such a sentence, in the line of the name, gives a role."""
    natural = [place for place in places if place.party.kind == NATURAL]
    for role, pattern in _said().items():
        for found in pattern.finditer(folded):
            first = max(folded.rfind("\n", 0, found.start()) + 1, found.start() - _REACH)
            named = [place for place in natural if first <= place.start and place.end <= found.start()]
            if named and _is_only_one(folded, named, found.start()):
                yield named[-1], role


def _is_only_one(folded: str, named: Sequence[Place], end: int) -> bool:
    """Return whether the last sentence with a name before a place names one person only."""
    last = named[-1]
    begin = max(folded.rfind(stop, 0, last.start) for stop in (". ", "; ", "\n"))
    return {place.party for place in named if begin < place.start < end} == {last.party}


@cache
def _said() -> Mapping[str, regex.Pattern[str]]:
    begins = load("nlp.request_persons")["entry"]["by_pronoun"]
    return {role: regex.compile(rf"{begins}(?:{words})(?!\w)") for role, words in described_words().items()}
