"""Fitting of the weights of clause features with a conditional logit model: choice of one clause of a cell, or none.

The probability of a clause grows with the exponential of the weighted sum of its features; the choice of none has the
sum 0. The weights maximise the likelihood of the labels: any of the correct clauses, or none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.feature_fitting import newton_logistic
from nlp.evidence.clauses import ReadClause
from nlp.evidence.scoring import first, log_shares

_RIDGE = 1.0
_ROUNDS = 60
_NEAR_ENOUGH = 5e-3
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """A labelled cell with its proposals.

    ``has_right`` tells whether the law has a correct clause, ``offered`` of each proposal whether it is correct.
    ``signs`` are the features of all clauses, of the shape (clauses, features), ``is_right`` has one value each.
    """

    instrument: str
    element: str
    country: str
    has_right: bool
    offered: tuple[bool, ...]
    signs: Matrix
    is_right: Truth
    read: Sequence[ReadClause]

    @property
    def hit(self) -> bool:
        return any(self.offered) if self.has_right else not self.offered


def fitted(cells: Sequence[LabelledCell]) -> Matrix:
    """Return the weights, the constant last, by Newton's method with ridge penalty and step halving."""
    chosen = [
        (np.c_[cell.signs, np.ones(len(cell.signs))], cell.is_right)
        for cell in cells
        if cell.is_right.any() or not cell.has_right
    ]
    ridge = _RIDGE * np.append(np.ones(chosen[0][0].shape[1] - 1), 0.01)
    weights = np.zeros(len(ridge))
    for _ in range(_ROUNDS):
        slope, curve = ridge * weights, np.diag(ridge)
        for rows, right in chosen:
            likely, right_mean = _probabilities(rows, right, weights)
            mean = rows.T @ likely
            slope += mean - rows.T @ right_mean
            curve += (rows * likely[:, None]).T @ rows - np.outer(mean, mean)
        whole: Matrix = np.linalg.solve(curve, slope).astype(np.float64)
        step = _shortened(whole, weights, chosen, ridge)
        weights -= step
        if np.abs(step).max() < _NEAR_ENOUGH:
            break
    return weights


def _probabilities(rows: Matrix, right: Truth, weights: Matrix) -> tuple[Matrix, Matrix]:
    """Return the probabilities of the clauses, and those given that a correct one is chosen (0 without any)."""
    raised, nothing = _exponentials(rows @ weights)
    right_only = np.where(right, raised, 0.0)
    return raised / (raised.sum() + nothing), right_only / right_only.sum() if right.any() else right_only


def _exponentials(sums: Matrix) -> tuple[Matrix, float]:
    """Return the exponentials of the sums and of 0, divided by the greatest for numerical stability."""
    highest = max(float(sums.max(initial=0.0)), 0.0)
    return np.exp(sums - highest), float(np.exp(-highest))


def _shortened(step: Matrix, weights: Matrix, chosen: Sequence[tuple[Matrix, Truth]], ridge: Matrix) -> Matrix:
    """Return the step, halved until it increases the likelihood."""
    before = _negative_log_likelihood(weights, chosen, ridge)
    for _ in range(12):
        if _negative_log_likelihood(weights - step, chosen, ridge) < before:
            break
        step = step / 2
    return step


def _negative_log_likelihood(weights: Matrix, chosen: Sequence[tuple[Matrix, Truth]], ridge: Matrix) -> float:
    total = 0.5 * float(ridge @ weights**2)
    for rows, right in chosen:
        raised, nothing = _exponentials(rows @ weights)
        right_mass = raised[right].sum() if right.any() else nothing
        total += float(np.log(raised.sum() + nothing) - np.log(max(right_mass, 1e-300)))
    return total


def threshold(cells: Sequence[LabelledCell], weights: Matrix) -> float:
    """Return the threshold that maximises the lower of the two figures, the middle of equally good ones."""
    ranked = [(cell, *best(cell, weights)) for cell in cells]
    tops = sorted({top for _, top, _ in ranked})
    have = [(top, hit) for cell, top, hit in ranked if cell.has_right]
    none = [top for cell, top, _ in ranked if not cell.has_right]

    def worse(least: float) -> float:
        offered = sum(hit for top, hit in have if top >= least) / max(1, len(have))
        return min(offered, sum(top < least for top in none) / max(1, len(none)))

    rates = [worse(top) for top in tops]
    likely = [top for top, rate in zip(tops, rates, strict=True) if rate >= max(rates) - 0.015]
    return (likely[0] + likely[-1]) / 2


def best(cell: LabelledCell, weights: Matrix) -> tuple[float, bool]:
    """Return the sum of the best clause, and whether one of the proposed clauses is correct."""
    totals: Matrix = cell.signs @ weights[:-1] + weights[-1]
    return float(totals.max()), any(cell.is_right[place] for place in first(cell.read, totals))


def confidence(cells: Sequence[LabelledCell], part: Callable[[LabelledCell], str]) -> Matrix:
    """Return the weights of a logistic regression for the confidence of a first proposal.

    Its features are the distance above the threshold, the logarithm of the share, and a constant, on proposals by
    weights fitted without the part of their cell.
    """
    features, right = [], []
    for name in dict.fromkeys(map(part, cells)):
        others = [cell for cell in cells if part(cell) != name]
        weights = fitted(others)
        least = threshold(others, weights)
        for cell in cells:
            totals = np.c_[cell.signs, np.ones(len(cell.signs))] @ weights
            if part(cell) == name and totals.max() >= least:
                features.append((totals.max() - least, log_shares(totals, 0.0).max(), 1.0))
                right.append(cell.is_right[first(cell.read, totals)[0]])
    return newton_logistic(np.array(features), np.array(right, float), np.array([0.5, 0.5, 0.0]), _ROUNDS)
