"""Direct calls of pdfium functions that run for every word or object.

With pypdfium2's declarations ctypes builds pointer objects for every call, which costs several times as much as the
function itself. Here handles and output locations are plain addresses. The calls are short and keep the GIL.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Any

import pypdfium2.raw as raw

_ADDRESS = ctypes.c_void_p
_INT = ctypes.c_int


def address(handle: Any) -> int:
    """Return the address of a pdfium handle or function."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def _bound(name: str, result: type[Any] | None, *arguments: type[Any]) -> Callable[..., Any]:
    return ctypes.PYFUNCTYPE(result, *arguments)(address(getattr(raw, name)))


text_page = _bound("FPDFText_LoadPage", _ADDRESS, _ADDRESS)
close_text_page = _bound("FPDFText_ClosePage", None, _ADDRESS)
character_count = _bound("FPDFText_CountChars", _INT, _ADDRESS)
text = _bound("FPDFText_GetText", _INT, _ADDRESS, _INT, _INT, _ADDRESS)
unicode = _bound("FPDFText_GetUnicode", ctypes.c_uint, _ADDRESS, _INT)
loose_box = _bound("FPDFText_GetLooseCharBox", _INT, _ADDRESS, _INT, _ADDRESS)
tight_box = _bound("FPDFText_GetCharBox", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
matrix = _bound("FPDFText_GetMatrix", _INT, _ADDRESS, _INT, _ADDRESS)
font_name = _bound("FPDFText_GetFontInfo", ctypes.c_ulong, _ADDRESS, _INT, _ADDRESS, ctypes.c_ulong, _ADDRESS)
font_size = _bound("FPDFText_GetFontSize", ctypes.c_double, _ADDRESS, _INT)
text_color = _bound("FPDFText_GetFillColor", _INT, _ADDRESS, _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
page_objects = _bound("FPDFPage_CountObjects", _INT, _ADDRESS)
page_object = _bound("FPDFPage_GetObject", _ADDRESS, _ADDRESS, _INT)
form_objects = _bound("FPDFFormObj_CountObjects", _INT, _ADDRESS)
form_object = _bound("FPDFFormObj_GetObject", _ADDRESS, _ADDRESS, ctypes.c_ulong)
object_kind = _bound("FPDFPageObj_GetType", _INT, _ADDRESS)
object_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _ADDRESS, _ADDRESS)
object_bounds = _bound("FPDFPageObj_GetBounds", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
fill_color = _bound("FPDFPageObj_GetFillColor", _INT, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS, _ADDRESS)
draw_mode = _bound("FPDFPath_GetDrawMode", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
text_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _ADDRESS)
path_segments = _bound("FPDFPath_CountSegments", _INT, _ADDRESS)
path_segment = _bound("FPDFPath_GetPathSegment", _ADDRESS, _ADDRESS, _INT)
segment_point = _bound("FPDFPathSegment_GetPoint", _INT, _ADDRESS, _ADDRESS, _ADDRESS)
segment_kind = _bound("FPDFPathSegment_GetType", _INT, _ADDRESS)
segment_closes = _bound("FPDFPathSegment_GetClose", _INT, _ADDRESS)


def each(function: Callable[..., Any], handle: int, indices: Iterable[int], *arguments: Iterable[int]) -> None:
    """Call ``function(handle, index, *arguments)`` for each index; results are written to the argument addresses."""
    deque(map(function, repeat(handle), indices, *arguments), maxlen=0)


def objects(owner: int, count: Callable[[int], int], get: Callable[[int, int], int]) -> Iterator[tuple[int, int]]:
    """Return handle and kind of each object of a page or form, which ``count`` and ``get`` read."""
    items = list(map(get, repeat(owner), range(count(owner))))
    return zip(items, map(object_kind, items), strict=True)


def places(buffer: ctypes.Array[Any], size: int) -> range:
    """Return the addresses of the elements of ``buffer``, each of ``size`` bytes."""
    start = ctypes.addressof(buffer)
    return range(start, start + ctypes.sizeof(buffer), size)
