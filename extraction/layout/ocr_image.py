"""Preparation of page images for OCR: size, ruling lines, noise."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

MAX_SIDE = 6000
DARK = 170  # grey levels, after reduction
REDUCTION = 2
MIN_LENGTH = 0.06  # share of the page's height; no character is as tall
SOLID = 0.97  # share of the pixels of a line that are dark
MARGIN = 2  # pixels erased on either side
BLUR = 2.0  # standard deviation in pixels at 300 dots per inch: dots of a halftone screen merge, strokes remain
FULL_WIDTH = 2500  # pixels of a page at that resolution


def bounded(image: Image.Image) -> Image.Image:
    """Return the image in grey with no side longer than ``MAX_SIDE`` pixels."""
    grey = image.convert("L")
    grey.thumbnail((MAX_SIDE, MAX_SIDE))
    return grey


def smoothed(image: Image.Image) -> Image.Image:
    """Return the image blurred, against dithering and speckles."""
    return image.filter(ImageFilter.GaussianBlur(BLUR * max(1.0, min(image.size) / FULL_WIDTH)))


def without_vertical_rules(image: Image.Image) -> Image.Image:
    """Return the level image without vertical lines, which Tesseract reads as characters or reads across."""
    dark = np.asarray(image.reduce(REDUCTION)) < DARK
    height = len(dark)
    need = max(1, int(MIN_LENGTH * height))
    wide = dark.copy()
    wide[:, 1:] |= dark[:, :-1]  # a line may lean by a pixel
    wide[:, :-1] |= dark[:, 1:]
    counts = np.zeros((height + 1, dark.shape[1]), np.int16)
    np.cumsum(wide, axis=0, dtype=np.int16, out=counts[1:])
    solid = counts[need:] - counts[:-need] >= SOLID * need
    if not solid.any():
        return image
    cleared = image.copy()
    draw = ImageDraw.Draw(cleared)
    for column in np.flatnonzero(solid.any(axis=0)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], solid[:, column].astype(np.int8), [0]))))
        for top, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            left, right = REDUCTION * column - MARGIN, REDUCTION * (column + 1) + MARGIN
            draw.rectangle((left, REDUCTION * top, right, REDUCTION * (end + need)), fill=255)
    return cleared
