"""Choice of the type of a cooperation letter by weighed evidence.

Evidence is titles, phrases and words that indicate types, and the encoder's vectors of the title lines and of the first
sentences. The score of a type is the sum of the weights of the features that a letter has. The weights are those of
``models/request_types``, whose README describes their training.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import numpy as np
import regex

from extraction.resource import load
from nlp.requests.weights import feature_score, feature_weights
from nlp.transformer import MODELS, Vector

WEIGHTS = MODELS / "request_types" / "weights.json"
# Scale of the features of rules, which were written with knowledge of most letters, and of the single patterns.
_RULES, _SINGLE = 0.5, 0.5
_TITLE_WEIGHT, _MOST = 10.0, 2.0
# Scale of the vectors of title and text, chosen with sets of letters left out.
_VECTOR = 3.0
_CRIMINAL, _LENGTH = 10, 6_000
_SMALLEST = 1e-9
_SLOPE, _OFFSET = 9.6, 0.6
# How often a cue counts at most in the whole letter and in its beginning (characters).
_COUNTS: tuple[tuple[int | None, int], ...] = ((None, 4), (None, 1), (1_200, 2), (600, 1))

Features = Mapping[str, float]
Weights = Mapping[str, Mapping[str, float]]
Evidence = tuple[str, float]


def type_features(
    folded: str,
    titles: Iterable[Evidence],
    openings: Iterable[Evidence],
    general: Evidence,
    *,
    asks: bool,
    criminal: int,
) -> Features:
    """Return the features of a letter.

    ``folded`` is its running text; ``titles`` and ``openings`` are the types that its title lines and phrases name,
    with their weights; ``general`` is the label of the document classifier with its confidence; ``criminal`` is the
    number of words of criminal procedure.
    """
    found: dict[str, float] = defaultdict(float)
    for label, weight in titles:
        found[f"title.{label}"] = _RULES * weight / _TITLE_WEIGHT
    for label, weight in openings:
        name = f"opening.{label}"
        found[name] = min(_RULES * _MOST, found[name] + _RULES * weight / _TITLE_WEIGHT)
    found[f"general.{general[0]}"] = _RULES * general[1]
    found["criminal"] = _RULES * min(criminal, _CRIMINAL) / _CRIMINAL
    found["asks"] = _RULES * asks
    found["length"] = _RULES * min(len(folded), _LENGTH) / _LENGTH
    found["every"] = 1.0
    found.update(_cue_features(folded))
    return {name: value for name, value in found.items() if value}


def _cue_features(folded: str) -> Features:
    found: dict[str, float] = {}
    for name, patterns in _cues().items():
        places = []
        for number, pattern in enumerate(patterns):
            here = [match.start() for match in pattern.finditer(folded)]
            found[f"{name}.{number}"] = _SINGLE * bool(here)
            places += here
        for number, (reach, most) in enumerate(_COUNTS):
            count = sum(reach is None or place < reach for place in places)
            found[f"{name}-{number}"] = min(count, most) / most
    return found


def vector_features(name: str, vectors: Vector) -> Features:
    """Return the features of the mean of the encoder's ``vectors`` (one a row); none for no rows."""
    if not len(vectors):
        return {}
    mean = vectors.mean(axis=0)
    mean *= _VECTOR / max(float(np.linalg.norm(mean)), _SMALLEST)
    return {f"{name}.{number}": value for number, value in enumerate(mean.tolist())}


def type_scores(features: Features, weights: Weights | None = None) -> dict[str, float]:
    """Return the score of each type of letter; those of the right type are near 1, the others near 0.

    Without weights no type has a score.
    """
    return {label: feature_score(features, known) for label, known in (weights or trained_weights()).items()}


def type_probability(scores: Mapping[str, float], label: str) -> float:
    """Return the probability that ``label`` is the right type, by how far its score is above the others.

    It is a logistic function of that distance, fitted to 364 letters of six sets, each scored by weights without its
    set.
    """
    others = max((score for name, score in scores.items() if name != label), default=0.0)
    return 1 / (1 + math.exp(_OFFSET - _SLOPE * (scores[label] - others)))


@cache
def _cues() -> Mapping[str, Sequence[regex.Pattern[str]]]:
    """Return the patterns of each cue; those of the languages belong to one cue ("results_es", "results_pt")."""
    cues: dict[str, list[regex.Pattern[str]]] = defaultdict(list)
    for name, patterns in load("nlp.request_type_cues").items():
        cues[name.partition("_")[0]] += [regex.compile(pattern) for pattern in patterns]
    return cues


@cache
def trained_weights() -> Weights:
    """Return the weights of each type, none if their file is missing."""
    return feature_weights(WEIGHTS)
