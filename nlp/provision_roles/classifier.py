"""Classifier of the role of provisions for a concept, trained on labels (``models/provision_selection``).

The first stage classifies each provision individually. The second stage uses the results of the first for it and for
the other candidates of its country: whether there is a better one, and the results of its neighbours in the chapter.
Both are multinomial logistic regressions. It applies to offences; other concepts have no basic and special forms.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.probability import softmax
from nlp.provision_roles.evidence import evidence
from nlp.provision_roles.reading import ProvisionReading
from nlp.transformer import MODELS

FILE = MODELS / "provision_selection" / "model.json"
NONE, CONNECTED, SPECIAL, BASIC = "none", "connected", "special", "basic"
ROLES = (NONE, CONNECTED, SPECIAL, BASIC)
NEIGHBOURS = (
    "basic_elsewhere",
    "basic_in_chapter",
    "basic_before",
    "relevant_near",
    "relevant_in_chapter",
    "relevant_elsewhere",
    "odds_basic",
    "odds_special",
    "odds_connected",
)
_BEFORE, _NEAR = 4, 3  # places in a chapter
_MINIMUM = 1e-4  # probability
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision that may be about a concept; ``place`` is its number among those of ``document``."""

    document: str
    place: int
    path: tuple[str, ...]
    reading: ProvisionReading


@dataclass(frozen=True, slots=True)
class RoleScore:
    """Probability of each role; the three and that of no role sum to 1."""

    connected: float
    special: float
    basic: float

    @property
    def relevant(self) -> float:
        """The probability that the provision is compared: as the basic offence or a special form of it."""
        return self.basic + self.special


@dataclass(frozen=True, slots=True)
class Look:
    """Weights (roles, features) over the features by name, and a bias for each role."""

    names: tuple[str, ...]
    weights: Numbers
    bias: Numbers

    def probabilities(self, features: Sequence[Mapping[str, float]]) -> Numbers:
        """Return the probability of each role, (features, roles)."""
        values = np.array([[feature.get(name, 0.0) for name in self.names] for feature in features])
        return np.asarray(softmax(values @ self.weights.T + self.bias, axis=1), np.float64)


@dataclass(frozen=True, slots=True)
class Model:
    """``least_basic`` is the probability from which a country has the offence, ``least_shown`` that of the others."""

    alone: Look
    beside: Look
    least_basic: float
    least_shown: float


def role_scores(offence: str, candidates: Sequence[Candidate]) -> list[RoleScore]:
    """Return the score of each candidate of one country for the concept ``offence``, in the same order."""
    if not candidates:
        return []
    known = model()
    first = known.alone.probabilities([evidence(offence, candidate.reading) for candidate in candidates])
    second = known.beside.probabilities(neighbour_features(candidates, first))
    return [RoleScore(float(c), float(s), float(b)) for _, c, s, b in second]


def neighbour_features(candidates: Sequence[Candidate], first: Numbers) -> list[dict[str, float]]:
    """Return the features of the second stage from ``first``, the probabilities (candidates, roles) of the first stage.

    ``odds_...`` are logarithms of the odds of a role against none.
    """
    basic, relevant = first[:, 3], first[:, 2] + first[:, 3]
    odds = np.log(np.clip(first, _MINIMUM, 1.0))
    odds -= odds[:, :1]
    chapters: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        chapters[candidate.document, candidate.path].append(number)
    found = []
    for number, candidate in enumerate(candidates):
        others = [other for other in range(len(candidates)) if other != number]
        chapter = [other for other in chapters[candidate.document, candidate.path] if other != number]
        distance = {other: candidate.place - candidates[other].place for other in chapter}
        values = (
            _best(basic, others),
            _best(basic, chapter),
            _best(basic, [other for other in chapter if 0 < distance[other] <= _BEFORE]),
            _best(relevant, [other for other in chapter if abs(distance[other]) <= _NEAR]),
            float(relevant[chapter].sum()) / (1 + len(chapter)),
            _best(relevant, others),
            *map(float, odds[number, :0:-1]),
        )
        found.append(dict(zip(NEIGHBOURS, values, strict=True)))
    return found


def _best(values: Numbers, places: Sequence[int]) -> float:
    return float(values[places].max()) if places else 0.0


@cache
def model() -> Model:
    """Return the trained classifier."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return Model(_look(content["alone"]), _look(content["beside"]), content["least_basic"], content["least_shown"])


def _look(content: Mapping[str, Sequence[float]]) -> Look:
    weights = np.array([content[role] for role in ROLES])
    return Look(tuple(map(str, content["names"])), weights, np.array(content["bias"]))


def chosen(scores: Sequence[RoleScore], most: int) -> list[tuple[int, str]]:
    """Return the compared candidates of a country with their roles: basic offences first, the most probable first.

    The result is empty if no candidate is probable enough as the basic offence or as a special form of it.
    """
    known = model()
    return choose(scores, most, known.least_basic, known.least_shown)


def choose(scores: Sequence[RoleScore], most: int, least_basic: float, least_shown: float) -> list[tuple[int, str]]:
    """Return the compared candidates with their roles, by the given thresholds.

    The most probable one is a basic offence; others are if that is more probable than a special form.
    """
    basic = [
        place for place, score in enumerate(scores) if score.basic >= least_basic and score.basic >= score.connected
    ]
    special = [place for place, score in enumerate(scores) if place not in basic and score.relevant >= least_shown]
    basic.sort(key=lambda place: -scores[place].basic)
    special.sort(key=lambda place: -scores[place].relevant)
    chosen = [*basic, *special][:most]
    return [(place, _role(scores[place], place in basic, place in basic[:1])) for place in chosen]


def _role(score: RoleScore, is_basic: bool, is_surest: bool) -> str:
    return BASIC if is_surest or (is_basic and score.basic >= score.special) else SPECIAL
