"""Whether a passage without heading is from a law, a judgment or another text, by words whose weights were learned.

A multinomial logit over the words and pairs of words of a passage (``resources/document_families.yaml``), fitted to
passages of laws, judgments and administrative guidance of some hundred publishers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from math import exp, sqrt

import regex

from extraction.resource import load
from nlp.folding import fold

LAW, JUDGMENT, OTHER = "law", "judgment", "other"
_PASSAGE = 3_000  # characters of a text that are weighed, as long as the longest passages of the fit
_FEWEST = 25  # known words below which nothing is said
_WORD = regex.compile(r"\p{L}+")

Weights = Mapping[str, Mapping[str, float]]


def family(text: str) -> tuple[str, float]:
    """Return the most probable of ``law``, ``judgment`` and ``other`` for ``text``, and its probability.

    The family is empty where the text has too few of the known words of every language.
    """
    words = _WORD.findall(fold(text[:_PASSAGE]))
    features = {*words, *(f"{first} {second}" for first, second in pairwise(words))}
    known = {language: features & _vocabulary(language) for language in load("nlp.document_families")}
    language = max(known, key=lambda name: len(known[name]))
    if len(known[language]) < _FEWEST:
        return "", 0.0
    scores = {name: exp(_score(known[language], language, name)) for name in (LAW, JUDGMENT, OTHER)}
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best] / sum(scores.values())


def _score(features: set[str], language: str, name: str) -> float:
    weights: Weights = load("nlp.document_families")[language]
    return weights["bias"][name] + sum(weights[name].get(word, 0.0) for word in features) / sqrt(len(features))


@cache
def _vocabulary(language: str) -> frozenset[str]:
    weights: Weights = load("nlp.document_families")[language]
    return frozenset(word for name in (LAW, JUDGMENT, OTHER) for word in weights[name])
