"""Captions of pleadings: the parties on the left of a vertical rule, the number of the case and the title on its right.

The rule and a line below the parties form an angle that is open to the right, so that neither is a table; each side
is read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Stretches
from extraction.layout.page_words import Floats, median

STRAIGHT = 2.0  # points: width of a rule, and the distance of two that touch
MIN_HEIGHT = 3.0  # type sizes of the rule
MIN_FOOT = 5.0  # type sizes of the line below the parties
MIN_PARTIES = 2  # stretches on the left


def around_captions(band: Stretches, rulings: Floats) -> list[Stretches]:
    """Return the parts of ``band`` in reading order: what is above a caption, its two sides, and what is below.

    ``rulings`` (k, 4) are x0, top, x1, bottom in points. Without a caption the band is the only part.
    """
    if not len(band):
        return []
    size = median(band.size)
    low, high = float(band.boxes[:, 1].min()), float(band.boxes[:, 3].max())
    for x, top, bottom in _angles(rulings, size, low, high):
        middle = (band.boxes[:, 1] + band.boxes[:, 3]) / 2
        beside = (middle > top) & (middle < bottom)
        left, right = band.boxes[:, 2] <= x + STRAIGHT, band.boxes[:, 0] >= x - STRAIGHT
        parts = [~beside & (middle <= top), beside & left, beside & right, ~beside & (middle > top)]
        if parts[1].sum() >= MIN_PARTIES and parts[2].any() and (left | right)[beside].all():
            above, *sides, below = [band.chosen(np.flatnonzero(part)) for part in parts]
            return [part for part in (above, *sides, *around_captions(below, rulings)) if len(part)]
    return [band]


def _angles(rulings: Floats, size: float, low: float, high: float) -> Iterator[tuple[float, float, float]]:
    """Yield x, top and bottom of each vertical rule that ends on the right end of a horizontal one, from the top.

    Only rules beside the stretches, which are from ``low`` to ``high``, count.
    """
    x0, top, x1, bottom = rulings.T
    level = rulings[(bottom - top <= STRAIGHT) & (x1 - x0 >= MIN_FOOT * size)]
    if not len(level):
        return
    upright = (x1 - x0 <= STRAIGHT) & (bottom - top > STRAIGHT) & (bottom > low) & (top < high)
    if not upright.any():
        return
    for x, start, end in _uprights(rulings[upright]):
        if end - start < MIN_HEIGHT * size:
            continue
        if ((abs(level[:, 1] - end) <= STRAIGHT) & (abs(level[:, 2] - x) <= STRAIGHT)).any():
            yield x, start, end


def _uprights(rulings: Floats) -> list[tuple[float, float, float]]:
    """Return x, top and bottom of the vertical rules, those in one line that touch as one."""
    joined: list[tuple[float, float, float]] = []
    order: NDArray[np.int64] = np.lexsort((rulings[:, 1], np.round(rulings[:, 0])))
    for x, top, _, bottom in rulings[order].tolist():
        if joined and abs(joined[-1][0] - x) <= STRAIGHT and top <= joined[-1][2] + STRAIGHT:
            joined[-1] = (joined[-1][0], joined[-1][1], max(bottom, joined[-1][2]))
        else:
            joined.append((x, top, bottom))
    return sorted(joined, key=lambda rule: rule[1])
