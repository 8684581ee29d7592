"""Weights for the signs of clauses: how likely a reader chooses each clause of a cell, or none of them.

For a cell every clause has a chance that grows with the sum of its weighted signs; that nothing is evidence has the
chance of a sum of 0. The weights make likeliest what was labelled: any of the right clauses, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.gap_matrix.clauses import ReadClause
from app.gap_matrix.element_evidence import first, log_shares

if TYPE_CHECKING:
    from element_evidence import Right

_RIDGE = 1.0
_ROUNDS = 60
_NEAR_ENOUGH = 5e-3
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Looked:
    """A labelled cell with what was offered; ``signs`` and ``is_right`` are of all its clauses."""

    instrument: str
    element: str
    country: str
    right: tuple[Right, ...]
    offered: tuple[bool, ...]
    signs: Matrix
    is_right: Truth
    read: Sequence[ReadClause]

    @property
    def hit(self) -> bool:
        return any(self.offered) if self.right else not self.offered


def fitted(cells: Sequence[Looked]) -> Matrix:
    """Return the weights, the constant last: Newton's method with a ridge, each step as long as it helps."""
    chosen = [
        (np.c_[cell.signs, np.ones(len(cell.signs))], cell.is_right)
        for cell in cells
        if cell.is_right.any() or not cell.right
    ]
    ridge = _RIDGE * np.append(np.ones(chosen[0][0].shape[1] - 1), 0.01)
    weights = np.zeros(len(ridge))
    for _ in range(_ROUNDS):
        slope, curve = ridge * weights, np.diag(ridge)
        for rows, right in chosen:
            likely, wanted = _chances(rows, right, weights)
            mean = rows.T @ likely
            slope += mean - rows.T @ wanted
            curve += (rows * likely[:, None]).T @ rows - np.outer(mean, mean)
        whole: Matrix = np.linalg.solve(curve, slope).astype(np.float64)
        step = _shortened(whole, weights, chosen, ridge)
        weights -= step
        if np.abs(step).max() < _NEAR_ENOUGH:
            break
    return weights


def _chances(rows: Matrix, right: Truth, weights: Matrix) -> tuple[Matrix, Matrix]:
    """Return how likely each clause is chosen, and how likely where one of the right ones is, if there are any."""
    raised, nothing = _raised(rows @ weights)
    wanted = np.where(right, raised, 0.0)
    return raised / (raised.sum() + nothing), wanted / wanted.sum() if right.any() else wanted


def _raised(sums: Matrix) -> tuple[Matrix, float]:
    """Return the exponentials of the sums and of 0, all over the greatest."""
    highest = max(float(sums.max(initial=0.0)), 0.0)
    return np.exp(sums - highest), float(np.exp(-highest))


def _shortened(step: Matrix, weights: Matrix, chosen: Sequence[tuple[Matrix, Truth]], ridge: Matrix) -> Matrix:
    """Return the step, halved until it makes what was labelled likelier."""
    before = _unlikely(weights, chosen, ridge)
    for _ in range(12):
        if _unlikely(weights - step, chosen, ridge) < before:
            break
        step = step / 2
    return step


def _unlikely(weights: Matrix, chosen: Sequence[tuple[Matrix, Truth]], ridge: Matrix) -> float:
    total = 0.5 * float(ridge @ weights**2)
    for rows, right in chosen:
        raised, nothing = _raised(rows @ weights)
        wanted = raised[right].sum() if right.any() else nothing
        total += float(np.log(raised.sum() + nothing) - np.log(max(wanted, 1e-300)))
    return total


def threshold(cells: Sequence[Looked], weights: Matrix) -> float:
    """Return the middle of the thresholds at which the worse of the two figures is best."""
    ranked = [(cell, *best(cell, weights)) for cell in cells]
    tops = sorted({top for _, top, _ in ranked})
    have = [(top, hit) for cell, top, hit in ranked if cell.right]
    none = [top for cell, top, _ in ranked if not cell.right]

    def worse(least: float) -> float:
        offered = sum(hit for top, hit in have if top >= least) / max(1, len(have))
        return min(offered, sum(top < least for top in none) / max(1, len(none)))

    rates = [worse(top) for top in tops]
    likely = [top for top, rate in zip(tops, rates, strict=True) if rate >= max(rates) - 0.015]
    return (likely[0] + likely[-1]) / 2


def best(cell: Looked, weights: Matrix) -> tuple[float, bool]:
    """Return the sum of the best clause, and whether one of those that would be offered is right."""
    totals: Matrix = cell.signs @ weights[:-1] + weights[-1]
    return float(totals.max()), any(cell.is_right[place] for place in first(cell.read, totals))


def confidence(cells: Sequence[Looked], part: Callable[[Looked], str]) -> Matrix:
    """Return the weights of how far a first proposal is above the least, of the logarithm of its share, and a constant.

    A logistic regression on proposals by weights that were fitted without the part of their cell.
    """
    told, right = [], []
    for name in dict.fromkeys(map(part, cells)):
        others = [cell for cell in cells if part(cell) != name]
        weights = fitted(others)
        least = threshold(others, weights)
        for cell in cells:
            totals = np.c_[cell.signs, np.ones(len(cell.signs))] @ weights
            if part(cell) == name and totals.max() >= least:
                told.append((totals.max() - least, log_shares(totals, 0.0).max(), 1.0))
                right.append(cell.is_right[first(cell.read, totals)[0]])
    rows, wanted = np.array(told), np.array(right, float)
    chosen, ridge = np.zeros(3), 0.5 * np.array([1.0, 1.0, 0.0])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-rows @ chosen))
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(ridge)
        chosen = chosen - np.linalg.solve(curve, rows.T @ (likely - wanted) + ridge * chosen)
    return chosen
