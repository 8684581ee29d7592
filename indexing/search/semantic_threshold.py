"""Threshold for semantic hits: which are close enough to a query, and whether the query has a meaning at all."""

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
    """Mean vector of passages (``centre``) and thresholds relative to it (``models/encoder/calibrate.py``).

    ``least`` applies to each hit, ``least_best`` to the best hit of a query, ``least_best_unknown`` to the best hit of
    a query without any dictionary word; all are differences of cosines. They are valid for the version ``encoder``.
    """

    encoder: str
    centre: NDArray[np.float32]
    least: float
    least_best: float
    least_best_unknown: float


class SemanticThreshold:
    """Filters the semantic hits of one query.

    Whether the query has a meaning is decided by the hits of the first call, those of the whole search; later calls for
    groups and facets follow that decision.
    """

    def __init__(self, question: VectorQuery, text: str, calibration: Calibration) -> None:
        self._usual = float(np.asarray(question.vector, np.float32) @ calibration.centre)
        known = any(is_in_a_dictionary(word) for word in content_words(text))
        self._least_best = calibration.least_best if known else calibration.least_best_unknown
        self._least = calibration.least
        self._means_something: bool | None = None

    def near(self, found: Mapping[str, Sequence[NearestPassages]]) -> dict[str, list[NearestPassages]]:
        """Return the hits of each partition that are close enough; none if the query has no meaning."""
        if self._means_something is None:
            best = max((hit.score for hits in found.values() for hit in hits), default=0.0)
            self._means_something = best - self._usual >= self._least_best
        if not self._means_something:
            return {}
        return {
            partition: [
                nearest_passages for nearest_passages in hits if nearest_passages.score - self._usual >= self._least
            ]
            for partition, hits in found.items()
        }


def semantic_threshold(question: VectorQuery | None, text: str) -> SemanticThreshold | None:
    """Return the threshold of a query, None if its encoder is not calibrated (then all hits are kept)."""
    known = calibration()
    if question is None or known is None or known.encoder != question.encoder:
        return None
    return SemanticThreshold(question, text, known)


@cache
def calibration() -> Calibration | None:
    """Return the calibration of the bundled encoder, None if there is none."""
    path = FOLDER / "calibration.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        bounds = (float(arrays[name]) for name in ("least", "least_best", "least_best_unknown"))
        return Calibration(str(arrays["version"]), arrays["centre"].astype(np.float32), *bounds)
