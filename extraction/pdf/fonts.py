"""Size, weight and direction of words by pdfium, requested once per stretch."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from itertools import repeat

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extraction.layout.page_words import OBLIQUE, Floats, Integers
from extraction.pdf import calls as pdf_calls

_LONGEST_NAME = 128  # bytes of a font name
_RIGHT_ANGLE = 3.0  # degrees by which a line may deviate from a right angle


def fonts(
    textpage: int,
    spans: list[tuple[int, int]],
    run: Integers,
    quarter: int,
) -> tuple[Floats, NDArray[np.bool_], Integers]:
    """Return size in points, boldness and direction (``turn``) of each word, from both ends of its stretch.

    The larger size counts, because a superscript note mark at either end is smaller than the rest. ``run`` numbers the
    stretches, ``quarter`` is the page rotation in degrees.
    """
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    lengths = np.diff(starts, append=len(run))
    heads = [spans[index][0] for index in starts.tolist()]
    ends = heads + [spans[index][1] - 1 for index in (starts + lengths - 1).tolist()]
    size = _sizes(textpage, ends).reshape(2, -1).max(axis=0)
    bold = _bold(textpage, ends).reshape(2, -1).all(axis=0)
    return np.repeat(size, lengths), np.repeat(bold, lengths), np.repeat(_turns(textpage, heads, quarter), lengths)


def _sizes(textpage: int, indices: list[int]) -> Floats:
    matrices_read = (raw.FS_MATRIX * len(indices))()
    pdf_calls.each(pdf_calls.matrix, textpage, indices, pdf_calls.places(matrices_read, 24))
    matrices = np.frombuffer(matrices_read, np.float32).reshape(-1, 6).astype(np.float64)  # a, b, c, d, e, f
    scale = np.hypot(matrices[:, 2], matrices[:, 3])
    sizes = np.array([pdf_calls.font_size(textpage, index) for index in indices])
    return (sizes * np.where(scale > 0, scale, 1.0)).astype(np.float32)


def _bold(textpage: int, indices: list[int]) -> NDArray[np.bool_]:
    names = ctypes.create_string_buffer(_LONGEST_NAME * len(indices))
    flags = ctypes.c_int()
    length, ignored = repeat(_LONGEST_NAME), repeat(ctypes.addressof(flags))
    places = pdf_calls.places(names, _LONGEST_NAME)
    pdf_calls.each(pdf_calls.font_name, textpage, indices, places, length, ignored)
    return np.array([_is_bold(name) for name in np.frombuffer(names.raw, f"S{_LONGEST_NAME}").tolist()])


@lru_cache(maxsize=1024)
def _is_bold(font: bytes) -> bool:
    return any(weight in font.lower() for weight in (b"bold", b"black", b"heavy"))


def _turns(textpage: int, indices: list[int], page_rotation: int) -> Integers:
    degrees = np.degrees([pdf_calls.angle(textpage, index) for index in indices])
    nearest = np.round(degrees / 90)
    turns = (90 * nearest + page_rotation) % 360
    return np.where(abs(degrees - 90 * nearest) <= _RIGHT_ANGLE, turns, OBLIQUE).astype(np.int32)
