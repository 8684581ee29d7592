"""Which stems tell of each concept: those that what is told of it holds oftener than what is told of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

# What a stem says beside the vector, which has read it too; the stems of one text say the same thing again.
SAY = 0.13
FEWEST = 2  # texts that hold a stem


def telling_stems(texts: Sequence[Collection[str]], owners: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays ``stems``, ``starts``, ``holders`` and ``says`` from the stems of each text.

    ``owners`` says whose each of ``texts`` is. The concepts that stem ``n`` tells of are ``holders[starts[n]:starts[n +
    1]]``, and ``says``, at the same places, is what it adds to the logarithm of how probable each is.
    """
    held = Counter(stem for text in texts for stem in set(text))
    stems = sorted(stem for stem, number in held.items() if number >= FEWEST)
    counts = _counts(texts, owners, {stem: place for place, stem in enumerate(stems)})
    places, holders = np.nonzero(counts.T)
    says = SAY * _logarithms(counts, np.bincount(owners))[holders, places]
    tells = says > 0
    starts = np.searchsorted(places[tells], np.arange(len(stems) + 1))
    return {
        "stems": np.array(stems),
        "starts": starts.astype(np.int32),
        "holders": holders[tells].astype(np.uint16),
        "says": says[tells].astype(np.float16),
    }


def _counts(texts: Sequence[Collection[str]], owners: NDArray[np.int64], places: dict[str, int]) -> NDArray[np.float32]:
    """Return how many texts of each concept hold each stem (concepts, stems)."""
    counts = np.zeros((owners.max() + 1, len(places)), np.float32)
    for text, owner in zip(texts, owners, strict=True):
        counts[owner, [places[stem] for stem in set(text) if stem in places]] += 1
    return counts


def _logarithms(counts: NDArray[np.float32], texts: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how much oftener each concept's ``texts`` hold a stem than all do, one text like all the others added."""
    usual = counts.sum(axis=0) / texts.sum()
    found: NDArray[np.float32] = np.log((counts / usual + 1) / (texts[:, None] + 1))
    return found
