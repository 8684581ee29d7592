"""Concepts that a question tells of without naming them, each with how probable it is.

"She put rat poison in his coffee" has no word of any statute. What tells a concept is learned from its situations with
the encoder (``models/encoder/concepts.py``) and speaks only for its own vectors; words that the question shares with
what is said of a concept lift it. ``benchmarks/concepts.py`` prints how often the right concept is among the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from indexing.embedding import FOLDER
from indexing.engine import Question
from nlp.concepts.layer import concepts
from nlp.concepts.query import ConceptMatch

LOOKED_AT = 8  # of those that words speak for
# A name that stands in the question leaves nothing to be guessed.
_NAMED = 0.6
_WORDS = 20.0


def told_concepts(matches: Sequence[ConceptMatch], question: Question | None, most: int) -> tuple[ConceptMatch, ...]:
    """Return the ``most`` concepts that a question most probably tells of; ``score`` is the probability of each.

    ``matches`` are those that its words speak for. None are returned where one of them has its name in the question,
    or where there is no question or nothing that speaks for its encoder.
    """
    named = any(match.label and match.score >= _NAMED for match in matches)
    probable = probabilities(question) if question and not named else {}
    spoken = {match.concept: match for match in matches}
    # The geometric mean of both, as of two opinions, where words can lift a concept and say nothing against one.
    weights = {
        code: share * sqrt(1 + _WORDS * (spoken[code].score if code in spoken else 0.0))
        for code, share in probable.items()
    }
    whole = sum(weights.values()) + max(0.0, 1 - sum(probable.values()))  # what is left may tell of none
    first = sorted(weights, key=lambda code: -weights[code])[:most]
    return tuple(
        replace(spoken.get(code, ConceptMatch(code, 0.0)), score=round(weights[code] / whole, 4)) for code in first
    )


def probabilities(question: Question) -> dict[str, float]:
    """Return how probable each concept is by a question's vector alone; none for another encoder's vector.

    What the sum lacks of 1 is how probable it is that the question tells of no concept.
    """
    ids, vectors, biases, version = _learned()
    if version != question.encoder:
        return {}
    products = vectors @ np.asarray(question.vector, np.float32) + biases
    powers = np.exp(products - products.max())
    shares = (powers / powers.sum()).tolist()
    return {code: share for code, share in zip(ids.tolist(), shares, strict=True) if code in concepts()}


@cache
def _learned() -> tuple[NDArray[np.str_], NDArray[np.float32], NDArray[np.float32], str]:
    path = FOLDER / "concepts.npz"
    if not path.exists():
        return np.array([], str), np.empty((0, 0), np.float32), np.empty(0, np.float32), ""
    with np.load(path, allow_pickle=False) as held:
        return held["ids"], held["vectors"].astype(np.float32), held["biases"], str(held["version"])
