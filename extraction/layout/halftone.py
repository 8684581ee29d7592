"""Halftone screens in the image of a page: dots that print a grey area, such as a box or the head of a table.

Tesseract takes them for a picture and leaves the text on them out. Where a blur makes an area even, its dots are merged
to grey, which is then lightened as other shades are; strokes of letters remain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extraction.layout.ocr_image import smoothed

Bits = NDArray[np.bool_]

CELL = 24  # pixels of the squares that are compared: several dots, and the space between two lines
MIN_DEVIATION = 14.0  # grey levels, standard deviation in a square: more than the grain of paper
MAX_REMAINING = 0.25  # share of it that the blur leaves; strokes and lines of text leave more
LIGHTEST, DARKEST = 243, 90  # mean grey of a square with dots
REACH = 3  # squares across which a line of text divides an area
MIN_SQUARES = 12  # of an image; fewer are ornaments
MAX_SHARE = 0.5  # of the page; more of it is a page that was dithered as a whole, and is read again without noise


def without_halftone(image: Image.Image) -> Image.Image:
    """Return the grey ``image`` with the dots of halftone screens merged to even grey, if it has any."""
    if min(image.size) < CELL * REACH:
        return image
    grey = np.asarray(image)
    even = np.asarray(smoothed(image))
    mean, deviation = _squares(grey)
    dotted = (deviation >= MIN_DEVIATION) & (mean <= LIGHTEST) & (mean >= DARKEST)
    dotted &= _squares(even)[1] <= MAX_REMAINING * deviation
    if int(dotted.sum()) < MIN_SQUARES:
        return image
    closed = _closed(dotted)
    if float(closed.mean()) > MAX_SHARE:
        return image
    area = np.kron(closed, np.ones((CELL, CELL), np.bool_))
    merged = grey.copy()
    inside = np.s_[: area.shape[0], : area.shape[1]]
    merged[inside] = np.where(area, even[inside], grey[inside])
    return Image.fromarray(merged)


def _squares(grey: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean and the standard deviation of the grey in each square."""
    rows, columns = grey.shape[0] // CELL, grey.shape[1] // CELL
    parts = grey[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL).astype(np.float32)
    mean = parts.mean(axis=(1, 3))
    return mean, np.sqrt(np.maximum((parts * parts).mean(axis=(1, 3)) - mean * mean, 0))


def _closed(squares: Bits) -> Bits:
    """Return ``squares`` with those between them that are at most twice ``REACH`` apart, and their neighbours."""
    padded = np.pad(squares, REACH + 1)
    closed = ~_grown(~_grown(padded, REACH + 1), REACH)
    return closed[REACH + 1 : -REACH - 1, REACH + 1 : -REACH - 1]


def _grown(squares: Bits, reach: int) -> Bits:
    """Return the squares that are at most ``reach`` squares from one of ``squares``."""
    for axis in (0, 1):
        grown = squares.copy()
        for step in range(1, reach + 1):
            grown |= np.roll(squares, step, axis) | np.roll(squares, -step, axis)
        squares = grown
    return squares
