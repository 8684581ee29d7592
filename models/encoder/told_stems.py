"""Stems indicative of concepts: those more frequent in the texts of a concept than in those of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

# Weight of a stem beside the vector of the same text; low, since the stems of a text are not independent.
WEIGHT = 0.13
FEWEST = 2  # minimum number of texts with a stem


def telling_stems(texts: Sequence[Collection[str]], owners: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays ``stems``, ``starts``, ``holders`` and ``says`` from the stems of each text.

    ``owners`` is the concept of each of ``texts``. The concepts indicated by stem ``n`` are
    ``holders[starts[n]:starts[n + 1]]``; ``says``, at the same indices, is the amount added to their log-probabilities.
    """
    frequencies = Counter(stem for text in texts for stem in set(text))
    stems = sorted(stem for stem, number in frequencies.items() if number >= FEWEST)
    counts = _counts(texts, owners, {stem: place for place, stem in enumerate(stems)})
    places, holders = np.nonzero(counts.T)
    says = WEIGHT * _logarithms(counts, np.bincount(owners))[holders, places]
    positive = says > 0
    starts = np.searchsorted(places[positive], np.arange(len(stems) + 1))
    return {
        "stems": np.array(stems),
        "starts": starts.astype(np.int32),
        "holders": holders[positive].astype(np.uint16),
        "says": says[positive].astype(np.float16),
    }


def _counts(texts: Sequence[Collection[str]], owners: NDArray[np.int64], places: dict[str, int]) -> NDArray[np.float32]:
    """Return the number of texts of each concept with each stem, (concepts, stems)."""
    counts = np.zeros((owners.max() + 1, len(places)), np.float32)
    for text, owner in zip(texts, owners, strict=True):
        counts[owner, [places[stem] for stem in set(text) if stem in places]] += 1
    return counts


def _logarithms(counts: NDArray[np.float32], texts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the log ratio of a stem's frequency in each concept to that in all texts, smoothed by one average text."""
    average = counts.sum(axis=0) / texts.sum()
    logarithms: NDArray[np.float32] = np.log((counts / average + 1) / (texts[:, None] + 1))
    return logarithms
