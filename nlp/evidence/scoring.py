"""Score of the clauses of candidate provisions as evidence of an element of a model instrument, or none.

A score combines words by which laws fulfil the element, similarity to the element's description, whether the clause is
in or near the provision that defines the conduct, and whether its provision is tagged with a concept of the element,
because in a country without such an offence others have similar wording. The weights were fitted on cells labelled by
hand (``benchmarks/element_evidence.py``); the encoder's similarity of clause and description was tried as a feature and
improved nothing. Whether an element is fulfilled is decided by people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from extraction.resource import load
from nlp.elements.cues import groups_of
from nlp.elements.instruments import Element
from nlp.evidence.clause_features import SIGNS, ClauseFeatures
from nlp.evidence.clauses import ReadClause
from nlp.folding import fold
from nlp.probability import logistic

LIMIT = 3
_LOOKED_AT = 60
_REPEATED = 0.8  # share of the words of two clauses and their leads
_BELOW = -1.2  # how far below the threshold the second and third may be


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features; below the sum ``least`` nothing is proposed.

    ``confidence`` are the weights of a proposal's ``above`` and ``share`` in its log odds, and ``base``.
    """

    signs: Mapping[str, float]
    base: float
    least: float
    confidence: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ScoredClause:
    """A clause with its score relative to the threshold.

    ``share`` is its log probability among all clauses of the cell and none of them.
    """

    read: ReadClause
    above: float
    share: float = 0.0

    @property
    def confidence(self) -> float:
        """Return the probability that the clause is evidence, from 0 to 1, calibrated on labelled cells."""
        chosen = weights().confidence
        odds = chosen["above"] * self.above + chosen["share"] * self.share + chosen["base"]
        return logistic(odds)


def best_clauses(signs: ClauseFeatures, element: Element, limit: int = LIMIT) -> list[ScoredClause]:
    """Return at most ``limit`` clauses with the highest scores, if the best is above the threshold."""
    chosen = weights()
    totals = signs.of(element) @ np.array([chosen.signs[name] for name in SIGNS]) + chosen.base - chosen.least
    totals[signs.of_other_side(element)] = -np.inf
    if not len(totals) or totals.max() < 0:
        return []
    shares = log_shares(totals, -chosen.least)
    return [
        ScoredClause(signs.read[place], float(totals[place]), float(shares[place]))
        for place in first(signs.read, totals, limit)
        if totals[place] >= _BELOW
    ]


def log_shares(totals: npt.NDArray[np.float64], nothing: float) -> npt.NDArray[np.float64]:
    """Return the log probability of each clause, where none of them has the total ``nothing``."""
    highest = max(float(totals.max()), nothing)
    whole = np.exp(totals - highest).sum() + math.exp(nothing - highest)
    return np.asarray(totals - highest - math.log(whole), np.float64)


def first(read: Sequence[ReadClause], totals: npt.NDArray[np.float64], limit: int = LIMIT) -> list[int]:
    """Return the places of the best clauses, without repeated formulas and copies."""
    chosen: list[int] = []
    for place in np.argsort(-totals, kind="stable")[:_LOOKED_AT]:
        if len(chosen) < limit and not any(_repeats(read[place], read[other]) for other in chosen):
            chosen.append(int(place))
    return chosen


def _repeats(clause: ReadClause, other: ReadClause) -> bool:
    """Return whether two clauses, with their leads, have most words in common, ignoring numbers."""
    left, right = (
        frozenset(word for word in read.words | read.beside if not word.isdigit()) for read in (clause, other)
    )
    return len(left & right) >= _REPEATED * len(left | right)


def met_words(element: Element, language: str, text: str, start: int = 0) -> list[tuple[int, int]]:
    """Return the ranges of ``text``, at offset ``start``, whose words indicate the element."""
    folded = fold(text)
    found = (span for group in groups_of(element, language) for span in group.spans(folded))
    return sorted({(start + first, start + last) for first, last in found})


def met_terms(read: ReadClause, element: Element, language: str) -> Sequence[str]:
    """Return the words of the clause that indicate the element, without duplicates."""
    words = (read.text[start:end] for start, end in met_words(element, language, read.text))
    return [f"words:{word}" for word in dict.fromkeys(" ".join(word.lower().split()) for word in words)]


@cache
def weights() -> Weights:
    """Return the fitted weights of the features."""
    return Weights(**load("nlp.element_evidence"))
