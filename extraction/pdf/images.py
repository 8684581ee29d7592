"""Page images for OCR and display, bounded in pixels."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from numpy.typing import NDArray
from PIL import Image

from extraction.errors import RogatioError
from extraction.pdf import calls as pdf_calls
from extraction.pdf.file import PDFIUM, open_pdf

MAX_PIXELS = 25_000_000
MAX_SIDE = 10_000
OCR_SCALE = 300 / 72
PICTURE_SHARE = 0.5  # share of the area of a page from which it is mostly picture
FORM_DEPTH = 3
OUTLINES = 150  # paths; a page with more is text drawn as outlines
INK_SCALE = 0.5  # pixels per point: strokes of text still show
INK_CONTRAST = 40  # grey levels between ink and paper, of 255
MIN_INK = 12  # pixels at INK_SCALE; fewer are specks


def render_page(path: Path, number: int, *, scale: float, password: str = "") -> Image.Image:
    """Render page ``number`` (from 1) of the PDF at ``path`` with at most ``scale`` pixels per point.

    Raises what :func:`.file.open_pdf` does and ``extraction.no_such_page``.
    """
    with open_pdf(path, password) as pdf:
        if not 1 <= number <= len(pdf):
            raise RogatioError("extraction.no_such_page", page=number, pages=len(pdf))
        with PDFIUM:
            page = load_page(pdf, number)
            try:
                return rendered(page, scale)
            finally:
                page.close()


def load_page(pdf: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Return page ``number`` (from 1); raises ``extraction.malformed`` if pdfium cannot load it."""
    try:
        return pdf[number - 1]
    except pdfium.PdfiumError as error:
        raise RogatioError("extraction.malformed", media_type="PDF") from error


def rendered(
    page: pdfium.PdfPage, scale: float, *, annotations: bool = True, part: tuple[int, int, int, int] | None = None
) -> Image.Image:
    """Return the page as displayed, in RGB on white, with at most ``scale`` pixels per point.

    Without ``annotations`` form fields, stamps and comments are not drawn. ``part`` is x0, top, x1, bottom in points of
    the only part that is drawn, on an image of the size of that part.
    """
    width, height = page.get_size()
    scale = bounded_scale(width, height, scale)
    x0, top, x1, bottom = part or (0, 0, width, height)
    crop = (x0, height - bottom, width - x1, top)
    bitmap = page.render(scale=scale, crop=crop, may_draw_forms=annotations, draw_annots=annotations)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    return image


def bounded_scale(width: float, height: float, scale: float) -> float:
    """Return ``scale``, reduced if a page of ``width`` by ``height`` points would exceed the pixel limits."""
    area, side = max(width * height, 1.0), max(width, height, 1.0)
    return min(scale, math.sqrt(MAX_PIXELS / area), MAX_SIDE / side)


def image_share(page: pdfium.PdfPage) -> float:
    """Return the share of the page covered by images, from 0 to 1; a page with many paths counts as 1.

    Text drawn as outlines has many paths and no characters.
    """
    width, height = page.get_size()
    covered, drawn = 0.0, 0
    sides = (ctypes.c_float * 4)()
    left, bottom, right, top = pdf_calls.places(sides, 4)
    for item, kind in _objects(pdf_calls.address(page.raw), pdf_calls.page_objects, pdf_calls.page_object, 1):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pdf_calls.object_bounds(item, left, bottom, right, top)
            covered += max(0.0, sides[2] - sides[0]) * max(0.0, sides[3] - sides[1])
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING):
            drawn += 1
    return 1.0 if drawn > OUTLINES else min(1.0, covered / max(width * height, 1.0))


def _objects(
    owner: int, count: Callable[[int], int], get: Callable[[int, int], int], depth: int
) -> Iterator[tuple[int, int]]:
    """Yield handle and kind of each object of a page or form, and of those in its forms down to ``FORM_DEPTH``."""
    for item, kind in pdf_calls.objects(owner, count, get):
        yield item, kind
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            yield from _objects(item, pdf_calls.form_objects, pdf_calls.form_object, depth + 1)


def uncovered_ink(page: pdfium.PdfPage, boxes: NDArray[np.float32], *, annotations: bool = True) -> int:
    """Return the number of inked pixels of a page outside ``boxes`` (n, 4; points as displayed), 0 for mere specks.

    Without ``annotations`` their ink does not count. The most frequent grey is the paper, so that a coloured
    background is no ink.
    """
    width, height = page.get_size()
    scale = bounded_scale(width, height, INK_SCALE)
    grey = np.asarray(rendered(page, scale, annotations=annotations).convert("L"), np.int16)
    ink = abs(grey - int(np.bincount(grey.ravel(), minlength=256).argmax())) >= INK_CONTRAST
    for x0, top, x1, bottom in (boxes * scale).tolist():
        ink[max(0, int(top) - 1) : int(bottom) + 2, max(0, int(x0) - 1) : int(x1) + 2] = False
    pixels = int(ink.sum())
    return pixels if pixels >= MIN_INK else 0
