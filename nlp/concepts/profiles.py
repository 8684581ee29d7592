"""Word profiles of concepts: the weight of each word and its rarity among concepts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from nlp.concepts.layer import Concept, concepts
from nlp.stems import content_stems

# What a word weighs by where a concept has it.
_PLACES = {"names": 1.0, "asked": 1.0, "situations": 0.8, "definition": 0.7, "conduct": 0.5}
# How rare among concepts the words of a name must be together to name it in a long text (``prueba`` does not).
_TELLING = 4.5

Profile = Mapping[str, float]


@cache
def profiles(language: str) -> Mapping[str, Profile]:
    """Return the stems of each concept's words with what they weigh, between 0 and 1."""
    return {concept.id: _weights(concept, language) for concept in concepts().values()}


@cache
def rarity(language: str) -> Mapping[str, float]:
    """Return for each stem of any concept how rare it is among concepts: the more have it, the less it tells."""
    known = profiles(language)
    holders = Counter(word for words in known.values() for word in words)
    return {word: math.log(1 + len(known) / number) for word, number in holders.items()}


def tellingness(stems: Sequence[str], language: str) -> float:
    """Return between 0 and 1 how much the stems of a name tell: little where many concepts share them."""
    rare = rarity(language)
    return min(1.0, sum(rare[one] for one in set(stems)) / _TELLING) ** 2


def _weights(concept: Concept, language: str) -> dict[str, float]:
    """Return the stems of what is said of a concept, each by its best place."""
    conduct = concept.conduct.get(language)
    said = {
        "names": " ".join(label.text for label in concept.labels_in(language)),
        "asked": " ".join(concept.asked.get(language, ())),
        "situations": " ".join(concept.situations.get(language, ())),
        "definition": concept.definition[language],
        "conduct": " ".join((*conduct.verbs, *conduct.objects)) if conduct else "",
    }
    weights: dict[str, float] = {}
    for place, words in said.items():
        for one in content_stems(words, language):
            weights[one] = max(_PLACES[place], weights.get(one, 0.0))
    return weights
