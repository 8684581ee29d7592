"""Offences that a letter names without a penalty beside them, while it gives the penalty of others."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.requests.checks.evidence_words import holds
from nlp.requests.checks.words import Fields, letter_words, pattern
from nlp.requests.context import RequestContext

_REACH = 260  # characters behind the name of an offence in which its penalty stands


def some_lack_penalty(context: RequestContext, fields: Fields) -> bool:
    """Return whether penalties stand beside some of the offences and not beside others.

    Each offence needs its own, unless the letter gives as many penalties as offences or says that one is for each.
    """
    places = _places(context, fields)
    words = " ".join(letter_words(context))
    measured = sum(1 for _ in pattern("penalty_measure").finditer(words))
    if len(places) < 2 or measured >= len(places) or holds("respectively", words):
        return False
    starts = sorted(place for own in places.values() for place in own)
    bare = sum(not any(_has_penalty(context, place, starts) for place in own) for own in places.values())
    return 0 < bare < len(places)


def _places(context: RequestContext, fields: Fields) -> Mapping[str, list[int]]:
    """Return the places of the offences in the running text, by their concepts."""
    places: dict[str, list[int]] = {}
    for found in fields.get("offences", ()):
        concept = str(found.value["concept"]) if isinstance(found.value, Mapping) else ""
        places.setdefault(concept, []).append(context.flow.at(found.start))
    return places


def _has_penalty(context: RequestContext, place: int, starts: list[int]) -> bool:
    """Return whether a measured penalty stands behind an offence, before the next one."""
    end = min([place + _REACH, *(start for start in starts if start > place)])
    return pattern("penalty_measure").search(context.flow.folded, place, end) is not None
