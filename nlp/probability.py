"""Scores turned into probabilities by the classifiers of texts, requests and provisions."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", np.float32, np.float64)


def softmax(scores: NDArray[Number], axis: int | None = None) -> NDArray[Number]:
    """Return the probabilities, which sum to 1, that a log-linear model gives to classes with these scores.

    They sum to 1 over all numbers, or along ``axis``; a score of minus infinity has the probability 0. The largest
    score is subtracted first, so that no power overflows. There must be a score.
    """
    powers: NDArray[Number] = np.exp(scores - scores.max(axis=axis, keepdims=True))
    shares: NDArray[Number] = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def logistic(score: float) -> float:
    """Return the probability that a logistic regression gives to a score (the log of the odds)."""
    return float(1 / (1 + np.exp(-score)))
