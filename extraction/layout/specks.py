"""Specks of a bad copy: small spots away from any writing, which Tesseract reads as words and accents.

A dot of an "i", an accent or a comma is as small, but near the strokes of letters; other specks are no strokes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extraction.layout.ocr_image import FULL_WIDTH

Bits = NDArray[np.bool_]

DARK = 128  # grey level
# Pixels of a page that is FULL_WIDTH wide
SIZE = 3  # reach of a spot from its middle
GAP = 1.5  # white around it
REACH = 12  # between a dot and the strokes of its letter
LEAST_INK = 30  # square pixels within that reach: more than two specks that touch, less than a stroke
MIN_SHARE = 0.0003  # of the pixels of the page; a cleaner page has none that matter


def without_specks(image: Image.Image) -> Image.Image:
    """Return the grey ``image`` without the specks that are away from writing, if it has many."""
    scale = min(image.size) / FULL_WIDTH
    dark = np.asarray(image) < DARK
    spots = _spots(dark, max(1, round(SIZE * scale)), max(1, round(GAP * scale)))
    near_writing = _ink_near(dark & ~spots, max(1, round(REACH * scale))) > LEAST_INK * scale * scale
    specks = spots & ~near_writing
    if specks.mean() < MIN_SHARE:
        return image
    return Image.fromarray(np.where(specks, 255, np.asarray(image)).astype(np.uint8))


def _spots(dark: Bits, size: int, gap: int) -> Bits:
    """Return the ink within ``size`` of a place that has no more ink within ``size + gap``."""
    alone = dark & (_ink_near(dark, size + gap) == _ink_near(dark, size))
    return dark & (_ink_near(alone, size) > 0)


def _ink_near(dark: Bits, reach: int) -> NDArray[np.uint16]:
    """Return the number of dark pixels in the square of ``reach`` pixels on all sides of each pixel."""
    counts = dark.astype(np.uint16)
    for axis in (0, 1):
        sides = [(reach + 1, reach) if axis == one else (0, 0) for one in (0, 1)]
        sums = np.moveaxis(np.pad(counts, sides).cumsum(axis, dtype=np.uint16), axis, 0)
        width = 2 * reach + 1
        counts = np.moveaxis(sums[width:] - sums[:-width], 0, axis)  # right although the sums overflow
    return counts
