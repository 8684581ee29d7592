"""Concepts that a heading names, as a whole or as one of the things that it joins."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nlp.concepts.layer import RELATION_WEIGHT, Label
from nlp.concepts.meant_otherwise import is_other, words_alike
from nlp.concepts.names import content_of, names_in
from nlp.concepts.provision_cues import ProvisionCues, joined_parts

_NAMED = 0.6  # of a heading, or of one of the things that it joins, this much must be the name
_JOINED = 0.9  # how far it is named beside others


def named_in(heading: str, place: ProvisionCues) -> list[tuple[str, str, float]]:
    """Return the concepts that a heading names, with the name and how surely."""
    alike = words_alike(place, heading)
    return [
        (code, label.text, sure)
        for code, label, sure in _names(heading, place.language)
        if not is_other(code, label.text, alike, place.language) and is_used(" ".join(label.jurisdictions), place)
    ]


@lru_cache(maxsize=20_000)
def _names(heading: str, language: str) -> tuple[tuple[str, Label, float], ...]:
    """Return the concepts that a heading names as a whole, and those that one of the things that it joins is."""
    parts = joined_parts(heading, language)
    found = [*_names_of(heading, language)]
    if len(parts) > 1:
        found += [(code, label, sure * _JOINED) for part in parts for code, label, sure in _names_of(part, language)]
    best: dict[str, tuple[str, Label, float]] = {}
    for one in found:
        if one[0] not in best or one[2] > best[one[0]][2]:
            best[one[0]] = one
    return tuple(best.values())


def _names_of(words: str, language: str) -> Iterator[tuple[str, Label, float]]:
    for named in names_in(content_of(words, language)):
        if named.score >= _NAMED and named.label.relation != "broader":
            weak = RELATION_WEIGHT["weak"] if named.label.relation == "weak" else 1.0
            yield named.concept, named.label, named.score / weak


def is_used(jurisdictions: str, place: ProvisionCues) -> bool:
    """Tell whether a name of some countries may be one in this law."""
    return not jurisdictions or not place.jurisdiction or place.jurisdiction in jurisdictions.split()
