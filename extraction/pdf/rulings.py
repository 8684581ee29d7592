"""Ruling lines of a page, the basis of table detection."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterator

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.layout.page_words import Floats
from extraction.pdf import calls as pdf_calls

MAX_PATHS = 4000  # a page with more is a drawing or a map
_MAX_SEGMENTS = 40
_STRAIGHT = 1.0  # points by which a line may deviate from horizontal or vertical
_MIN_LENGTH = 4.0
_FORM_DEPTH = 3
_REMEMBERED = 32  # areas
DARK, OPAQUE = 80, 255  # lightest colour of a dark area, and alpha
SLACK = 0.5  # points by which an area may exceed the one below it
_SEARCHED = 50  # objects of a page in which the first text is looked for


Frame = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top
UPRIGHT = (1, 0, 0, 1)  # a frame that moves and does not scale


def rulings(page: pdfium.PdfPage) -> tuple[Floats, Floats]:
    """Return left, bottom, right, top (n, 4) of each horizontal or vertical line, and of each dark opaque area.

    They are in page coordinates (points). A page with more than ``MAX_PATHS`` paths returns no lines.
    """
    lines: list[tuple[float, float, float, float]] = []
    handle = pdf_calls.address(page.raw)
    paths = _paths(handle, (1, 0, 0, 1, 0, 0), pdf_calls.page_objects, pdf_calls.page_object, 0)
    side = (ctypes.c_float * 4)()
    sides = tuple(pdf_calls.places(side, 4))
    areas, dark = _Areas(), []
    for number, (item, outer) in enumerate(paths):
        if number == MAX_PATHS:
            lines = []
            break
        if _is_thin(item, outer, sides, side):
            lines.append((side[0] + outer[4], side[1] + outer[5], side[2] + outer[4], side[3] + outer[5]))
        else:
            box = side[0], side[1], side[2], side[3]
            if not areas.hide(item, box):
                lines += _lines(item, _within(_matrix(item), outer))
            if areas.is_dark and outer[:4] == UPRIGHT:
                dark.append((box[0] + outer[4], box[1] + outer[5], box[2] + outer[4], box[3] + outer[5]))
    return np.array(lines, np.float32).reshape(-1, 4), np.array(dark, np.float32).reshape(-1, 4)


def _paths(
    owner: int, frame: Frame, count: Callable[[int], int], get: Callable[[int, int], int], depth: int
) -> Iterator[tuple[int, Frame]]:
    for item, kind in pdf_calls.objects(owner, count, get):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, frame
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inner = _within(_matrix(item), frame)
            yield from _paths(item, inner, pdf_calls.form_objects, pdf_calls.form_object, depth + 1)


def _is_thin(item: int, frame: Frame, places: tuple[int, ...], side: ctypes.Array[ctypes.c_float]) -> bool:
    """Return whether a path is one line, as thin rectangles are; its bounds are written to ``side`` at ``places``.

    Bounds are one call; the points of a path are five for each of its segments.
    """
    if not pdf_calls.object_bounds(item, *places) or frame[:4] != UPRIGHT:
        return False
    width, height = side[2] - side[0], side[3] - side[1]
    return (width <= _STRAIGHT) != (height <= _STRAIGHT) and max(width, height) >= _MIN_LENGTH


class _Areas:
    """The filled areas drawn last, with their colours; ``is_dark`` tells whether the last path is dark and opaque."""

    def __init__(self) -> None:
        self.is_dark = False
        self._drawn: deque[tuple[bytes, Box]] = deque(maxlen=_REMEMBERED)
        self._modes = (ctypes.c_int * 2)()
        self._color = (ctypes.c_uint * 4)()

    def hide(self, item: int, box: Box) -> bool:
        """Return whether no edge of a path is seen: a filled area on one of the same colour.

        Word processors shade each paragraph of a cell and the cell too. ``box`` holds the bounds of the path.
        """
        fill, stroke = pdf_calls.places(self._modes, 4)
        self.is_dark = False
        if not pdf_calls.draw_mode(item, fill, stroke) or not self._modes[0]:
            return False
        pdf_calls.fill_color(item, *pdf_calls.places(self._color, 4))
        self.is_dark = max(self._color[:3]) <= DARK and self._color[3] == OPAQUE
        if self._modes[1]:
            return False
        color, (x0, y0, x1, y1) = bytes(self._color), box
        for other, (left, low, right, high) in reversed(self._drawn):
            if left - SLACK <= x0 and low - SLACK <= y0 and x1 <= right + SLACK and y1 <= high + SLACK:
                if other == color:
                    return True
                break
        self._drawn.append((color, box))
        return False


def _matrix(item: int) -> Frame:
    m = raw.FS_MATRIX()
    pdf_calls.object_matrix(item, ctypes.addressof(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _within(inner: Frame, outer: Frame) -> Frame:
    """Return the composition of two affine transformations, ``inner`` first."""
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        *(a * oa + b * oc, a * ob + b * od),
        *(c * oa + d * oc, c * ob + d * od),
        *(e * oa + f * oc + oe, e * ob + f * od + of),
    )


def _lines(item: int, frame: Frame) -> Iterator[tuple[float, float, float, float]]:
    count = pdf_calls.path_segments(item)
    if not 1 < count <= _MAX_SEGMENTS:
        return
    a, b, c, d, e, f = frame
    points, moves = _points(item, count)
    placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    for index in range(1, len(placed)):
        if not moves[index]:
            (xa, ya), (xb, yb) = placed[index - 1], placed[index]
            x0, y0, x1, y1 = min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
            level, upright = y1 - y0 <= _STRAIGHT, x1 - x0 <= _STRAIGHT
            if level != upright and max(x1 - x0, y1 - y0) >= _MIN_LENGTH:
                yield x0, y0, x1, y1


def _points(item: int, count: int) -> tuple[list[tuple[float, float]], list[bool]]:
    """Return the vertices of a path, closing segments included, and for each whether it starts a subpath (move)."""
    points: list[tuple[float, float]] = []
    moves: list[bool] = []
    begin = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.addressof(x), ctypes.addressof(y)
    for index in range(count):
        segment = pdf_calls.path_segment(item, index)
        pdf_calls.segment_point(segment, at_x, at_y)
        move = pdf_calls.segment_kind(segment) == raw.FPDF_SEGMENT_MOVETO
        begin = (x.value, y.value) if move else begin
        points.append((x.value, y.value))
        moves.append(move)
        if pdf_calls.segment_closes(segment):
            points.append(begin)
            moves.append(False)
    return points, moves


def has_hidden_text(page: pdfium.PdfPage) -> bool:
    """Return whether the first text of a page is invisible or transparent, as in text layers written by scanners.

    Programs that add a layer to a scan put it into a form.
    """
    texts = _texts(pdf_calls.address(page.raw), pdf_calls.page_objects, pdf_calls.page_object, 0)
    item = next(texts, None)
    if item is None:
        return False
    color = (ctypes.c_uint * 4)()
    drawn = pdf_calls.fill_color(item, *pdf_calls.places(color, 4))
    return bool(pdf_calls.text_mode(item) == raw.FPDF_TEXTRENDERMODE_INVISIBLE or (drawn and color[3] == 0))


def _texts(owner: int, count: Callable[[int], int], get: Callable[[int, int], int], depth: int) -> Iterator[int]:
    """Yield the texts among the first objects of a page or form, and of the forms among them."""
    for index in range(min(count(owner), _SEARCHED)):
        item = get(owner, index)
        kind = pdf_calls.object_kind(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            yield from _texts(item, pdf_calls.form_objects, pdf_calls.form_object, depth + 1)
