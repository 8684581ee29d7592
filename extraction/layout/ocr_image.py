"""Preparation of page images for OCR: size, ruling lines, noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from extraction.layout.grid_cells import Cell
from extraction.layout.image_rulings import REDUCTION, ImageRulings, Run, solid_runs
from extraction.layout.page_words import Floats

Grey = NDArray[np.uint8]

MAX_SIDE = 6000
DARK = 170  # grey levels, after reduction
MIN_LENGTH = 0.06  # share of the page's height; no character is as tall
MARGIN = 2  # pixels erased on either side
BORDER = 12  # pixels between a border, which may lean, and its position
BLUR = 2.0  # standard deviation in pixels at 300 dots per inch: dots of a halftone screen merge, strokes remain
DARKEST_SHADE, LIGHTEST_SHADE = 100, 225  # grey levels of a shaded area
MIN_SHADED = 0.003  # share of the page
STROKE = 16  # pixels after reduction, a power of two: wider than strokes, narrower than shaded rows
FADED, MIN_CONTRAST = 130, 20  # grey levels: of the darkest ink of a faded page, and between it and the paper
DARKEST_INK = 0.005  # share of the pixels
FULL_WIDTH = 2500  # pixels of a page at that resolution
# A blank page: small enough that specks and the grain of paper vanish while words still show
BLANK_SIDE = 421  # pixels of the longer side
BLANK_MARGIN = 0.05  # share of the sides, where scanners leave shadows
BLANK_CONTRAST = 40  # grey levels between ink and paper
MAX_INK = 0.0003  # share of the pixels: about two words


def bounded(image: Image.Image) -> Image.Image:
    """Return the image in grey with no side longer than ``MAX_SIDE`` pixels."""
    grey = image.convert("L")
    grey.thumbnail((MAX_SIDE, MAX_SIDE))
    return grey


def is_blank(image: Image.Image) -> bool:
    """Return whether a page has no more ink than a few specks, apart from its edges."""
    small = image.convert("L")
    small.thumbnail((BLANK_SIDE, BLANK_SIDE), Image.Resampling.BOX)
    x, y = (int(BLANK_MARGIN * side) for side in small.size)
    grey = np.asarray(small.crop((x, y, small.width - x, small.height - y)), np.int16)
    return not grey.size or float((abs(grey - int(np.median(grey))) >= BLANK_CONTRAST).mean()) <= MAX_INK


def smoothed(image: Image.Image) -> Image.Image:
    """Return the image blurred, so that the dots of a halftone screen and of coarse dithering merge."""
    return _blurred(image, max(1.0, min(image.size) / FULL_WIDTH))


def without_noise(image: Image.Image) -> Image.Image:
    """Return the image blurred in proportion to its resolution, against dithering and speckles."""
    return _blurred(image, min(image.size) / FULL_WIDTH)


def _blurred(image: Image.Image, share: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(BLUR * share))


def with_even_ground(image: Image.Image) -> Image.Image:
    """Return the grey ``image`` without fading and shading, of which a page seldom has either."""
    ground = _ground(image)
    clear = without_fading(image, ground)
    return without_shading(clear, ground if clear is image else None)


def without_shading(image: Image.Image, ground: Grey | None = None) -> Image.Image:
    """Return the image with shaded areas, such as the head of a table, as light as paper, if it has any.

    Tesseract takes a shaded area for a picture, and the edge of one hides the line along it.
    """
    grey = np.asarray(image)
    ground = _ground(image) if ground is None else ground
    shaded = (ground >= DARKEST_SHADE) & (ground < LIGHTEST_SHADE)
    if shaded.mean() < MIN_SHADED:
        return image
    whole = _in_size(image, np.where(shaded, ground, 255))
    return Image.fromarray(np.minimum(255, grey.astype(np.uint16) * 255 // whole).astype(np.uint8))


def without_fading(image: Image.Image, ground: Grey | None = None) -> Image.Image:
    """Return the grey ``image`` with its ink black on white paper, if all of its ink is pale.

    One threshold for the whole page, as Tesseract has it, would lose the palest words or darken the paper around them.
    """
    ground = _ground(image) if ground is None else ground
    inked = np.asarray(image)[::REDUCTION, ::REDUCTION] / np.maximum(ground, 1)
    ink, paper = (255 * np.quantile(inked, (DARKEST_INK, 0.5))).tolist()
    if ink < FADED or paper - ink < MIN_CONTRAST:
        return image
    whole = _in_size(image, np.where(ground >= DARKEST_SHADE, ground, 255))
    stretched = (255 * np.asarray(image, np.float32) / whole.astype(np.float32) - ink) * (255 / (paper - ink))
    return Image.fromarray(np.clip(stretched, 0, 255).astype(np.uint8))


def _in_size(image: Image.Image, reduced: Grey) -> Grey:
    """Return an array of the reduced image in the size of the whole one."""
    return np.asarray(Image.fromarray(reduced.astype(np.uint8)).resize(image.size, Image.Resampling.NEAREST))


def _ground(image: Image.Image) -> Grey:
    """Return the grey of the ground of the reduced image, without what is narrower than ``STROKE`` pixels.

    This is a morphological closing.
    """
    light = _lightest(np.asarray(image.reduce(REDUCTION)))
    return 255 - _lightest(255 - light[::-1, ::-1])[::-1, ::-1]  # turned, so that the squares are in the same place


def _lightest(grey: Grey) -> Grey:
    """Return the lightest grey within a square of ``STROKE`` pixels around each pixel."""
    for axis in (0, 1):
        sides = [(STROKE // 2, STROKE // 2 - 1) if axis == one else (0, 0) for one in (0, 1)]
        grey = np.moveaxis(np.pad(grey, sides, "edge"), axis, 0)
        step = 1
        while step < STROKE:
            grey = np.maximum(grey[step:], grey[:-step])
            step *= 2
        grey = np.moveaxis(grey, 0, axis)
    return grey


def without_vertical_rules(image: Image.Image) -> Image.Image:
    """Return the level image without vertical lines, which Tesseract reads as characters or reads across."""
    dark = np.asarray(image.reduce(REDUCTION)) < DARK
    runs = solid_runs(dark, max(1, int(MIN_LENGTH * len(dark))))
    return _without(image, (), runs, MARGIN) if runs else image


def without_borders(image: Image.Image, rules: ImageRulings, cells: Sequence[Cell]) -> Image.Image:
    """Return ``image`` without those of its lines ``rules`` that are borders of ``cells`` (in its pixels)."""
    sides = np.array(cells, np.float32).reshape(-1, 4)
    level = _near(rules.level, sides[:, 1], sides[:, 3])
    upright = _near(rules.upright, sides[:, 0], sides[:, 2])
    return _without(image, _inner(level), _inner(upright), 1)


def _inner(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that have others on both sides: text may touch a border, and the outer runs are beside it."""
    numbers = {run.across for run in runs}
    return [run for run in runs if {run.across - 1, run.across + 1} <= numbers]


def _near(runs: Sequence[Run], *sides: Floats) -> list[Run]:
    """Return the runs near one of ``sides`` (positions across), so that strokes of large letters remain."""
    places = np.unique(np.concatenate(sides))
    return [run for run in runs if len(places) and abs(places - REDUCTION * run.across).min() <= BORDER]


def _without(image: Image.Image, level: Sequence[Run], upright: Sequence[Run], margin: int) -> Image.Image:
    cleared = image.copy()
    draw = ImageDraw.Draw(cleared)
    for runs, is_level in ((level, True), (upright, False)):
        for run in runs:
            low, high = REDUCTION * run.across - margin, REDUCTION * (run.across + 1) - 1 + margin
            start, end = REDUCTION * run.start, REDUCTION * run.end
            draw.rectangle((start, low, end, high) if is_level else (low, start, high, end), fill=255)
    return cleared
