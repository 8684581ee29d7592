"""Which hits by meaning are near enough to a question to be shown, and whether any of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.engines.protocol import NearestPassages, VectorQuery
from indexing.search.query_tree import content_words
from indexing.vectors.encoder import FOLDER


@dataclass(frozen=True, slots=True)
class Calibration:
    """The mean vector of passages, and the least distances above it (``models/encoder/calibrate.py``).

    ``least`` is that of a hit, ``least_best`` that of the best hit of a question, and ``least_best_unknown`` that of
    one without a word of a dictionary; differences of cosines. ``encoder`` is the version that they hold for.
    """

    encoder: str
    centre: NDArray[np.float32]
    least: float
    least_best: float
    least_best_unknown: float


class SemanticThreshold:
    """Keeps the hits that are near enough to one question.

    Whether the question means anything is decided by the first hits that are kept, those of the whole search; what is
    asked later of parts of it, as for groups and facets, follows that decision.
    """

    def __init__(self, question: VectorQuery, text: str, calibration: Calibration) -> None:
        self._usual = float(np.asarray(question.vector, np.float32) @ calibration.centre)
        known = any(is_in_a_dictionary(word) for word in content_words(text))
        self._least_best = calibration.least_best if known else calibration.least_best_unknown
        self._least = calibration.least
        self._means_something: bool | None = None

    def near(self, found: Mapping[str, Sequence[NearestPassages]]) -> dict[str, list[NearestPassages]]:
        """Return of each partition the hits that are near enough, none where the question means nothing."""
        if self._means_something is None:
            best = max((one.score for hits in found.values() for one in hits), default=0.0)
            self._means_something = best - self._usual >= self._least_best
        if not self._means_something:
            return {}
        return {
            partition: [one for one in hits if one.score - self._usual >= self._least]
            for partition, hits in found.items()
        }


def semantic_threshold(question: VectorQuery | None, text: str) -> SemanticThreshold | None:
    """Return the threshold of a question, None where its encoder is not calibrated: then all hits are kept."""
    known = calibration()
    if question is None or known is None or known.encoder != question.encoder:
        return None
    return SemanticThreshold(question, text, known)


@cache
def calibration() -> Calibration | None:
    """Return the calibration of the encoder that Rogatio brings, None where there is none."""
    path = FOLDER / "calibration.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as held:
        bounds = (float(held[name]) for name in ("least", "least_best", "least_best_unknown"))
        return Calibration(str(held["version"]), held["centre"].astype(np.float32), *bounds)
