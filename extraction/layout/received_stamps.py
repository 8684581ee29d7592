"""Stamps of courts and registries beside a heading: "FILED", the court, the date and the clerk, one below the other.

Read row by row they would be mixed with the heading, so each is read as a whole, before the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Stretches
from extraction.resource import load

MIN_LINES = 3
LARGEST_GAP = 3.2  # type sizes between two lines of a stamp
OFF_AXIS = 1.5  # type sizes by which a line may be off the middle of the first
BESIDE = 0.5  # share of the text's width left of the middle of the stamp


def apart_from_stamp(band: Stretches, words: Sequence[str]) -> list[Stretches]:
    """Return the stretches of a stamp and the others; without a stamp the ``band`` is the only part."""
    for first in range(len(band)):
        if len(band.words[first]) == 1 and words[int(band.words[first][0])].strip(".:").casefold() in _words():
            lines = _below(band, first)
            if len(lines) >= MIN_LINES and _is_beside_text(band, lines):
                others = np.setdiff1d(np.arange(len(band)), lines)
                return [band.chosen(lines), band.chosen(others)]
    return [band]


def _below(band: Stretches, first: int) -> NDArray[np.int64]:
    """Return ``first`` and the stretches below it with the same middle, as far as they are close to each other."""
    boxes, size = band.boxes, float(band.size[first])
    axis = (boxes[:, 0] + boxes[:, 2]) / 2
    lines = [first]
    for index in np.argsort(boxes[:, 1]).tolist():
        gap = float(boxes[index, 1] - boxes[lines[-1], 3])
        if (
            index != first
            and -0.2 * size < gap <= LARGEST_GAP * size
            and abs(axis[index] - axis[first]) <= OFF_AXIS * size
        ):
            lines.append(index)
    return np.array(lines)


def _is_beside_text(band: Stretches, lines: NDArray[np.int64]) -> bool:
    """Return whether the stamp is on the right, and other stretches are level with it on its left."""
    stamp = band.boxes[lines]
    low, high = float(band.boxes[:, 0].min()), float(band.boxes[:, 2].max())
    on_right = float(stamp[0, 0] + stamp[0, 2]) / 2 > low + BESIDE * (high - low)
    middle = (band.boxes[:, 1] + band.boxes[:, 3]) / 2
    level = (middle > stamp[:, 1].min()) & (middle < stamp[:, 3].max()) & (band.boxes[:, 2] <= stamp[:, 0].min())
    return on_right and bool(level.any())


@cache
def _words() -> frozenset[str]:
    return frozenset(load("extraction.furniture")["stamps"])
