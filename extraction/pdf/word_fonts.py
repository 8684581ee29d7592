"""Size, boldness and direction of the words of a text layer, read by pdfium at both ends of each stretch of words."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from itertools import repeat

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extraction.layout.page_words import OBLIQUE, Floats, Integers
from extraction.pdf import calls as pdf_calls
from extraction.pdf.word_spans import Spans

_MAX_NAME_LENGTH = 128  # bytes of a font name
_RIGHT_ANGLE = 3.0  # degrees by which a line may deviate from a right angle
_LONG, _SLENDER = 3, 1.3  # characters of a word, and the ratio of its sides, that tell its direction


def fonts(textpage: int, spans: Spans, run: Integers, quarter: int) -> tuple[Floats, NDArray[np.bool_], Integers]:
    """Return size in points, boldness and direction (``turn``) of each word, from both ends of its stretch.

    The larger size counts, because a superscript note mark at either end is smaller than the rest. ``run`` numbers the
    stretches, ``quarter`` is the page rotation in degrees.
    """
    starts = np.flatnonzero(np.diff(run, prepend=-1))
    lengths = np.diff(starts, append=len(run))
    ends = [*spans[starts, 0].tolist(), *(spans[starts + lengths - 1, 1] - 1).tolist()]
    matrices = _matrices(textpage, ends)
    size = _sizes(textpage, ends, matrices).reshape(2, -1).max(axis=0)
    bold = _bold(textpage, ends).reshape(2, -1).all(axis=0)
    turn = _turns(matrices[: len(starts)], quarter)
    return np.repeat(size, lengths), np.repeat(bold, lengths), np.repeat(turn, lengths)


def _matrices(textpage: int, indices: list[int]) -> NDArray[np.float64]:
    """Return the transformation (a, b, c, d, e, f) of each of the characters."""
    read = (raw.FS_MATRIX * len(indices))()
    pdf_calls.each(pdf_calls.matrix, textpage, indices, pdf_calls.places(read, 24))
    return np.frombuffer(read, np.float32).reshape(-1, 6).astype(np.float64)


def _sizes(textpage: int, indices: list[int], matrices: NDArray[np.float64]) -> Floats:
    scale = np.hypot(matrices[:, 2], matrices[:, 3])
    sizes = np.array([pdf_calls.font_size(textpage, index) for index in indices])
    return (sizes * np.where(scale > 0, scale, 1.0)).astype(np.float32)


def _bold(textpage: int, indices: list[int]) -> NDArray[np.bool_]:
    names = ctypes.create_string_buffer(_MAX_NAME_LENGTH * len(indices))
    flags = ctypes.c_int()
    length, ignored = repeat(_MAX_NAME_LENGTH), repeat(ctypes.addressof(flags))
    places = pdf_calls.places(names, _MAX_NAME_LENGTH)
    pdf_calls.each(pdf_calls.font_name, textpage, indices, places, length, ignored)
    return np.array([_is_bold(name) for name in np.frombuffer(names.raw, f"S{_MAX_NAME_LENGTH}").tolist()])


@lru_cache(maxsize=1024)
def _is_bold(font: bytes) -> bool:
    return any(weight in font.lower() for weight in (b"bold", b"black", b"heavy"))


def _turns(matrices: NDArray[np.float64], page_rotation: int) -> Integers:
    degrees = np.degrees(np.arctan2(-matrices[:, 1], matrices[:, 0]))  # of the line; slanted type is not turned
    nearest = np.round(degrees / 90)
    turns = (90 * nearest + page_rotation) % 360
    return np.where(abs(degrees - 90 * nearest) <= _RIGHT_ANGLE, turns, OBLIQUE).astype(np.int32)


def word_turns(textpage: int, spans: Spans, boxes: Floats, run: Integers, turn: Integers, quarter: int) -> Integers:
    """Return ``turn`` with that of each word of a stretch in which a word is as long across its direction.

    pdfium may write words in several directions, such as the sideways headers of a table, in one line of its text.
    """
    long = spans[:, 1] - spans[:, 0] >= _LONG
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    across = np.where(turn % 180 == 0, height > _SLENDER * width, width > _SLENDER * height) & long & (turn != OBLIQUE)
    if not across.any():
        return turn
    mixed = np.flatnonzero(np.isin(run, run[across]))
    corrected = turn.copy()
    corrected[mixed] = _turns(_matrices(textpage, spans[mixed, 0].tolist()), quarter)
    return corrected
