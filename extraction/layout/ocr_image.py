"""Preparation of page images for OCR: size, ruling lines, noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from extraction.layout.image_rulings import REDUCTION, ImageRulings, Run, solid_runs

MAX_SIDE = 6000
DARK = 170  # grey levels, after reduction
MIN_LENGTH = 0.06  # share of the page's height; no character is as tall
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
    runs = solid_runs(dark, max(1, int(MIN_LENGTH * len(dark))))
    return _without(image, (), runs) if runs else image


def without_rules(image: Image.Image, rules: ImageRulings) -> Image.Image:
    """Return ``image`` without its lines ``rules``."""
    return _without(image, rules.level, rules.upright)


def _without(image: Image.Image, level: Sequence[Run], upright: Sequence[Run]) -> Image.Image:
    cleared = image.copy()
    draw = ImageDraw.Draw(cleared)
    for runs, is_level in ((level, True), (upright, False)):
        for run in runs:
            low, high = REDUCTION * run.across - MARGIN, REDUCTION * (run.across + 1) + MARGIN
            start, end = REDUCTION * run.start, REDUCTION * run.end
            draw.rectangle((start, low, end, high) if is_level else (low, start, high, end), fill=255)
    return cleared
