"""What provisions about a concept say: its names in a country's law, the verbs and objects of its conduct."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from nlp.concepts.layer import concept, labels_for
from nlp.stems import content_stems

_ENOUGH = frozenset({"", "close"})


def home_words(concepts: Iterable[str], country: str, language: str) -> str:
    """Return what the provisions that define the conduct say: its names in the country's law, verbs and objects."""
    words: list[str] = []
    for code in concepts:
        words += [label.text for label in labels_for(code, country, language)]
        if conduct := concept(code).conduct.get(language):
            words += [*conduct.verbs, *conduct.objects]
    return " ".join(dict.fromkeys(words))


def conduct_share(stems: frozenset[str], concepts: Iterable[str], language: str) -> float:
    """Return which share of the words of a conduct ``stems`` have, of the concept of which they have most."""
    return max_share((_conduct(code, language) for code in concepts), stems)


def names_of(concepts: Iterable[str], country: str, language: str) -> list[frozenset[str]]:
    """Return the stems of each name that is enough in a heading."""
    labels = (label for code in concepts for label in labels_for(code, country, language))
    return [frozenset(content_stems(one.text, language)) for one in labels if one.relation in _ENOUGH]


def names_one(stems: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    """Tell whether ``stems`` hold all of one of ``names``."""
    return any(name and name <= stems for name in names)


def max_share(names: Iterable[frozenset[str]], stems: frozenset[str]) -> float:
    """Return which share of one of the names ``stems`` have, of the one of which they have most."""
    return max((len(name & stems) / len(name) for name in names if name), default=0.0)


@cache
def _conduct(code: str, language: str) -> frozenset[str]:
    conduct = concept(code).conduct.get(language)
    return frozenset(content_stems(" ".join((*conduct.verbs, *conduct.objects)), language)) if conduct else frozenset()
