"""Offences that a provision punishes without naming them, recognised by verbs and objects of the conduct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.concepts.layer import concepts
from nlp.concepts.profiles import rarity
from nlp.folding import fold
from nlp.stems import content_stems, content_words, stem

# Least share of the conduct's words in a provision's first words, and least ratio to the best conduct.
_LEAST = 0.4
_MARGIN = 0.85


@dataclass(frozen=True, slots=True)
class Conduct:
    """Stems of the verbs and objects that describe the conduct of ``concept``."""

    concept: str
    verbs: frozenset[str]
    objects: frozenset[str]


def described_conduct(words: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield (concept, share) of the offences whose conduct the first words of a provision describe.

    The share is that of the conduct's objects, weighted by rarity; at least one verb must match. Only the best offence
    and those within ``_MARGIN`` of it are returned.
    """
    present = frozenset(own for word in content_words(words, language) for own in word_stems(word, language))
    rare = rarity(language)
    shares = {
        conduct.concept: sum(rare[own] for own in conduct.objects & present) / sum(rare[own] for own in conduct.objects)
        for conduct in conducts(language).values()
        if conduct.verbs & present
    }
    best = max(shares.values(), default=0.0)
    yield from ((code, share) for code, share in shares.items() if share >= max(_LEAST, best * _MARGIN))


@lru_cache(maxsize=100_000)
def word_stems(word: str, language: str) -> tuple[str, str]:
    """Return the stems of a word and of its lemma, which may differ: ``convierte``, ``convertir``."""
    import simplemma  # imported here because its dictionaries load slowly and only tagging of laws needs them

    return stem(word, language), stem(fold(simplemma.lemmatize(word, lang=language)), language)


@cache
def conducts(language: str) -> Mapping[str, Conduct]:
    """Return the conducts of all offences with more than one object, by concept."""
    return {
        concept.id: Conduct(
            concept.id,
            frozenset(content_stems(" ".join(conduct.verbs), language)),
            frozenset(content_stems(" ".join(conduct.objects), language)),
        )
        for concept in concepts().values()
        if concept.penal and (conduct := concept.conduct.get(language)) and len(conduct.objects) > 1
    }
