"""Fitting of weights of named features: matrices of their values, logistic regressions (Adam, Newton), their file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


def frequent(features: Iterable[Iterable[str]], least: int) -> dict[str, int]:
    """Return a number for each name that at least ``least`` of the collections contain, in alphabetical order."""
    counts = Counter(name for names in features for name in set(names))
    return {name: number for number, name in enumerate(sorted(name for name, n in counts.items() if n >= least))}


def feature_matrix(rows: Sequence[Mapping[str, float]], numbers: Mapping[str, int]) -> Matrix:
    """Return the values of the features of each row; features without a number are left out."""
    matrix = np.zeros((len(rows), len(numbers)))
    for row, features in enumerate(rows):
        for name, value in features.items():
            if name in numbers:
                matrix[row, numbers[name]] = value
    return matrix


def minimised(slope: Callable[[Matrix], Matrix], shape: tuple[int, ...], steps: int, rate: float) -> Matrix:
    """Return the weights of the given shape that minimise a function with this slope, from 0 on (Adam)."""
    weights, mean, square = (np.zeros(shape) for _ in range(3))
    for step in range(1, steps + 1):
        now = slope(weights)
        mean = 0.9 * mean + 0.1 * now
        square = 0.999 * square + 0.001 * now**2
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights


def logistic(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[bool],
    *,
    least: int,
    decay: float,
    steps: int,
    rate: float,
    counts: Sequence[float] = (),
) -> dict[str, float]:
    """Return the weights of a logistic regression with a penalty ``decay`` on their squares.

    ``least`` is the number of rows that must have a feature; the rows have a constant feature themselves. ``counts``
    tells how much each row counts, all the same by default.
    """
    numbers = frequent(rows, least)
    matrix = feature_matrix(rows, numbers)
    wanted = np.array(labels, dtype=float)
    share = np.array(counts or [1.0] * len(rows))
    share /= share.sum()

    def slope(weights: Matrix) -> Matrix:
        likely = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient: Matrix = (share * (likely - wanted)) @ matrix + decay * weights
        return gradient

    return dict(zip(numbers, minimised(slope, (len(numbers),), steps, rate).tolist(), strict=True))


def newton_logistic(
    inputs: Matrix,
    labels: Matrix,
    penalties: Matrix,
    rounds: int,
    *,
    start: Matrix | None = None,
    counts: Matrix | None = None,
) -> Matrix:
    """Return the weights of a logistic regression by ``rounds`` of Newton's method, from 0 on.

    ``inputs`` has a row for each example and a column for each weight, among them one of a constant if there is to be a
    bias; ``labels`` are 0 or 1. ``penalties`` are the factors of the halved squares of the weights. ``start`` are sums
    that each example has before, by other weights; ``counts`` tells how much each example counts, all the same by
    default.
    """
    weights = np.zeros(inputs.shape[1])
    before = np.zeros(len(inputs)) if start is None else start
    share = np.ones(len(inputs)) if counts is None else counts
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-(inputs @ weights + before)))
        slope = inputs.T @ (share * (likely - labels)) + penalties * weights
        curve = (inputs * (share * likely * (1 - likely))[:, None]).T @ inputs + np.diag(penalties)
        weights -= np.linalg.solve(curve, slope)
    return weights


def save_weights(
    path: Path,
    examples: Mapping[str, int],
    weights: Mapping[str, Mapping[str, float]],
    *,
    smallest: float,
    digits: int = 3,
) -> None:
    """Write weights by class as :func:`nlp.requests.weights.feature_weights` reads them.

    ``examples`` states what they were fitted to and how many; weights below ``smallest`` are left out.
    """
    kept = {
        name: {feature: round(weight, digits) for feature, weight in sorted(own.items()) if abs(weight) >= smallest}
        for name, own in weights.items()
    }
    content = json.dumps({**examples, "weights": kept}, indent=1, ensure_ascii=False)
    path.write_text(content + "\n", encoding="utf-8")
