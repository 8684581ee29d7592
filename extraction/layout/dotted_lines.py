"""Dotted lines in the image of a page, which forms have for what is to be filled in and contents before page numbers.

Tesseract reads them as letters, or leaves out the line of text that ends in one; they are erased before.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extraction.layout.image_rulings import REDUCTION

Bits = NDArray[np.bool_]

DARK = 170  # grey levels, after reduction
HIGHEST = 0.005  # of a dot, relative to the longer side of the page
CLEAR = 3  # heights of a dot above and below it without ink
MIN_DOTS = 12
MOSTLY_DOTS = 0.8  # share of the ink of a line that is dots
MIN_LENGTH = 0.02  # of a line, relative to the longer side of the page
EVEN = 0.3  # largest deviation of the middle half of the distances between dots from their median
APART = 3.5  # distances of dots from which a line ends
TALLER = 2.5  # largest ratio of the longest run of dark pixels in a line to the usual one


def without_dotted_lines(image: Image.Image) -> Image.Image:
    """Return the level grey ``image`` without rows of equal dots at equal distances."""
    dark = np.asarray(image.reduce(REDUCTION)) < DARK
    highest = max(3, int(HIGHEST * max(dark.shape)))
    dots = _low(dark, highest)
    erased = np.zeros_like(dark)
    for row, start, end in _dotted(dots, int(MIN_LENGTH * max(dark.shape))):
        band = np.s_[max(0, row - highest) : row + highest + 1, start:end]
        if int(dots[band].sum()) >= MOSTLY_DOTS * int(dark[band].sum()):
            erased[band] |= dots[band]
    if not erased.any():
        return image
    grown = np.asarray(Image.fromarray(_wider(erased)).resize(image.size, Image.Resampling.NEAREST))
    return Image.fromarray(np.where(grown, np.uint8(255), np.asarray(image)))


def _low(dark: Bits, highest: int) -> Bits:
    """Return the dark pixels above and below which there is none farther than ``highest``: no part of a letter."""
    near = CLEAR * highest
    counts = np.zeros((len(dark) + 2 * near + 1, dark.shape[1]), np.int16)
    np.cumsum(np.pad(dark, ((near, near), (0, 0))), axis=0, out=counts[1:])
    inner = counts[near + highest + 1 : len(dark) + near + highest + 1] - counts[near - highest : -near - highest - 1]
    low: Bits = dark & (counts[2 * near + 1 :] - counts[: -2 * near - 1] == inner) & (inner <= highest)
    return low


def _dotted(dots: Bits, shortest: int) -> Iterator[tuple[int, int, int]]:
    """Yield row, start and end of each stretch of dots; one line may have several rows."""
    for row in np.flatnonzero(dots.sum(axis=1) >= MIN_DOTS).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], dots[row].astype(np.int8), [0]))))
        starts, ends = edges[::2], edges[1::2]
        if len(starts) < MIN_DOTS:
            continue
        steps = np.diff(starts)
        breaks = np.flatnonzero(steps > APART * max(2.0, float(np.median(steps)))) + 1
        for first, last in zip([0, *breaks.tolist()], [*breaks.tolist(), len(starts)], strict=True):
            if last - first >= MIN_DOTS and _is_even(starts[first:last], ends[first:last]):
                start, end = int(starts[first]), int(ends[last - 1])
                if end - start >= shortest:
                    yield row, start, end


def _is_even(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> bool:
    steps, widths = np.diff(starts), ends - starts
    low, middle, high = np.quantile(steps, (0.25, 0.5, 0.75))
    regular = high - low <= 2 * max(EVEN * middle / 2, 0.5) and middle >= 2
    return bool(regular and widths.max() <= TALLER * max(2.0, float(np.median(widths))))


def _wider(bits: Bits) -> Bits:
    wide = bits.copy()
    wide[1:] |= bits[:-1]
    wide[:-1] |= bits[1:]
    wide[:, 1:] |= bits[:, :-1]
    wide[:, :-1] |= bits[:, 1:]
    return wide
