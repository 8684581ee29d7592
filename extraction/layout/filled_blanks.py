"""Values typed on the blank lines of a form: ``Yo, ______ Bachiller de`` with a name over the blank.

Blank and name are drawn one over the other, often by two programs. What follows the blank becomes a stretch of its
own, so that the value is read between them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_lines import SAME_HEIGHT, Stretches
from extraction.layout.page_words import PageWords

BLANK = "____"
SLACK = 2.0  # points by which a value may be longer than its blank


def part_at_filled_blanks(segments: Stretches, page: PageWords) -> Stretches:
    """Return ``segments`` of ``page`` with those divided behind each blank on which another one stands."""
    if BLANK not in page.text:
        return segments
    words = page.words
    pieces: list[NDArray[np.int64]] = []
    for indices in segments.words:
        inner = indices[:-1].tolist()
        cuts = [
            place + 1 for place, index in enumerate(inner) if BLANK in words[index] and _filled(page, segments, index)
        ]
        pieces += np.split(indices, cuts) if cuts else [indices]
    return segments if len(pieces) == len(segments) else _stretches(page, pieces)


def _filled(page: PageWords, segments: Stretches, blank: int) -> bool:
    """Return whether a stretch lies within the sides of the word ``blank``, level with it."""
    x0, top, x1, bottom = page.upright[blank]
    left, above, right, below = segments.boxes.T
    shared = np.minimum(bottom, below) - np.maximum(top, above)
    level = shared >= SAME_HEIGHT * np.minimum(bottom - top, below - above)
    return bool((level & (left >= x0 - SLACK) & (right <= x1 + SLACK)).any())


def _stretches(page: PageWords, pieces: list[NDArray[np.int64]]) -> Stretches:
    boxes = [page.upright[piece] for piece in pieces]
    around = [np.concatenate((box[:, :2].min(axis=0), box[:, 2:].max(axis=0))) for box in boxes]
    size = [page.size[piece].max() for piece in pieces]
    bold = [page.bold[piece].all() for piece in pieces]
    return Stretches(np.array(around, np.float32), np.array(size, np.float32), np.array(bold, np.bool_), pieces)
