"""Cells of ruled tables in the image of a page, cut out and set one below the other for OCR.

Tesseract reads across the columns of a table: where the lines of two cells are not level, it reads parts of both as one
line. Cells are therefore erased from the page and read from a sheet of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from extraction.layout.grid_cells import Cell, cells_of, grid_of, intersections, tables_of
from extraction.layout.page_words import Floats

TOLERANCE = 3.0  # points
MIN_CELLS = 4  # of a table
MAX_CELLS = 600  # of a page; an image with more is a drawing
LARGE, TALL = 0.25, 0.5  # of the page's area and height; a larger cell is a frame around running text
INK = 150  # grey levels
MIN_INK = 12  # pixels of a cell with text
EDGE = 2  # pixels beside a line in which its remains are erased
PADDING = 24  # pixels around a cell on the sheet
MAX_HEIGHT = 20_000  # pixels of a sheet; Tesseract reads no image higher than 32,767


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell on a sheet: its sides in the image of the page, and its left and top side on the sheet, in pixels."""

    box: tuple[int, int, int, int]
    left: int
    top: int

    @property
    def bottom(self) -> int:
        """The lower side on the sheet."""
        return self.top + self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells one below the other."""

    image: Image.Image
    pieces: tuple[Piece, ...]

    def piece(self, middle: float) -> Piece:
        """Return the cell at height ``middle`` of the sheet, or the nearest one."""
        return min(self.pieces, key=lambda piece: max(piece.top - middle, middle - piece.bottom, 0.0))


def table_cells(rulings: Floats, width: float, height: float) -> list[Cell]:
    """Return the closed cells of the tables that ``rulings`` (n, 4; points) draw on a page of this size in points."""
    grid = grid_of(rulings, TOLERANCE) if len(rulings) else None
    if grid is None or not grid.level or not grid.upright:
        return []
    cells = [cell for table in tables_of(cells_of(intersections(grid, TOLERANCE))) for cell in _of_table(table)]
    small = [cell for cell in cells if _is_small(cell, width, height)]
    return small if len(small) <= MAX_CELLS else []


def _of_table(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return ``cells`` if they are a table: in two columns or more, in two rows or more."""
    is_table = len(cells) >= MIN_CELLS and min(len({cell[0] for cell in cells}), len({cell[1] for cell in cells})) > 1
    return cells if is_table else []


def _is_small(cell: Cell, width: float, height: float) -> bool:
    x0, top, x1, bottom = cell
    return bottom - top <= TALL * height and (x1 - x0) * (bottom - top) <= LARGE * width * height


def inked(image: Image.Image, cells: Sequence[Cell]) -> list[tuple[int, int, int, int]]:
    """Return the sides of the ``cells`` (in pixels of ``image``, which has no lines) that have ink, by columns."""
    boxes = [(round(x0), round(top), round(x1), round(bottom)) for x0, top, x1, bottom in cells]
    dark = np.asarray(image) < INK
    found = [box for box in boxes if int(dark[box[1] : box[3], box[0] : box[2]].sum()) >= MIN_INK]
    return sorted(found)


def without_cells(image: Image.Image, cells: Sequence[Cell]) -> Image.Image:
    """Return ``image`` without ``cells`` and their borders."""
    if not cells:
        return image
    cleared = image.copy()
    draw = ImageDraw.Draw(cleared)
    for x0, top, x1, bottom in cells:
        draw.rectangle((x0 - 2 * EDGE, top - 2 * EDGE, x1 + 2 * EDGE, bottom + 2 * EDGE), fill=255)
    return cleared


def sheets(image: Image.Image, boxes: Sequence[tuple[int, int, int, int]]) -> Iterator[Sheet]:
    """Yield the parts ``boxes`` of ``image`` one below the other, on as many sheets as needed."""
    pieces: list[Piece] = []
    top = PADDING
    for box in boxes:
        if pieces and top + box[3] - box[1] > MAX_HEIGHT:
            yield _sheet(image, pieces)
            pieces, top = [], PADDING
        pieces.append(Piece(box, PADDING, top))
        top = pieces[-1].bottom + PADDING
    if pieces:
        yield _sheet(image, pieces)


def _sheet(image: Image.Image, pieces: Sequence[Piece]) -> Sheet:
    width = max(piece.box[2] - piece.box[0] for piece in pieces) + 2 * PADDING
    sheet = Image.new("L", (width, pieces[-1].bottom + PADDING), 255)
    for piece in pieces:
        sheet.paste(image.crop(piece.box), (piece.left, piece.top))
    return Sheet(sheet, tuple(pieces))
