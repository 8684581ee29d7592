"""Choice of the body that wrote a letter among the names of institutions in it, by weighed evidence.

The score of a name is the sum of the weights of its features; the probabilities of all names of a letter sum to 1 (a
log-linear model). The weights are those of ``models/request_authorities``, whose README describes their training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from nlp.probability import softmax
from nlp.requests.weights import feature_score, feature_weights
from nlp.transformer import MODELS

WEIGHTS = MODELS / "request_authorities" / "weights.json"
WRITER = "writer"
# Share of the probability of a name that another form of the same name gets.
_SHARE = 0.5

Features = Mapping[str, float]


def probabilities(candidates: Sequence[Features], weights: Mapping[str, float] | None = None) -> list[float]:
    """Return the probability of each candidate, in order; without weights all are equal."""
    known = trained_weights() if weights is None else weights
    scores = np.array([feature_score(one, known) for one in candidates])
    if not len(scores):
        return []
    shares: list[float] = softmax(scores).tolist()
    return shares


def supported(names: Sequence[str], likely: Sequence[float]) -> list[float]:
    """Return the probability of each name with a share of those of the names that it contains or that contain it."""
    shared = [
        sum(share for other, share in zip(names, likely, strict=True) if other and (other in name or name in other))
        for name in names
    ]
    return [own + _SHARE * (total - own) for own, total in zip(likely, shared, strict=True)]


@cache
def trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if their file is missing."""
    return feature_weights(WEIGHTS).get(WRITER, {})
