"""Training of the classifier of provisions' roles; writes ``model.json``.

``python -m models.provision_selection.train`` reads the labels of
``benchmarks/provision_roles.yaml`` on ``../shared/data/statutes``; it requires scikit-learn, which is not needed at run
time. Thresholds are chosen by cross-validation over concepts.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.provision_role_figures import figures
from benchmarks.provision_role_labels import Cell, cells
from nlp.provision_roles.classifier import ROLES, Look, RoleScore, neighbour_features
from nlp.provision_roles.evidence import evidence

FILE = Path(__file__).with_name("model.json")
REGULARISATION = 0.03
PARTS = 10
_BASIC = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
_SHOWN = (0.4, 0.5, 0.6, 0.7)
Features = list[dict[str, float]]


def main() -> None:
    own = cells()
    parts = part_by([cell.concept for cell in own])
    scores = held_out(own, parts)
    least_basic, least_shown = thresholds(own, scores)
    alone, beside = fit(own, parts)
    content = {
        "least_basic": least_basic,
        "least_shown": least_shown,
        "alone": rounded(alone),
        "beside": rounded(beside),
    }
    print(least_basic, least_shown, figures(own, scores, least_basic, least_shown))
    FILE.write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")


def part_by(names: Sequence[str]) -> list[int]:
    """Return the cross-validation part of each name, equal for equal names."""
    known = sorted(set(names))
    return [known.index(name) % PARTS for name in names]


def held_out(own: Sequence[Cell], parts: Sequence[int]) -> list[list[RoleScore]]:
    """Return the scores of each cell by models not trained on its part."""
    scores: list[list[RoleScore]] = [[] for _ in own]
    for part in sorted(set(parts)):
        others = [place for place, other in enumerate(parts) if other != part]
        alone, beside = fit([own[place] for place in others], [parts[place] for place in others])
        for place, other in enumerate(parts):
            if other == part:
                scores[place] = scored(own[place], alone, beside)
    return scores


def scored(cell: Cell, alone: Look, beside: Look) -> list[RoleScore]:
    if not cell.candidates:
        return []
    first = alone.probabilities(features_of(cell))
    found = beside.probabilities(neighbour_features(cell.candidates, first))
    return [RoleScore(float(c), float(s), float(b)) for _, c, s, b in found]


def fit(own: Sequence[Cell], parts: Sequence[int]) -> tuple[Look, Look]:
    """Return both models; the second is trained on predictions of first models not trained on the same part."""
    beside: Features = []
    roles: list[str] = []
    for part in sorted(set(parts)):
        look = fitted_on([cell for cell, other in zip(own, parts, strict=True) if other != part])
        for cell, other in zip(own, parts, strict=True):
            if other == part and cell.candidates:
                beside += neighbour_features(cell.candidates, look.probabilities(features_of(cell)))
                roles += cell.roles
    return fitted_on(own), fitted(beside, roles)


def fitted_on(own: Sequence[Cell]) -> Look:
    return fitted(
        [features for cell in own for features in features_of(cell)], [role for cell in own for role in cell.roles]
    )


def features_of(cell: Cell) -> Features:
    key = (cell.concept, cell.country)
    if key not in _FEATURES:
        _FEATURES[key] = [evidence(cell.concept, candidate.reading) for candidate in cell.candidates]
    return _FEATURES[key]


_FEATURES: dict[tuple[str, str], Features] = {}


def fitted(features: Features, roles: Sequence[str]) -> Look:
    """Return a multinomial logistic regression over standardised features as plain weights."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    names = tuple(sorted(features[0]))
    values = np.array([[row[name] for name in names] for row in features])
    scaler = StandardScaler().fit(values)
    learned = LogisticRegression(C=REGULARISATION, max_iter=400, tol=1e-3)
    learned.fit(scaler.transform(values), [ROLES.index(role) for role in roles])
    weights = np.zeros((len(ROLES), len(names)))
    bias = np.full(len(ROLES), -50.0)  # of a role without label
    if len(learned.classes_) == 2:
        weights[learned.classes_[1]], bias[learned.classes_] = learned.coef_[0], (0.0, learned.intercept_[0])
    else:
        weights[learned.classes_], bias[learned.classes_] = learned.coef_, learned.intercept_
    weights = weights / scaler.scale_
    return Look(names, weights, bias - weights @ scaler.mean_)


def thresholds(own: Sequence[Cell], scores: Sequence[Sequence[RoleScore]]) -> tuple[float, float]:
    """Return the thresholds that maximise the minimum difference of the figures from their goals."""

    def worst(pair: tuple[float, float]) -> float:
        results = figures(own, scores, *pair)
        return min(results[name] - goal for name, goal in GOALS.items())

    return max(((basic, shown) for basic in _BASIC for shown in _SHOWN), key=worst)


GOALS = {"precision": 0.88, "basic found": 0.92, "empty left empty": 0.80, "nothing found right": 0.85}


def rounded(look: Look) -> dict[str, Any]:
    rows = {role: [round(float(x), 5) for x in look.weights[place]] for place, role in enumerate(ROLES)}
    return {"names": look.names, **rows, "bias": [round(float(x), 5) for x in look.bias]}


if __name__ == "__main__":
    main()
