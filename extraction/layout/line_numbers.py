"""Numbers of the lines of a page, as pleadings and transcripts have them, in the left or right margin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import PageWords, median

MIN_NUMBERS, MIN_FIVES = 8, 3  # where each line is numbered, and where every fifth is
MAX_DIGITS = 3
MAX_BEYOND = 0.02  # share of the other words that may be nearer to the side of the page
PITCH_TOLERANCE = 0.35  # tolerance relative to the median distance between two numbers
IN_STEP = 0.9  # share of the numbers whose distance is that of their values
MOSTLY_IN_STEP = 0.7  # share of the numbers that increase by the median step; OCR misses some
MOSTLY_RULED = 0.5  # share of the gaps between the numbers


def line_numbers(page: PageWords, body: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices, among ``body``, of the words that number the lines of the page, all or every fifth."""
    words = page.words
    chosen = enumerate(words) if len(body) == len(words) else ((index, words[index]) for index in body.tolist())
    numeric = np.array([index for index, word in chosen if word.isdecimal() and len(word) <= MAX_DIGITS])
    if len(numeric) < MIN_FIVES:
        return np.zeros(0, np.int64)
    is_numeric = np.zeros(len(page), np.bool_)
    is_numeric[numeric] = True
    others = body[~is_numeric[body]]
    for column in _margins(page, numeric, others):
        ordered = column[np.argsort(page.upright[column, 1])]
        if _counts(page, [int(words[index]) for index in ordered], ordered) and not _are_ruled_apart(page, ordered):
            return ordered
    return np.zeros(0, np.int64)


def _margins(page: PageWords, numeric: NDArray[np.int64], others: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Return the numbers in the left and right margins, beyond nearly all other words."""
    x0, x1 = page.upright[:, 0], page.upright[:, 2]
    beyond = int(MAX_BEYOND * len(others)) + 2  # more words than this on a side of the numbers: they are in the text
    outer = np.sort(x1[numeric])[MIN_FIVES - 1], np.sort(x0[numeric])[-MIN_FIVES]
    if not len(others) or (int((x0[others] < outer[0]).sum()) > beyond and int((x1[others] > outer[1]).sum()) > beyond):
        return []
    left, right = np.quantile(x0[others], MAX_BEYOND), np.quantile(x1[others], 1 - MAX_BEYOND)
    columns = (numeric[x1[numeric] <= left], numeric[x0[numeric] >= right])
    return [column for column in columns if len(column) >= MIN_FIVES]


def _counts(page: PageWords, values: list[int], column: NDArray[np.int64]) -> bool:
    """Return whether ``values`` increase by one or by five, and their distances with them."""
    steps = np.diff(values)
    step = median(steps)
    if step not in (1, 5) or len(values) < (MIN_NUMBERS if step == 1 else MIN_FIVES):
        return False
    if step == 5 and any(value % 5 for value in values):
        return False
    pitch = np.diff(page.upright[column, 1])
    usual = median(pitch)
    even = abs(pitch - usual * steps / step) <= PITCH_TOLERANCE * usual
    regular = (steps == step) & even if step == 5 else even & (steps > 0)
    return bool(regular.mean() >= IN_STEP and (steps == step).mean() >= MOSTLY_IN_STEP)


def _are_ruled_apart(page: PageWords, column: NDArray[np.int64]) -> bool:
    """Return whether ruling lines separate most of the numbers of ``column``: those of the rows of a table."""
    if page.turn[column].any():
        return False
    x0, top, x1, bottom = page.rulings.T
    sides = page.upright[column]
    beside = (x0 < sides[:, 2].max()) & (x1 > sides[:, 0].min()) & (x1 - x0 > bottom - top)
    lines_above = np.searchsorted(np.sort(top[beside]), (sides[:, 1] + sides[:, 3]) / 2)
    return bool((np.diff(lines_above) > 0).mean() >= MOSTLY_RULED)
