"""Words of a page with their boxes, from a text layer or OCR."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extraction.document import Box, Furniture, TextOrigin

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
SAME_PLACE = 1.0  # points by which a word may lie outside the box of another reading
OBLIQUE = -1  # ``turn`` of words at no right angle, such as watermarks


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words in file order; arrays have one row per word.

    ``boxes`` (n, 4: x0, top, x1, bottom) are in points on the page as displayed, ``upright`` in the frame rotated so
    that the word's line is horizontal; for a scan that is the page without its skew. ``turn`` is the direction of the
    line in degrees clockwise (0, 90, 180, 270 or ``OBLIQUE``); ``run`` numbers the text lines of the file. ``rulings``
    (k, 4) are ruling lines, on a scan those of the page without its skew. ``text`` has the words separated by single
    spaces: one string per page keeps memory use low. ``hidden`` says that the text layer is invisible, as on a scan
    that was read before, ``covered`` that words below opaque areas were left out, ``struck`` that words struck through
    were. ``notes`` are stamps and comments that the file marks as such.
    """

    number: int
    width: float
    height: float
    rotation: int
    origin: TextOrigin
    text: str
    boxes: Floats
    upright: Floats
    size: Floats
    bold: NDArray[np.bool_]
    run: Integers
    turn: Integers
    confidence: Floats
    rulings: Floats = field(default_factory=lambda: np.zeros((0, 4), np.float32))
    hidden: bool = False
    covered: bool = False
    struck: bool = False
    notes: tuple[Furniture, ...] = ()

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def words(self) -> list[str]:
        """The words as strings, one per row; the list is shared and must not be changed."""
        return _split(self.text)

    @property
    def certainty(self) -> float:
        """The mean confidence of the words, 0 for a page without any."""
        return float(self.confidence.mean()) if len(self) else 0.0


@lru_cache(maxsize=2)  # several steps of the layout of a page ask for its words, then nobody does
def _split(text: str) -> list[str]:
    return text.split(" ") if text else []


def no_words(number: int, width: float, height: float, rotation: int, origin: TextOrigin) -> PageWords:
    """Return a page without words; ``width`` and ``height`` in points."""
    boxes = np.zeros((0, 4), np.float32)
    numbers = np.zeros(0, np.int32)
    floats = np.zeros(0, np.float32)
    return PageWords(
        number, width, height, rotation, origin, "", boxes, boxes, floats, floats > 0, numbers, numbers, floats
    )


def with_words_elsewhere(page: PageWords, other: PageWords) -> PageWords:
    """Return ``page`` with the words of ``other`` whose centres lie outside all of its boxes, after its own words."""
    centres = (other.boxes[:, :2] + other.boxes[:, 2:]) / 2
    low, high = page.boxes[None, :, :2] - SAME_PLACE, page.boxes[None, :, 2:] + SAME_PLACE
    inside: NDArray[np.bool_] = np.all((centres[:, None] >= low) & (centres[:, None] <= high), axis=2)
    kept = np.flatnonzero(~np.any(inside, axis=1))
    words, last = other.words, int(page.run.max(initial=0)) + 1
    return PageWords(
        page.number,
        page.width,
        page.height,
        page.rotation,
        other.origin if len(kept) else page.origin,
        " ".join([*page.words, *[words[index] for index in kept]]),
        np.concatenate((page.boxes, other.boxes[kept])),
        np.concatenate((page.upright, other.upright[kept])),
        np.concatenate((page.size, other.size[kept])),
        np.concatenate((page.bold, other.bold[kept])),
        np.concatenate((page.run, other.run[kept] + last)),
        np.concatenate((page.turn, other.turn[kept])),
        np.concatenate((page.confidence, other.confidence[kept])),
        other.rulings if len(kept) else page.rulings,
        notes=page.notes,
    )


def turned(boxes: Floats, turn: Integers, width: float, height: float) -> Floats:
    """Return ``boxes`` in the frame in which lines of direction ``turn`` (degrees clockwise) are horizontal."""
    if not (turn > 0).any():
        return boxes
    x0, top, x1, bottom = boxes.T
    turns = turn[:, None]
    frames = {
        90: np.stack((top, width - x1, bottom, width - x0), axis=1),
        180: np.stack((width - x1, height - bottom, width - x0, height - top), axis=1),
        270: np.stack((height - bottom, x0, height - top, x1), axis=1),
    }
    upright = boxes
    for degrees, frame in frames.items():
        upright = np.where(turns == degrees, frame, upright)
    return upright


def displayed(boxes: Floats, turn: int, width: float, height: float) -> Floats:
    """Return ``boxes`` of the frame of direction ``turn`` on the page as displayed, ``width`` by ``height`` points."""
    sides = (height, width) if turn % 180 else (width, height)
    return turned(boxes, np.full(len(boxes), -turn % 360, np.int32), *sides)


def in_frame(page: PageWords, turn: int) -> PageWords:
    """Return ``page`` in the frame in which its words of direction ``turn`` are horizontal, with its lines."""
    if turn == 0 and (page.origin is not TextOrigin.OCR or page.turn.any()):
        return page
    turns = np.full(len(page.rulings), turn, np.int32)
    rulings = turned(page.rulings, turns, page.width, page.height)
    width, height = (page.height, page.width) if turn % 180 else (page.width, page.height)
    return replace(page, boxes=page.upright, rulings=rulings, width=width, height=height)


def directions(page: PageWords, chosen: NDArray[np.int64]) -> list[int]:
    """Return the directions (``turn``) of the ``chosen`` words, the most frequent first."""
    turns = page.turn[chosen]
    if not len(turns) or (turns == turns[0]).all():
        return [int(turn) for turn in turns[:1]]
    return [turn for turn, _ in Counter(sorted(turns.tolist())).most_common()]


def median(values: NDArray[np.generic] | list[int] | list[float]) -> float:
    """Return the median of one or more ``values``, as :func:`numpy.median` does but without its cost for a few."""
    ordered = np.sort(values)
    middle = len(ordered) // 2
    return float(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)


def without(indices: NDArray[np.int64], removed: NDArray[np.int64] | list[int]) -> NDArray[np.int64]:
    """Return the indices in their order, except those in ``removed``."""
    if not len(indices) or not len(removed):
        return indices
    kept = np.ones(max(int(indices.max()), int(np.max(removed))) + 1, np.bool_)
    kept[removed] = False
    return indices[kept[indices]]


def surrounding(boxes: Floats) -> Box:
    """Return the bounding box of ``boxes`` (n, 4), n > 0."""
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[2]), float(high[3]))
