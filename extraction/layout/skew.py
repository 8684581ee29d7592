"""Skew of a scan by its projection profile.

Horizontal text lines make dark and empty pixel rows alternate; the skew angle is the one that maximises the squared
differences between neighbouring rows (Postl 1986, "Detection of linear oblique structures and skew scan in digitized
documents").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

WIDEST = 10.0
COARSE, FINE = 1.0, 0.1
HEIGHT = 800
WORTH_TURNING = 0.15


def _ink(image: Image.Image) -> Image.Image:
    small = image.convert("L")
    small.thumbnail((HEIGHT, HEIGHT))
    pixels = np.asarray(small)
    return Image.fromarray(np.where(pixels < pixels.mean() * 0.75, 255, 0).astype(np.uint8))


def _sharpness(ink: Image.Image, angle: float) -> float:
    turned = np.asarray(ink.rotate(angle, resample=Image.Resampling.BILINEAR), dtype=np.float32)
    return float(np.square(np.diff(turned.sum(axis=1))).sum())


def _best(ink: Image.Image, angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: _sharpness(ink, float(angle))))


def skew(image: Image.Image) -> float:
    """Return the counter-clockwise rotation in degrees that levels the lines of ``image``, at most ``WIDEST``.

    Angles below ``WORTH_TURNING`` are returned as 0.
    """
    ink = _ink(image)
    if not np.asarray(ink).any():
        return 0.0
    coarse = _best(ink, np.arange(-WIDEST, WIDEST + COARSE, COARSE))
    angle = _best(ink, np.arange(coarse - COARSE, coarse + COARSE + FINE, FINE))
    return round(angle, 2) if abs(angle) >= WORTH_TURNING else 0.0
