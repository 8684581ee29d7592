"""Persons that an act affects beside its object: "cause a otro la muerte", "cause à autrui un mal"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.elements.phrase_ends import phrase_end
from nlp.elements.verb_places import VerbPlaces

_CONTRACTED = "al"
Ranges = tuple[tuple[int, int], ...]


def with_persons(verbs: VerbPlaces, objects: Ranges) -> Ranges:
    """Return the ranges of objects with those of the persons beside them.

    In French these stand right before or behind an object, in Spanish also elsewhere in the act.
    """
    found = [one for at in range(len(verbs.tokens)) if (one := _person_at(verbs, at, objects))]
    return tuple(sorted({*objects, *found}))


def _person_at(verbs: VerbPlaces, at: int, objects: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the range of the person behind a preposition at ``at``, None without one or within an object."""
    start = verbs.tokens[at][1]
    pattern = _persons(verbs.words.language)
    if pattern is None or not pattern.match(verbs.folded, start):
        return None
    if any(first <= start < last for first, last in objects):
        return None
    first = at if verbs.word(at) == _CONTRACTED else at + 1
    end = phrase_end(verbs, first)
    follows = any(verbs.tokens[end - 1][2] <= begin == _start_of(verbs, end) for begin, _ in objects)
    precedes = at > 0 and any(verbs.tokens[at - 1][2] == last for _, last in objects)
    is_affected = follows or precedes or (verbs.words.language == "es" and bool(objects))
    return (verbs.tokens[first][1], verbs.tokens[end - 1][2]) if is_affected else None


def _start_of(verbs: VerbPlaces, at: int) -> int:
    return verbs.tokens[at][1] if at < len(verbs.tokens) else -1


@cache
def _persons(language: str) -> regex.Pattern[str] | None:
    """Return the pattern of a preposition with the person behind it, None where objects alone are read."""
    pattern = load("nlp.constituents")[language].get("persons")
    return regex.compile(pattern) if pattern else None
