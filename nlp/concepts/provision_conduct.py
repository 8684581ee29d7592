"""Offences that a provision punishes without naming them, by the verbs and objects of the conduct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.concepts.layer import concepts
from nlp.concepts.profiles import rarity
from nlp.folding import fold
from nlp.stems import content_stems, content_words, stem

# How much of what a conduct is told with must stand in a provision's first words, and the margin to the next conduct.
_LEAST = 0.4
_MARGIN = 0.85


@dataclass(frozen=True, slots=True)
class Conduct:
    """Stems of the verbs and objects by which the conduct of ``concept`` is told."""

    concept: str
    verbs: frozenset[str]
    objects: frozenset[str]


def told_conduct(words: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield the offences whose conduct the first words of a provision tell, with the share of it that stands there.

    One verb at least stands there; of several offences only the best, and those that come near it.
    """
    said = frozenset(one for word in content_words(words, language) for one in word_stems(word, language))
    rare = rarity(language)
    shares = {
        told.concept: sum(rare[one] for one in told.objects & said) / sum(rare[one] for one in told.objects)
        for told in conducts(language).values()
        if told.verbs & said
    }
    best = max(shares.values(), default=0.0)
    yield from ((code, share) for code, share in shares.items() if share >= max(_LEAST, best * _MARGIN))


@lru_cache(maxsize=100_000)
def word_stems(word: str, language: str) -> tuple[str, str]:
    """Return the stem of a word and that of its lemma: ``convierte`` has another than ``convertir``."""
    import simplemma  # only what tags a law waits for its dictionaries

    return stem(word, language), stem(fold(simplemma.lemmatize(word, lang=language)), language)


@cache
def conducts(language: str) -> Mapping[str, Conduct]:
    """Return the conducts of all offences that are told with more than one object, by concept."""
    return {
        concept.id: Conduct(
            concept.id,
            frozenset(content_stems(" ".join(conduct.verbs), language)),
            frozenset(content_stems(" ".join(conduct.objects), language)),
        )
        for concept in concepts().values()
        if concept.penal and (conduct := concept.conduct.get(language)) and len(conduct.objects) > 1
    }
