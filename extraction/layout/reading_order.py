"""Reading order of a page: columns and lines that span them (recursive XY cut).

A region is split at a gutter that nothing crosses. If only a few lines cross the best gutter (a heading over two
columns, a note under them), they split the region into bands that are read one after the other. A gutter counts only
between columns of prose, and between columns of a form that have labels of their own: labels with values beside them
and table cells are read along the row.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import Stretches, rows
from extraction.layout.page_words import median

Indices = NDArray[np.int64]

NARROWEST_GUTTER = 0.45  # type sizes
MIN_ROWS = 3
MIN_IN_BAND = 2.5  # stretches on either side, on average
MAX_CROSSING_SHARE = 0.4  # share of the stretches
PROSE_WIDTH = 9.0  # type sizes: least width of the median line of a column of prose
MIN_SPREAD = 5  # rows
WIDEST_SPACE = 2.0  # type sizes between the words of a justified line
ALIGNED = 0.6  # share of the rows of the shorter side that are level with one of the other
HEADING_GAP = 0.4  # type sizes
MARGIN = 0.1  # share of the region's width, at each side, without gutters
MIN_LABELS, MOSTLY_LABELS = 4, 0.4  # stretches of a column of a form, and their share, that are labels

Labels = NDArray[np.bool_]


def columns(stretches: Stretches, labels: Labels | None = None) -> list[Indices]:
    """Return the columns in reading order, each as the indices of its stretches.

    ``labels`` tells which stretches have a label, such as "Name:"; without it no column of a form is recognised.
    """
    everything = np.arange(len(stretches))
    labels = np.zeros(len(stretches), np.bool_) if labels is None else labels
    return list(_columns(stretches, labels, everything)) if len(everything) else []


def _columns(stretches: Stretches, labels: Labels, region: Indices) -> Iterator[Indices]:
    gutter = _gutter(stretches, labels, region) if len(region) >= 2 * MIN_ROWS else None
    if gutter is None:
        yield region
        return
    left, right, crossing = gutter
    if not len(crossing):
        yield from _columns(stretches, labels, left)
        yield from _columns(stretches, labels, right)
        return
    for band in _bands(stretches, left, right, crossing):
        yield from _columns(stretches, labels, band)


def _gutter(stretches: Stretches, labels: Labels, region: Indices) -> tuple[Indices, Indices, Indices] | None:
    """Return the stretches left of, right of and across the best gutter, or None."""
    boxes = stretches.boxes[region]
    size = median(stretches.size[region])
    for low, high in _candidates(boxes, size):
        middle = (low + high) / 2
        left, right = region[boxes[:, 2] <= middle + 1], region[boxes[:, 0] >= middle - 1]
        crossing = region[(boxes[:, 2] > middle + 1) & (boxes[:, 0] < middle - 1)]
        few_cross = len(crossing) <= MAX_CROSSING_SHARE * len(region)
        keeps_together = few_cross and _keeps_together(stretches, left, right, crossing)
        is_form = _has_labels(labels[left]) and _has_labels(labels[right])
        if keeps_together and (is_form or _is_gutter(stretches, left, right, size)):
            return left, right, crossing
    return None


def _keeps_together(stretches: Stretches, left: Indices, right: Indices, crossing: Indices) -> bool:
    """Return whether the crossing stretches leave bands of sufficient height: a gap within sentences is no gutter."""
    if not len(crossing):
        return True
    tops = np.sort(stretches.boxes[crossing, 1])
    bands = np.unique(np.searchsorted(tops, stretches.boxes[np.concatenate((left, right)), 1]))
    return min(len(left), len(right)) >= MIN_IN_BAND * len(bands)


def _candidates(boxes: NDArray[np.float32], size: float) -> list[tuple[float, float]]:
    """Return the vertical gaps (start, end in points) crossed by the fewest stretches, the widest first."""
    low, high = float(boxes[:, 0].min()), float(boxes[:, 2].max())
    length = int(high - low) + 2
    starts, ends = (boxes[:, (0, 2)].T - low).astype(np.int64)
    cover = np.cumsum(np.bincount(starts, minlength=length) - np.bincount(ends, minlength=length))
    inner = cover[int(MARGIN * length) : int((1 - MARGIN) * length)]
    if not len(inner):
        return []
    gaps = []
    for level in np.flatnonzero(np.bincount(inner))[:4].tolist():
        gaps += [
            (level, start, end) for start, end in _runs_below(cover, level) if end - start >= NARROWEST_GUTTER * size
        ]
    gaps.sort(key=lambda gap: (gap[0], gap[1] - gap[2]))
    return [(low + start, low + end) for _, start, end in gaps if start > 0 and end < length - 1][:6]


def _runs_below(cover: NDArray[np.int64], level: int) -> list[tuple[int, int]]:
    inside = np.concatenate(([False], cover <= level, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(inside))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _is_gutter(stretches: Stretches, left: Indices, right: Indices, size: float) -> bool:
    sides = (stretches.boxes[left], stretches.boxes[right])
    if any(len(side) < MIN_ROWS for side in sides):
        return False
    widths = [_line_width(side, size) for side in sides]
    if min(widths) >= PROSE_WIDTH * size:
        return True
    return min(widths) >= PROSE_WIDTH * size / 2 and not are_level(*sides)


def _has_labels(labels: Labels) -> bool:
    """Return whether a side has enough ``labels`` to be a column of a form: values have none."""
    return int(labels.sum()) >= max(MIN_LABELS, MOSTLY_LABELS * len(labels))


def _line_width(side: NDArray[np.float32], size: float) -> float:
    """Return the median line width in points: of stretches or, on a side with enough rows, of whole rows.

    Rows are needed because justified text is split into several stretches with narrow gaps.
    """
    stretch = median(side[:, 2] - side[:, 0])
    lines = rows(side)
    if stretch >= PROSE_WIDTH * size or len(lines) < MIN_SPREAD:
        return stretch
    return median([_row_width(side[row], size) for row in lines])


def _row_width(row: NDArray[np.float32], size: float) -> float:
    widths = row[:, 2] - row[:, 0]
    close = bool((row[1:, 0] - row[:-1, 2] <= WIDEST_SPACE * size).all())
    return float(widths.sum()) if close else float(widths.max())


def are_level(left: NDArray[np.float32], right: NDArray[np.float32]) -> bool:
    """Return whether the boxes of both sides are level, as the rows of a table are."""
    fewer, more = sorted((left, right), key=len)
    shared = np.minimum(fewer[:, None, 3], more[None, :, 3]) - np.maximum(fewer[:, None, 1], more[None, :, 1])
    level = shared.max(axis=1) >= 0.7 * (fewer[:, 3] - fewer[:, 1])
    return float(level.mean()) >= ALIGNED


def _bands(stretches: Stretches, left: Indices, right: Indices, crossing: Indices) -> Iterator[Indices]:
    """Yield the crossing stretches and the bands between them, from top to bottom."""
    across = [crossing[row] for row in rows(stretches.boxes[crossing])]
    tops = [float(stretches.boxes[row, 1].min()) for row in across]
    centres = (stretches.boxes[:, 1] + stretches.boxes[:, 3]) / 2
    pending: list[Indices] = []
    for index in range(len(across) + 1):
        sides = [side[np.searchsorted(tops, centres[side]) == index] for side in (left, right)]
        heading = _heading_of(stretches, *sides) if index < len(across) else crossing[:0]
        between = np.setdiff1d(np.concatenate(sides), heading)
        if len(between):
            if pending:
                yield np.concatenate(pending)
                pending = []
            yield between
        if index < len(across):
            pending += [heading, across[index]]
    if pending:
        yield np.concatenate(pending)


def _heading_of(stretches: Stretches, left: Indices, right: Indices) -> Indices:
    """Return the short heading of full-width text below: it is lower than the other column and set off from its own."""
    for side, other in ((left, right), (right, left)):
        if not len(side) or not len(other):
            continue
        boxes, size = stretches.boxes, float(np.median(stretches.size[side]))
        below: Indices = side[boxes[side, 1] >= boxes[other, 3].max() - 0.2 * size]
        above = np.setdiff1d(side, below)
        if len(below) and len(above) and boxes[below, 1].min() - boxes[above, 3].max() > HEADING_GAP * size:
            return below
    return left[:0]
