"""Words of a page with their boxes, from a text layer or OCR."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extraction.document import Box, TextOrigin

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]
OBLIQUE = -1  # turn of words that stand at no right angle, as a watermark does


@dataclass(frozen=True, slots=True, eq=False)
class PageWords:
    """Words in the order of the file; arrays have one row a word.

    ``boxes`` (n, 4: x0, top, x1, bottom) lie in points on the page as displayed, ``upright`` in the frame turned so
    that the words' lines run level. ``turn`` is the direction of a word's line in degrees clockwise (0, 90, 180, 270
    or ``OBLIQUE``); ``run`` numbers the stretches that the file itself keeps on one line. ``rulings`` (k, 4) are
    drawn lines. ``text`` holds the words with one space between them: one string a page keeps memory flat.
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

    def __len__(self) -> int:
        return len(self.boxes)

    @property
    def words(self) -> list[str]:
        return self.text.split(" ") if self.text else []

    @property
    def certainty(self) -> float:
        """The mean confidence of the words, 1 for a page without any."""
        return float(self.confidence.mean()) if len(self) else 1.0


def no_words(number: int, width: float, height: float, rotation: int, origin: TextOrigin) -> PageWords:
    """Return a page on which nothing was read."""
    boxes = np.zeros((0, 4), np.float32)
    numbers = np.zeros(0, np.int32)
    floats = np.zeros(0, np.float32)
    return PageWords(
        number, width, height, rotation, origin, "", boxes, boxes, floats, floats > 0, numbers, numbers, floats
    )


def turned(boxes: Floats, turn: Integers, width: float, height: float) -> Floats:
    """Return ``boxes`` in the frame in which a line that runs ``turn`` degrees clockwise lies level."""
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


def directions(page: PageWords, chosen: NDArray[np.int64]) -> list[int]:
    """Return the turns of the ``chosen`` words, that of most words first."""
    return [turn for turn, _ in Counter(sorted(page.turn[chosen].tolist())).most_common()]


def surrounding(boxes: Floats) -> Box:
    """Return the smallest box around ``boxes``, of which there is at least one."""
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[2]), float(high[3]))
