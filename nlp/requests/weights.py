"""Weights of the classifiers of requests, as the folders of ``models`` hold them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.probability import logistic
from nlp.transformer import MODELS, card, exists

ENCODER = MODELS / "encoder"


def feature_weights(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Return the weights of named features by class from a JSON file, none if it is missing."""
    if not path.is_file():
        return {}
    weights: Mapping[str, Mapping[str, float]] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    return weights


def feature_score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of the features' weights; a feature without a weight adds nothing."""
    return sum(value * weights.get(name, 0.0) for name, value in features.items())


def feature_probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that a logistic regression with these weights gives to the features."""
    return logistic(feature_score(features, weights))


def vector_weights(path: Path) -> Mapping[str, NDArray[Any]]:
    """Return the arrays of a file of NumPy that weigh the encoder's vectors, by name.

    There are none if the file is missing or was made for another encoder.
    """
    if not path.is_file() or not exists(ENCODER):
        return {}
    encoder = card(ENCODER)
    with np.load(path, allow_pickle=False) as stored:
        return dict(stored) if str(stored["encoder"]) == f"{encoder.name}@{encoder.version}" else {}
