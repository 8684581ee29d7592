"""Nearness of a provision to every concept by the encoder's vector of its first passage.

``models/concept_tags/concepts.npz`` has the mean vectors of each concept's names and definitions in four languages,
made by the encoder whose version it states. ``models/encoder/concepts.npz`` has the weights of the classifier of
questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.transformer import MODELS, card, exists

FOLDER = MODELS / "concept_tags"
ENCODER = MODELS / "encoder"
MEASURES = ("name", "definition", "both", "told")
_BY_MEANING, _BY_TOLD = 15, 6  # nearest concepts that are candidates
_UNKNOWN = -99.0  # score of a concept that the classifier of questions does not have
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Nearness:
    """Standardised nearness, rank (0: nearest) and distance to the best other concept of each concept by measure.

    Distances are in standard deviations among concepts. ``places`` are the rows of the concepts.
    """

    places: Mapping[str, int]
    standard: Mapping[str, Numbers]
    ranks: Mapping[str, NDArray[np.int64]]
    raw: Mapping[str, Numbers]
    leads: Mapping[str, Numbers]

    def nearest(self) -> list[str]:
        """Return the concepts that are near enough to be weighed as subjects, nearest first."""
        codes = list(self.places)
        both, told = self.ranks["both"], self.ranks["told"]
        chosen = [*np.argsort(both)[:_BY_MEANING], *np.argsort(told)[:_BY_TOLD]]
        return list(dict.fromkeys(codes[place] for place in chosen))

    def features(self, code: str) -> dict[str, float]:
        """Return the features of a concept by its nearness; none for one without vectors."""
        place = self.places.get(code)
        if place is None:
            return {}
        found: dict[str, float] = {}
        for name in MEASURES:
            rank = int(self.ranks[name][place])
            found[f"{name}_near"] = float(self.standard[name][place])
            found[f"{name}_raw"] = float(self.raw[name][place])
            found[f"{name}_rank"] = float(np.log1p(rank))
            found[f"{name}_first"] = float(rank == 0)
            found[f"{name}_lead"] = float(self.leads[name][place])
        return found

    def greatest(self, codes: Iterable[str]) -> float:
        """Return the greatest standardised nearness of ``codes``, 0 without any."""
        known = (self.places[code] for code in codes if code in self.places)
        return max((float(self.standard["both"][place]) for place in known), default=0.0)


def nearness(vector: NDArray[np.floating[Any]]) -> Nearness | None:
    """Return how near a provision is to all concepts by the encoder's vector of its first passage.

    None if the vectors of concepts are not installed or belong to another encoder.
    """
    known = _concept_vectors()
    if known is None:
        return None
    own = vector.astype(np.float64)
    name, definition = known["names"] @ own, known["definitions"] @ own
    raw = {
        "name": name,
        "definition": definition,
        "both": name + definition,
        "told": known["told"] @ own + known["bias"],
    }
    standard = {key: (values - values.mean()) / (values.std() + 1e-9) for key, values in raw.items()}
    ranks = {key: np.argsort(np.argsort(-values, kind="stable")) for key, values in raw.items()}
    leads = {key: _leads(values) for key, values in standard.items()}
    return Nearness(_places(), standard, ranks, raw, leads)


def _leads(values: Numbers) -> Numbers:
    """Return the distance of each value to the best other one."""
    second, best = np.partition(values, -2)[-2:]
    return np.asarray(np.where(values == best, best - second, values - best), np.float64)


@cache
def encoder_version() -> str:
    """Return the version of the encoder whose vectors can be compared, empty if the model is not installed."""
    path = FOLDER / "concepts.npz"
    if not path.is_file() or not exists(ENCODER):
        return ""
    own = card(ENCODER)
    with np.load(path, allow_pickle=False) as stored:
        return str(stored["encoder"]) if str(stored["encoder"]) == f"{own.name}@{own.version}" else ""


@cache
def _concept_vectors() -> Mapping[str, Numbers] | None:
    if not encoder_version():
        return None
    with np.load(FOLDER / "concepts.npz", allow_pickle=False) as stored:
        ids = [str(code) for code in stored["ids"]]
        own = {name: stored[name].astype(np.float64) for name in ("names", "definitions")}
    return own | _told(ids, own["names"].shape[1])


def _told(ids: list[str], dimensions: int) -> dict[str, Numbers]:
    """Return the weights and the biases of the classifier of questions, in the order of ``ids``."""
    weights, bias = np.zeros((len(ids), dimensions)), np.full(len(ids), _UNKNOWN)
    with np.load(ENCODER / "concepts.npz", allow_pickle=False) as stored:
        rows = {str(code): row for row, code in enumerate(stored["ids"])}
        vectors, biases = stored["vectors"].astype(np.float64), stored["biases"]
    for place, code in enumerate(ids):
        if code in rows:
            weights[place], bias[place] = vectors[rows[code]], biases[rows[code]]
    return {"told": weights, "bias": bias}


@cache
def _places() -> Mapping[str, int]:
    with np.load(FOLDER / "concepts.npz", allow_pickle=False) as stored:
        return {str(code): place for place, code in enumerate(stored["ids"])}
