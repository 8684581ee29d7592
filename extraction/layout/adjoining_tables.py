"""Tables that stand side by side with hardly a gap: their frames are two lines of the page, but one line of a grid.

Reports print two accounts in frames of different heights. Tables whose cells each have a frame of their own, with the
same gaps, stay whole, because both sides of each gap are as high.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extraction.layout.grid_cells import Cell
from extraction.layout.page_words import Floats

GAP = 0.8  # points between the lines of two frames


def part_adjoining(group: Sequence[Cell], rulings: Floats, tolerance: float) -> list[list[Cell]]:
    """Return the cells of each table in a ``group``, from left to right.

    ``rulings`` (k, 4) are the ruling lines of the page, which the grid aligned within ``tolerance`` points.
    """
    parts, rest = [], list(group)
    for x in sorted({cell[0] for cell in group}):
        left = [cell for cell in rest if cell[2] <= x + tolerance]
        if left and len(left) < len(rest) and _is_seam(x, left, rest, rulings, tolerance):
            parts.append(left)
            rest = [cell for cell in rest if cell[2] > x + tolerance]
    return [*parts, rest]


def _is_seam(x: float, left: Sequence[Cell], cells: Sequence[Cell], rulings: Floats, tolerance: float) -> bool:
    """Return whether two frames of different heights meet at ``x``, and no ruling line joins them."""
    right = [cell for cell in cells if cell[0] >= x - tolerance]
    if len(left) + len(right) < len(cells):
        return False
    heights = [(min(cell[1] for cell in side), max(cell[3] for cell in side)) for side in (left, right)]
    if max(abs(one - other) for one, other in zip(*heights, strict=True)) <= tolerance:
        return False
    top, bottom = min(heights)[0], max(high for _, high in heights)
    x0, y0, x1, y1 = rulings.T
    shown = (y1 >= top - tolerance) & (y0 <= bottom + tolerance)
    uprights = x0[shown & (x1 - x0 < y1 - y0) & (np.abs(x0 - x) <= tolerance)]
    if not len(uprights) or float(uprights.max() - uprights.min()) < GAP:
        return False
    crossing = shown & (x1 - x0 >= y1 - y0) & (x0 < uprights.min() - GAP) & (x1 > uprights.max() + GAP)
    return not crossing.any()
