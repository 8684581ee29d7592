"""Words of a page outside its text: line numbers, stamps, marginal strips."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import OBLIQUE, PageWords, directions

MIN_NUMBERS = 8
MAX_DIGITS = 3
PITCH_TOLERANCE = 0.35  # tolerance relative to the median distance between two numbers
IN_STEP = 0.9  # share of the numbers that increase by the median step


def line_numbers(page: PageWords, body: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices, among ``body``, of the words that number the lines of the page."""
    words = page.words
    numeric = np.array(
        [index for index in body.tolist() if len(words[index]) <= MAX_DIGITS and words[index].isdecimal()]
    )
    if len(numeric) < MIN_NUMBERS:
        return np.zeros(0, np.int64)
    others = np.setdiff1d(body, numeric)
    for column in _margins(page, numeric, others):
        ordered = column[np.argsort(page.upright[column, 1])]
        if _counts(page, [int(words[index]) for index in ordered], ordered):
            return ordered
    return np.zeros(0, np.int64)


def _margins(page: PageWords, numeric: NDArray[np.int64], others: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the numbers in the left and right margins, beyond nearly all other words."""
    x0, x1 = page.upright[:, 0], page.upright[:, 2]
    if not len(others):
        return []
    left, right = np.quantile(x0[others], 0.02), np.quantile(x1[others], 0.98)
    columns = (numeric[x1[numeric] <= left], numeric[x0[numeric] >= right])
    return [column for column in columns if len(column) >= MIN_NUMBERS]


def _counts(page: PageWords, values: list[int], column: NDArray[np.int64]) -> bool:
    steps = np.diff(values)
    tops = page.upright[column, 1]
    pitch = np.diff(tops)
    usual = float(np.median(pitch))
    in_step = float((steps == np.median(steps)).mean())
    return (
        np.median(steps) in (1, 5)
        and in_step >= IN_STEP
        and bool((abs(pitch - usual) <= PITCH_TOLERANCE * usual).mean() >= IN_STEP)
    )


MARGIN = 0.12  # share of the page's side: rotated words in this margin are a stamp or a verification strip


@dataclass(frozen=True, slots=True, eq=False)
class PageParts:
    """Word indices by function; ``body`` are all others."""

    body: NDArray[np.int64]
    line_numbers: NDArray[np.int64]
    stamps: NDArray[np.int64]


def page_parts(page: PageWords) -> PageParts:
    """Separate line numbers, watermarks and marginal strips, which a single page is enough to recognise."""
    everything = np.arange(len(page))
    turns = directions(page, everything)
    main = turns[0] if turns else 0
    body, aside = everything, everything[:0]
    if len(turns) > 1 and main != OBLIQUE:
        is_aside = (page.turn == OBLIQUE) | ((page.turn != main) & _in_margin(page))
        body, aside = everything[~is_aside], everything[is_aside]
    numbers = line_numbers(page, body)
    return PageParts(np.setdiff1d(body, numbers, assume_unique=True), numbers, aside)


def _in_margin(page: PageWords) -> NDArray[np.bool_]:
    x0, top, x1, bottom = page.boxes.T
    across, down = MARGIN * page.width, MARGIN * page.height
    outside: NDArray[np.bool_] = (
        (x1 < across) | (x0 > page.width - across) | (bottom < down) | (top > page.height - down)
    )
    return outside
