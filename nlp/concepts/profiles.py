"""Word profiles of concepts: weights of words and their rarity among concepts (inverse document frequency)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from extraction.build_cache import code_digest, kept
from extraction.resource import load
from nlp.concepts.layer import Concept, concepts, fingerprint
from nlp.folding import content_stems, stems_fingerprint

# Weight of a word by the text of the concept that contains it.
_PLACES = {"names": 1.0, "asked": 1.0, "situations": 0.8, "definition": 0.7, "conduct": 0.5}
# Total rarity of the words of a label that makes it fully distinctive in a long text (``prueba`` is not).
_SPECIFIC = 4.5

Profile = Mapping[str, float]


@cache
def profiles(language: str) -> Mapping[str, Profile]:
    """Return for each concept its stems with their weights, from 0 to 1."""
    source = fingerprint() + stems_fingerprint() + code_digest(__file__)
    return kept(f"nlp.concept_profiles.{language}", source, dict[str, dict[str, float]], lambda: _profiles(language))


def _profiles(language: str) -> dict[str, dict[str, float]]:
    return {concept.id: _weights(concept, language) for concept in concepts().values()}


@cache
def rarity(language: str) -> Mapping[str, float]:
    """Return the rarity of each stem among concepts: log(1 + concepts / concepts with the stem)."""
    known = profiles(language)
    holders = Counter(word for words in known.values() for word in words)
    return {word: math.log(1 + len(known) / number) for word, number in holders.items()}


def specificity(stems: Sequence[str], language: str) -> float:
    """Return the distinctiveness of a label's stems, from 0 to 1; low if many concepts share them."""
    rare = rarity(language)
    return min(1.0, sum(rare[own] for own in set(stems)) / _SPECIFIC) ** 2


def _weights(concept: Concept, language: str) -> dict[str, float]:
    """Return the stems of a concept's texts, each with its highest weight."""
    conduct = concept.conduct.get(language)
    texts = {
        "names": " ".join(label.text for label in concept.labels_in(language)),
        "asked": " ".join(concept.asked.get(language, ())),
        "situations": " ".join(concept.situations.get(language, ())),
        "definition": load("nlp.concept_definitions")[concept.id][language],
        "conduct": " ".join((*conduct.verbs, *conduct.objects)) if conduct else "",
    }
    weights: dict[str, float] = {}
    for place, words in texts.items():
        for own in content_stems(words, language):
            weights[own] = max(_PLACES[place], weights.get(own, 0.0))
    return weights
