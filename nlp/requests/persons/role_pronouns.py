"""Roles that a sentence states of whom it names or of the person named last: "A is the victim", "B. He is a suspect."

The patterns are ``by_name`` and ``by_pronoun`` of ``entry`` and the words of roles in
``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.persons.parties import NATURAL
from nlp.requests.persons.role_places import Place, described_words

_NEAR = 40  # characters before a name
_REACH = 400  # characters between the pronoun and the name


def predicated_roles(folded: str, cased: str, places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the mentions of whom a sentence gives a role by a verb directly behind the name, or by a pronoun.

    ``folded`` and ``cased`` are the running text folded and as written, in which "e" and "é" differ.
    """
    for role, pattern in _said("by_name").items():
        for place in places:
            found = pattern.match(folded, place.end)
            if (
                found
                and _is_verb(cased, found)
                and not _neither().search(folded[max(0, place.start - _NEAR) : place.start])
            ):
                yield place, role
    yield from _roles_by_pronoun(folded, cased, [place for place in places if place.party.kind == NATURAL])


def _is_verb(cased: str, found: regex.Match[str]) -> bool:
    """Return whether what looks like the verb is one: "é", not "e", which joins two names in Portuguese."""
    return found["verb"] != "e" or cased[slice(*found.span("verb"))] in "éÉ"


def _roles_by_pronoun(folded: str, cased: str, natural: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Yield the mentions of persons whom a sentence with a pronoun, in the line of the name, gives a role."""
    for role, pattern in _said("by_pronoun").items():
        for found in (one for one in pattern.finditer(folded) if _is_verb(cased, one)):
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
def _neither() -> regex.Pattern[str]:
    """Match the word by which a statement on a name is a denial."""
    return regex.compile(load("nlp.request_persons")["denials"]["neither"])


@cache
def _said(name: str) -> Mapping[str, regex.Pattern[str]]:
    begins = load("nlp.request_persons")["entry"][name]
    return {role: regex.compile(rf"{begins}(?:{words})(?![\w'’])") for role, words in described_words().items()}
