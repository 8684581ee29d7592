"""Line numbers in the margin of transcripts and bills."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import PageWords

FEWEST = 8
MOST_DIGITS = 3
STEADY = 0.35  # tolerance relative to the median distance between two numbers
IN_STEP = 0.9  # share of the numbers that increase by the median step


def line_numbers(page: PageWords, body: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices, among ``body``, of the words that number the lines of the page."""
    words = page.words
    numeric = np.array(
        [index for index in body.tolist() if len(words[index]) <= MOST_DIGITS and words[index].isdecimal()]
    )
    if len(numeric) < FEWEST:
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
    return [column for column in columns if len(column) >= FEWEST]


def _counts(page: PageWords, values: list[int], column: NDArray[np.int64]) -> bool:
    steps = np.diff(values)
    tops = page.upright[column, 1]
    pitch = np.diff(tops)
    usual = float(np.median(pitch))
    in_step = float((steps == np.median(steps)).mean())
    return (
        np.median(steps) in (1, 5)
        and in_step >= IN_STEP
        and bool((abs(pitch - usual) <= STEADY * usual).mean() >= IN_STEP)
    )
