"""Dark areas in the image of a page: boxes with light text are inverted, bars without text and dark edges erased.

Grey boxes are inverted if their text is lighter than they are. Tesseract takes a large dark area for a picture and
leaves its text out. Boxes of a form, heads of tables and covers of gazettes have such areas; bars hide words that were
struck out, and scanners leave black edges.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

CELL = 16  # pixels of the squares in which dark areas are looked for: wider than strokes, lower than a line of text
DARK = 110  # grey levels
GREY = 185  # grey levels; a lighter box is a shade
CONTRAST = 45  # grey levels between a grey box and its text
MOSTLY = 0.5  # share of dark pixels in the squares, rows and columns of a dark area
MIN_DARK = 0.65  # share of dark pixels in a whole area; heavy type has less
EDGE, SOLID = 4, 0.8  # pixels along the sides of an area, and the share of them that are dark
SOLID_SIDES = 3  # of the four; one may be slanted
MIN_LENGTH, MIN_BREADTH = 6, 2  # squares
FILLED = 0.75  # share of the squares around an area that belong to it
LIGHT_TEXT = 0.01  # share of light pixels in an area with text

Sides = tuple[int, int, int, int]  # left, top, right, bottom; the last two are exclusive


def without_dark_areas(image: Image.Image) -> Image.Image:
    """Return the grey ``image`` with dark areas that have light text inverted, and the others white."""
    grey = np.asarray(image)
    areas = list(dark_areas(grey))
    boxes = [sides for sides in dark_areas(grey, GREY) if _has_lighter_text(_part(grey, sides))]
    if not areas and not boxes:
        return image
    cleared = grey.copy()
    for sides in boxes:
        _part(cleared, sides)[:] = 255 - _part(grey, sides)
    for left, top, right, bottom in areas:
        area = cleared[top:bottom, left:right]
        if float((area >= DARK).mean()) >= LIGHT_TEXT:
            area[:] = 255 - area
        elif right - left > bottom - top or left < CELL or right > image.width - CELL:  # else the stroke of a letter
            area[:] = 255
    return Image.fromarray(cleared)


def _part(grey: NDArray[np.uint8], sides: Sides) -> NDArray[np.uint8]:
    left, top, right, bottom = sides
    return grey[top:bottom, left:right]


def _has_lighter_text(area: NDArray[np.uint8]) -> bool:
    """Return whether a grey ``area``, neither dark nor light, has text that is lighter, and little that is darker."""
    ground = float(np.median(area))
    lighter, darker = float((area > ground + CONTRAST).mean()), float((area < ground - CONTRAST).mean())
    return ground >= DARK and lighter >= LIGHT_TEXT and lighter > darker


def dark_areas(grey: NDArray[np.uint8], below: int = DARK) -> Iterator[Sides]:
    """Yield the sides in pixels of the areas of ``grey``, darker than the level ``below``, that fill a rectangle."""
    rows, columns = grey.shape[0] // CELL, grey.shape[1] // CELL
    if not rows or not columns:
        return
    dark = grey < below
    squares = dark[: rows * CELL, : columns * CELL].reshape(rows, CELL, columns, CELL).mean(axis=(1, 3)) >= MOSTLY
    for left, top, right, bottom, count in _joined(squares):
        width, height = right - left, bottom - top
        is_large = max(width, height) >= MIN_LENGTH and min(width, height) >= MIN_BREADTH
        if is_large and count >= FILLED * width * height:
            sides = _exact(dark, (left * CELL, top * CELL, right * CELL, bottom * CELL))
            if _is_solid(dark[sides[1] : sides[3], sides[0] : sides[2]]):
                yield sides


def _joined(squares: NDArray[np.bool_]) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield the sides and the number of the squares that touch each other, for each group of them."""
    left = {(int(row), int(column)) for row, column in np.argwhere(squares)}
    while left:
        reached = [left.pop()]
        for row, column in reached:  # grows while it is read
            beside = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)} & left
            left -= beside
            reached += beside
        rows, columns = zip(*reached, strict=True)
        yield min(columns), min(rows), max(columns) + 1, max(rows) + 1, len(reached)


def _exact(dark: NDArray[np.bool_], sides: Sides) -> Sides:
    """Return ``sides``, which are whole squares, moved to the outermost rows and columns that are mostly dark."""
    left, top, right, bottom = (
        max(0, sides[0] - CELL),
        max(0, sides[1] - CELL),
        min(dark.shape[1], sides[2] + CELL),
        min(dark.shape[0], sides[3] + CELL),
    )
    rows = np.flatnonzero(dark[top:bottom, sides[0] : sides[2]].mean(axis=1) >= MOSTLY)
    columns = np.flatnonzero(dark[sides[1] : sides[3], left:right].mean(axis=0) >= MOSTLY)
    if not len(rows) or not len(columns):
        return sides
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def _is_solid(area: NDArray[np.bool_]) -> bool:
    """Return whether an area is dark along its sides too, which heavy type and round logos are not."""
    edges = (area[:EDGE], area[-EDGE:], area[:, :EDGE], area[:, -EDGE:])
    return float(area.mean()) >= MIN_DARK and sum(float(edge.mean()) >= SOLID for edge in edges) >= SOLID_SIDES
