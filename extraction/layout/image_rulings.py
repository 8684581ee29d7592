"""Ruling lines in the image of a level page: straight, thin, dark runs of pixels that no character can be.

They are the basis of the tables of a scan, as drawn lines are of those of a text layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extraction.layout.page_words import Floats

WHITE, CONTRAST = 250, 50  # grey levels, after reduction; a line is darker than the paper by the contrast
REDUCTION = 2
SOLID = 0.97  # share of the pixels of a line that are dark
# Lengths are shares of the longer side of the page, which is 842 points for A4.
MIN_LEVEL, MIN_UPRIGHT = 0.04, 0.02  # of a line; the strokes of headings are shorter
MAX_THICKNESS = 0.006  # of a line; what is thicker is an area
MAX_BREAK = 0.008  # in a worn line
LEAN = 2  # reduced pixels between two runs of one line, which may not be quite level
UNDER = (6, 2)  # reduced pixels above a line in which letters stand on it
MIN_UNDERLINED = 0.4  # share of the length of a line
LONGEST_UNDERLINE = 0.4  # share of the width of the page
MOSTLY_DARK = 0.7  # share of a row of pixels, which then is a line
MAX_RUNS = 4000  # of pixels; an image with more is a photograph


@dataclass(frozen=True, slots=True)
class Run:
    """Dark pixels in one row or column, in reduced pixels: ``across`` is its number, ``end`` is exclusive."""

    across: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class ImageRulings:
    """Lines of an image: ``boxes`` (n, 4: x0, top, x1, bottom) in its pixels, and the runs of which they consist."""

    boxes: Floats
    level: tuple[Run, ...]
    upright: tuple[Run, ...]


def image_rulings(image: Image.Image) -> ImageRulings:
    """Return the level and upright lines of ``image``, which is level."""
    grey = np.asarray(image.convert("L").reduce(REDUCTION))
    dark = grey < min(WHITE, int(np.median(grey))) - CONTRAST
    longest = max(dark.shape)
    level = _few(solid_runs(dark.T, max(2, int(MIN_LEVEL * longest))))
    upright = _few(solid_runs(dark, max(2, int(MIN_UPRIGHT * longest))))
    boxes: list[tuple[float, float, float, float]] = []
    lines = [line for line in _lines(level, longest) if not _is_underline(dark, line)]
    boxes += [(start, across, end, across) for across, start, end in lines]
    boxes += [(across, start, across, end) for across, start, end in _lines(upright, longest)]
    return ImageRulings(REDUCTION * np.array(boxes, np.float32).reshape(-1, 4), level, upright)


def _is_underline(dark: NDArray[np.bool_], line: tuple[float, int, int]) -> bool:
    """Return whether letters stand on most of a level ``line``, as those of a link do."""
    across, start, end = line
    if end - start > LONGEST_UNDERLINE * dark.shape[1]:
        return False
    above = dark[max(0, int(across) - UNDER[0]) : max(0, int(across) - UNDER[1]), start:end]
    is_double = bool((above.mean(axis=1) >= MOSTLY_DARK).any())
    return not is_double and bool(above.any(axis=0).mean() >= MIN_UNDERLINED)


def _few(runs: list[Run]) -> tuple[Run, ...]:
    return tuple(runs) if len(runs) <= MAX_RUNS else ()


def _lines(runs: Sequence[Run], longest: int) -> list[tuple[float, int, int]]:
    """Return position across, start and end of the lines that consist of ``runs``, in reduced pixels."""
    lines = []
    for group in _groups(runs):
        start, end = min(run.start for run in group), max(run.end for run in group)
        lengths = np.array([run.end - run.start for run in group])
        if lengths.sum() <= (MAX_THICKNESS * longest + LEAN) * (end - start):
            across = float(np.average([run.across for run in group], weights=lengths)) + 0.5
            lines.append((across, start, end))
    return _mended(lines, MAX_BREAK * longest)


def solid_runs(dark: NDArray[np.bool_], need: int) -> list[Run]:
    """Return the runs of ``need`` or more pixels along the columns of ``dark`` of which nearly all are dark.

    Pixels of the columns on either side count too, since a line may lean by a pixel.
    """
    wide = dark.copy()
    wide[:, 1:] |= dark[:, :-1]
    wide[:, :-1] |= dark[:, 1:]
    counts = np.zeros((len(dark) + 1, dark.shape[1]), np.int16)
    np.cumsum(wide, axis=0, dtype=np.int16, out=counts[1:])
    solid = counts[need:] - counts[:-need] >= SOLID * need
    runs = []
    for column in np.flatnonzero(solid.any(axis=0)).tolist():
        edges = np.flatnonzero(np.diff(np.concatenate(([0], solid[:, column].astype(np.int8), [0]))))
        ends = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        runs += [Run(column, start, end + need - 1) for start, end in ends]
    return runs


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Yield the runs of each line: those that overlap and lie side by side."""
    near: list[list[Run]] = []  # groups whose last run is near the current one
    for run in runs:
        near, ended = (
            [group for group in near if run.across - group[-1].across <= LEAN],
            [group for group in near if run.across - group[-1].across > LEAN],
        )
        yield from ended
        touching = [group for group in near if any(_touch(other, run) for other in group)]
        joined = [other for group in touching for other in group]
        near = [group for group in near if not any(group is other for other in touching)]
        near.append(sorted([*joined, run], key=lambda one: one.across))
    yield from near


def _touch(one: Run, other: Run) -> bool:
    return other.across - one.across <= LEAN and one.start <= other.end and other.start <= one.end


def _mended(lines: Sequence[tuple[float, int, int]], gap: float) -> list[tuple[float, int, int]]:
    """Return the lines with those joined that lie in line with a short break between them."""
    mended: list[tuple[float, int, int]] = []
    for across, start, end in sorted(lines, key=lambda line: line[1]):
        for index, (other, begins, ends) in enumerate(mended):
            if abs(other - across) <= LEAN and start - ends <= gap:
                whole = (ends - begins) + (end - start)
                middle = (other * (ends - begins) + across * (end - start)) / whole
                mended[index] = (middle, begins, max(ends, end))
                break
        else:
            mended.append((across, start, end))
    return mended
