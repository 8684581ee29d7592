"""Offences that a punishing provision tells without naming: by the verbs and objects of their conduct."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from nlp.concept_layer import concepts
from nlp.concept_profiles import rarity
from nlp.stems import content_stems

# How much of what a conduct is told with must stand in a provision's first words, and the margin to the next conduct.
_LEAST = 0.4
_MARGIN = 0.85


@dataclass(frozen=True, slots=True)
class _Told:
    concept: str
    verbs: frozenset[str]
    objects: frozenset[str]


def told_conduct(words: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield the offences whose conduct the first words of a provision tell, with the share of it that stands there.

    One verb at least stands there; of several offences only the best, and those that come near it.
    """
    said = frozenset(content_stems(words, language))
    rare = rarity(language)
    shares = {
        told.concept: sum(rare[one] for one in told.objects & said) / sum(rare[one] for one in told.objects)
        for told in _conducts(language)
        if told.verbs & said
    }
    best = max(shares.values(), default=0.0)
    yield from ((code, share) for code, share in shares.items() if share >= max(_LEAST, best * _MARGIN))


@cache
def _conducts(language: str) -> tuple[_Told, ...]:
    return tuple(
        _Told(
            concept.id,
            frozenset(content_stems(" ".join(conduct.verbs), language)),
            frozenset(content_stems(" ".join(conduct.objects), language)),
        )
        for concept in concepts().values()
        if concept.penal and (conduct := concept.conduct.get(language)) and len(conduct.objects) > 1
    )
