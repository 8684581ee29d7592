"""Words that a line strikes through, such as what a bill deletes or a consolidated law shows as repealed.

A line counts only if it runs through the middle of characters and ends where they end: the line of a form on which a
value is typed is longer than the value.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import Floats
from extraction.pdf.word_spans import STRAIGHT, Spans

LOW, HIGH = 0.3, 0.65  # position of the line in the height of a character, whose box has room for descenders
OVERHANG = 0.6  # character heights by which the line may be longer than what it strikes out
EDGE = 0.12  # character heights by which an end of the line may lie within a character
MIN_CHARACTERS = 2  # of a word of which a part is struck out
GAP = 1.2  # character heights between two words that one line strikes out

Mask = NDArray[np.bool_]


def part_struck_words(
    spans: Spans, boxes: Floats, rulings: Floats, boxes_of: Callable[[Spans], Floats]
) -> tuple[Spans, Floats, Mask]:
    """Return spans, their boxes, and a mask of those that a line of ``rulings`` strikes through.

    Boxes and lines are left, bottom, right, top in points of the page. A word of which a line strikes out a part is
    divided; ``boxes_of`` returns the boxes of given spans.
    """
    word, line = _crossings(boxes, rulings)
    if not len(word):
        return spans, boxes, np.zeros(len(spans), np.bool_)
    crossed = np.unique(word)
    characters = dict(zip(crossed.tolist(), _characters(spans[crossed], boxes_of), strict=True))
    struck = {index: np.zeros(len(sides), np.bool_) for index, sides in characters.items()}
    for number in np.unique(line).tolist():
        chosen = word[line == number]
        ordered = chosen[np.argsort(boxes[chosen, 0])].tolist()
        if _fits(rulings[number], [characters[index] for index in ordered]):
            for index in ordered:
                struck[index] |= _struck(characters[index], rulings[number])
    if not any(mask.any() for mask in struck.values()):
        return spans, boxes, np.zeros(len(spans), np.bool_)
    pieces = [
        piece
        for index, (start, end) in enumerate(spans.tolist())
        for piece in (_pieces(start, struck[index]) if index in struck else [(start, end, False)])
    ]
    divided = np.array([piece[:2] for piece in pieces], np.int64)
    return divided, boxes_of(divided), np.array([piece[2] for piece in pieces], np.bool_)


def _characters(spans: Spans, boxes_of: Callable[[Spans], Floats]) -> list[Floats]:
    """Return the boxes of the characters of each of ``spans``."""
    places = np.concatenate([np.arange(start, end) for start, end in spans.tolist()])
    sides = boxes_of(np.stack((places, places + 1), axis=1))
    return np.split(sides, np.cumsum(spans[:, 1] - spans[:, 0])[:-1])


def _crossings(boxes: Floats, rulings: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of a word and a level line through the middle of its height, as two arrays of indices."""
    level = np.flatnonzero((rulings[:, 3] - rulings[:, 1] <= STRAIGHT) & (rulings[:, 2] - rulings[:, 0] > STRAIGHT))
    if not len(level):
        return level, level
    middle = (rulings[level, 1] + rulings[level, 3]) / 2
    order = np.argsort(middle)
    level, middle = level[order], middle[order]
    height = boxes[:, 3] - boxes[:, 1]
    first = np.searchsorted(middle, boxes[:, 1] + LOW * height)
    last = np.searchsorted(middle, boxes[:, 1] + HIGH * height, "right")
    counts = np.maximum(last - first, 0)
    word = np.repeat(np.arange(len(boxes)), counts)
    line = level[np.arange(len(word)) + np.repeat(first + counts - np.cumsum(counts), counts)]
    across = np.minimum(boxes[word, 2], rulings[line, 2]) - np.maximum(boxes[word, 0], rulings[line, 0]) > STRAIGHT
    return word[across], line[across]


def _fits(line: Floats, words: list[Floats]) -> bool:
    """Return whether ``line`` ends where the characters of ``words``, which it crosses from left to right, end.

    An arrow may point at any place of a word, and the line of a form goes on beside the value.
    """
    left, right = float(line[0]), float(line[2])
    sides = np.concatenate((words[0], words[-1]))
    height = float((sides[:, 3] - sides[:, 1]).max())
    gaps = [float(after[0, 0] - before[-1, 2]) for before, after in pairwise(words)]
    ends = float(words[0][0, 0]) - left, right - float(words[-1][-1, 2])
    if max(ends) > OVERHANG * height or max(gaps, default=0.0) > GAP * height:
        return False
    slack = EDGE * height
    return not any(((sides[:, 0] + slack < end) & (sides[:, 2] - slack > end)).any() for end in (left, right))


def _struck(sides: Floats, line: Floats) -> Mask:
    """Return which of the characters of a word ``line`` crosses in the middle: all, or two or more of them."""
    left, bottom, right, top = line.tolist()
    x, height = (sides[:, 0] + sides[:, 2]) / 2, sides[:, 3] - sides[:, 1]
    level = (bottom + top) / 2 - sides[:, 1]
    crossed: Mask = (x >= left) & (x <= right) & (level >= LOW * height) & (level <= HIGH * height)
    on_one_line = crossed.any() and float(np.ptp(sides[crossed, 1])) <= EDGE * float(height.max())
    enough = bool(crossed.all()) or int(crossed.sum()) >= MIN_CHARACTERS
    return crossed if on_one_line and enough else np.zeros_like(crossed)


def _pieces(start: int, struck: Mask) -> list[tuple[int, int, bool]]:
    """Return the parts of a word from ``start`` as start, end, and whether they are struck out."""
    edges = [0, *(np.flatnonzero(np.diff(struck)) + 1).tolist(), len(struck)]
    return [(start + first, start + last, bool(struck[first])) for first, last in pairwise(edges)]
