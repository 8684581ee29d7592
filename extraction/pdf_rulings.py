"""Lines drawn on a page, from which the cells of a table are found."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.page_words import Floats

MOST_PATHS = 4000  # a page with more is a drawing or a map
_MOST_SEGMENTS = 40
_STRAIGHT = 1.0  # points by which a line may lean
_SHORTEST = 4.0
_FORM_DEPTH = 3


def rulings(page: pdfium.PdfPage) -> Floats:
    """Return left, bottom, right, top of each level or upright line in the page's own space."""
    found: list[tuple[float, float, float, float]] = []
    paths = _paths(page.raw, np.eye(3, dtype=np.float32), raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, 0)
    for number, (item, frame) in enumerate(paths):
        if number == MOST_PATHS:
            found = []
            break
        found += _lines(item, frame)
    return np.array(found, np.float32).reshape(-1, 4)


def _paths(
    owner: ctypes.c_void_p, frame: Floats, count: Callable[..., int], get: Callable[..., Any], depth: int
) -> Iterator[tuple[ctypes.c_void_p, Floats]]:
    for index in range(count(owner)):
        item = get(owner, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            yield item, _matrix(item) @ frame
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _FORM_DEPTH:
            inner = _matrix(item) @ frame
            yield from _paths(item, inner, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)


def _matrix(item: ctypes.c_void_p) -> Floats:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return np.array(((m.a, m.b, 0), (m.c, m.d, 0), (m.e, m.f, 1)), np.float32)


def _lines(item: ctypes.c_void_p, frame: Floats) -> Iterator[tuple[float, float, float, float]]:
    count = raw.FPDFPath_CountSegments(item)
    if not 1 < count <= _MOST_SEGMENTS:
        return
    points, moves = _points(item, count)
    placed = np.column_stack((points, np.ones(len(points)))) @ frame
    for index in range(1, len(placed)):
        if not moves[index]:
            (xa, ya), (xb, yb) = placed[index - 1, :2], placed[index, :2]
            x0, y0, x1, y1 = min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
            level, upright = y1 - y0 <= _STRAIGHT, x1 - x0 <= _STRAIGHT
            if level != upright and max(x1 - x0, y1 - y0) >= _SHORTEST:
                yield x0, y0, x1, y1


def _points(item: ctypes.c_void_p, count: int) -> tuple[list[tuple[float, float]], list[bool]]:
    """Return the corners of a path, each with whether the pen was lifted before it; closing lines are added."""
    points: list[tuple[float, float]] = []
    lifted: list[bool] = []
    begin = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        move = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO
        begin = (x.value, y.value) if move else begin
        points.append((x.value, y.value))
        lifted.append(move)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(begin)
            lifted.append(False)
    return points, lifted
