"""Values typed on the blank lines of a form: ``Yo, ______ Bachiller de`` with a name over the blank.

Blank and name are drawn one over the other, often by two programs. The blank gives way to the value, as in form fields;
what follows it becomes a stretch of its own, so that the value is read in its place.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import SAME_HEIGHT, Stretches
from extraction.layout.page_words import PageWords

BLANK = "____"
SLACK = 3.0  # points by which a value may be longer than its blank


def part_at_filled_blanks(segments: Stretches, page: PageWords) -> Stretches:
    """Return ``segments`` of ``page`` with those divided at each blank on which another one stands, without it."""
    if BLANK not in page.text:
        return segments
    words = page.words
    pieces: list[NDArray[np.int64]] = []
    changed = False
    for own, indices in enumerate(segments.words):
        kept: list[int] = []
        for index in indices.tolist():
            if BLANK not in words[index] or not _filled(page, segments, own, index):
                kept.append(index)
                continue
            changed = True
            if words[index].strip("_"):
                kept.append(index)
            if kept:
                pieces.append(np.array(kept))
            kept = []
        if kept:
            pieces.append(np.array(kept))
    return _stretches(page, pieces) if changed else segments


def _filled(page: PageWords, segments: Stretches, own: int, blank: int) -> bool:
    """Return whether a stretch lies within the sides of the word ``blank`` of the stretch ``own``, level with it."""
    x0, top, x1, bottom = page.upright[blank]
    left, above, right, below = segments.boxes.T
    shared = np.minimum(bottom, below) - np.maximum(top, above)
    level = shared >= SAME_HEIGHT * np.minimum(bottom - top, below - above)
    inside = level & (left >= x0 - SLACK) & (right <= x1 + SLACK)
    inside[own] = False
    return bool(inside.any())


def _stretches(page: PageWords, pieces: list[NDArray[np.int64]]) -> Stretches:
    boxes = [page.upright[piece] for piece in pieces]
    around = [np.concatenate((box[:, :2].min(axis=0), box[:, 2:].max(axis=0))) for box in boxes]
    size = [page.size[piece].max() for piece in pieces]
    bold = [page.bold[piece].all() for piece in pieces]
    return Stretches(np.array(around, np.float32), np.array(size, np.float32), np.array(bold, np.bool_), pieces)
