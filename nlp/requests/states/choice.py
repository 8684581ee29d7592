"""Choice of the State that wrote a letter and of the State it is addressed to, by weighed evidence.

A pair of two States scores the sum of the weights of the writer's features and of the addressee's (a log-linear model);
either State may be unknown. The weights are those of ``models/request_states``, whose README describes their training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.probability import softmax
from nlp.requests.weights import feature_score, feature_weights
from nlp.transformer import MODELS

WEIGHTS = MODELS / "request_states" / "weights.json"
UNKNOWN = ""
ROLES = ("writer", "addressee")
# Feature of the unknown State.
NONE = "none"

Weights = Mapping[str, Mapping[str, float]]
Features = Mapping[str, Mapping[str, float]]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The two States with the probability of each; the code is empty for an unknown State."""

    writer: str
    addressee: str
    writer_probability: float
    addressee_probability: float


def choose(features: Features, weights: Weights | None = None) -> Choice:
    """Return the most probable pair of States; ``features`` are those of ``state_evidence.features_of``."""
    weights = weights or trained_weights()
    codes = [UNKNOWN, *sorted(features)]
    writers, addressees = (role_scores(features, codes, weights[role]) for role in ROLES)
    likely = pair_probabilities(writers, addressees, codes)
    first, second = np.unravel_index(int(likely.argmax()), likely.shape)
    return Choice(codes[first], codes[second], float(likely[first].sum()), float(likely[:, second].sum()))


def role_scores(features: Features, codes: Sequence[str], weights: Mapping[str, float]) -> Scores:
    """Return the score of each State of ``codes`` for one role."""
    return np.array([feature_score(features.get(code, {NONE: 1.0}), weights) for code in codes])


def pair_probabilities(writers: Scores, addressees: Scores, codes: Sequence[str]) -> Scores:
    """Return the probability of each pair (writer, addressee); a State does not write to itself or to a part of it."""
    scores = writers[:, None] + addressees[None, :]
    for row, writer in enumerate(codes):
        for column, addressee in enumerate(codes):
            if writer and writer[:2] == addressee[:2]:
                scores[row, column] = -np.inf
    return softmax(scores)


@cache
def trained_weights() -> Weights:
    """Return the weights of both roles, none if their file is missing."""
    return feature_weights(WEIGHTS) or {role: {} for role in ROLES}
