"""Whether a text is a law, a judgment, a letter of cooperation or something else, by weights that were learned.

A multinomial logistic regression over the words and pairs of words of the text's beginning, the first five letters of
its words, its layout and what the rules of types found (``resources/document_families.yaml``). The weights are those of
``models/document_types``, whose README describes training and quality; without them nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log1p, sqrt

import numpy as np
import regex

from extraction.resource import load
from nlp.annotations import DocumentType
from nlp.compiled_patterns import compiled
from nlp.probability import softmax
from nlp.transformer import MODELS, Vector

LAW, JUDGMENT, OTHER, LETTER = "law", "judgment", "other", "letter"
FAMILIES = (LAW, JUDGMENT, OTHER, LETTER)
WEIGHTS = MODELS / "document_types" / "weights.npz"
READ = 6_000  # characters of a text that are weighed, as many as the longest texts of the fit have

# Factors of the words and of all other features, and the fewest words that the words' share is divided by.
_WORDS, _OTHERS, _FEWEST = 12.0, 0.5, 30
_PER, _PREFIX = 3_000, 5
_WORD = regex.compile(r"\p{L}+")


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rules of types found in a text: scores, those of its structure and its titles, and the type."""

    scores: Mapping[str, float]
    structure: Mapping[str, float]
    titles: Mapping[str, float]
    found: DocumentType


@dataclass(frozen=True, slots=True)
class Features:
    """The words of a text, and the values of its other features by name."""

    words: frozenset[str]
    others: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The numbers of words and of other features, and a row of weights for each, with a column for each family."""

    words: Mapping[str, int]
    others: Mapping[str, int]
    weights: Vector


def families(text: str, folded: str, rules: RuleFindings) -> Mapping[str, float]:
    """Return the probability of each family for ``text``; there are none without weights.

    ``folded`` is the text folded, character by character.
    """
    trained = _stored()
    if trained is None:
        return {}
    return likely_families(features(text, folded, rules), trained)


def likely_families(found: Features, trained: Trained) -> Mapping[str, float]:
    """Return the probability of each family for a text with these features."""
    numbers, values = numbered(found, trained.words, trained.others)
    likely = softmax(values @ trained.weights[numbers], axis=0)
    return dict(zip(FAMILIES, likely.tolist(), strict=True))


def features(text: str, folded: str, rules: RuleFindings) -> Features:
    """Return the features of the beginning of a text."""
    text, folded = text[:READ], folded[:READ]
    others = {"constant": 1.0, **dict(_layout(text, folded)), **dict(_found(rules))}
    return Features(_words(folded), others)


def numbered(found: Features, words: Mapping[str, int], others: Mapping[str, int]) -> tuple[list[int], Vector]:
    """Return the numbers of the features that have one, and their scaled values; words come before the others."""
    known = [words[word] for word in found.words if word in words]
    rest = {others[name] + len(words): value for name, value in found.others.items() if name in others}
    share = _WORDS / sqrt(max(_FEWEST, len(known)))
    values = [*(share for _ in known), *(_OTHERS * value for value in rest.values())]
    return [*known, *rest], np.array(values, np.float32)


def _words(folded: str) -> frozenset[str]:
    """Return the words, the pairs of words and the beginnings of words of a text."""
    words = _WORD.findall(folded)
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return frozenset((*words, *pairs, *(f"~{word[:_PREFIX]}" for word in words if len(word) >= _PREFIX - 1)))


def _layout(text: str, folded: str) -> Iterator[tuple[str, float]]:
    """Yield how often the patterns of layout occur, and the shares of digits, capitals and lines."""
    size = max(300, len(text))
    for name, pattern in _patterns().items():
        yield name, _often(sum(1 for _ in pattern.finditer(folded)) * _PER / size)
    yield "headings", _often(sum(1 for _ in _headings().finditer(text)) * _PER / size)
    yield "digits", min(3.0, 10 * sum(map(str.isdigit, text)) / size)
    yield "capitals", min(3.0, 7.5 * sum(map(str.isupper, text)) / size)
    yield "lines", _often(text.count("\n") * 1_000 / size)
    yield "length", min(2.0, size / _PER)


def _found(rules: RuleFindings) -> Iterator[tuple[str, float]]:
    """Yield what the rules found, by group of types."""
    scores: Counter[str] = Counter()
    for label, score in rules.scores.items():
        scores[group_of(label)] += score  # type: ignore[assignment]  # a counter of weights
    titles: dict[str, float] = {}
    for label, weight in rules.titles.items():
        titles[group_of(label)] = max(titles.get(group_of(label), 0.0), weight)
    yield from ((f"score {name}", _score(score)) for name, score in scores.items())
    yield from ((f"structure {label}", _score(score)) for label, score in rules.structure.items())
    yield from ((f"title {name}", weight / 4) for name, weight in titles.items())
    yield f"type {group_of(rules.found.label)}", 1.0


def _often(count: float) -> float:
    return min(3.0, log1p(count))


def _score(score: float) -> float:
    return min(2.5, log1p(score))


def group_of(label: str) -> str:
    """Return the group of the type ``label`` whose scores count together."""
    return _groups().get(label, "rest" if label != "unknown" else label)


@cache
def _groups() -> Mapping[str, str]:
    groups: Mapping[str, list[str]] = load("nlp.document_families")["groups"]
    return {label: name for name, labels in groups.items() for label in labels}


@cache
def _patterns() -> Mapping[str, regex.Pattern[str]]:
    patterns: Mapping[str, str] = load("nlp.document_families")["lines"]
    return {name: compiled(pattern, regex.MULTILINE) for name, pattern in patterns.items()}


@cache
def _headings() -> regex.Pattern[str]:
    return compiled(load("nlp.document_families")["headings"], regex.MULTILINE)


@cache
def _stored() -> Trained | None:
    if not WEIGHTS.is_file():
        return None
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        words = {word: number for number, word in enumerate(str(stored["words"]).split("\n"))}
        others = {name: number for number, name in enumerate(stored["others"].tolist())}
        return Trained(words, others, stored["weights"].astype(np.float32))
