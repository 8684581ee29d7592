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
    unstruck = np.zeros(len(spans), np.bool_)
    word, line = _crossings(boxes, rulings)
    if not len(word):
        return spans, boxes, unstruck
    lines = _fitting(boxes, word, line, rulings, spans, boxes_of)
    if not lines:
        return spans, boxes, unstruck
    pieces = [
        (start, end, struck)
        for index, span in enumerate(spans.tolist())
        for start, end, struck in _pieces(span, lines.get(index, []), boxes_of)
    ]
    divided = np.array([piece[:2] for piece in pieces], np.int64)
    return divided, boxes_of(divided), np.array([piece[2] for piece in pieces], np.bool_)


def _crossings(boxes: Floats, rulings: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of a word and a level line through the middle of its height, as two arrays of indices."""
    level = np.flatnonzero((rulings[:, 3] - rulings[:, 1] <= STRAIGHT) & (rulings[:, 2] - rulings[:, 0] > STRAIGHT))
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


def _fitting(
    boxes: Floats,
    word: NDArray[np.int64],
    line: NDArray[np.int64],
    rulings: Floats,
    spans: Spans,
    boxes_of: Callable[[Spans], Floats],
) -> dict[int, list[Floats]]:
    """Return for each word the lines that strike it out, in whole or in part."""
    found: dict[int, list[Floats]] = {}
    for number in np.unique(line).tolist():
        left, right = float(rulings[number, 0]), float(rulings[number, 2])
        chosen = word[line == number]
        chosen = chosen[np.argsort(boxes[chosen, 0])]
        height = float((boxes[chosen, 3] - boxes[chosen, 1]).max())
        sides = boxes[chosen]
        gaps = sides[1:, 0] - sides[:-1, 2]
        ends = float(sides[0, 0]) - left, right - float(sides[-1, 2])
        fits = max(ends) <= OVERHANG * height and not (gaps > GAP * height).any()
        if fits and _ends_at_characters(spans[chosen], (left, right), EDGE * height, boxes_of):
            for index in chosen.tolist():
                if _struck(spans[index].tolist(), [rulings[number]], boxes_of).any():
                    found.setdefault(index, []).append(rulings[number])
    return found


def _ends_at_characters(
    spans: Spans, ends: tuple[float, float], slack: float, boxes_of: Callable[[Spans], Floats]
) -> bool:
    """Return whether no end of a line is within a character: an arrow may point at any place of a word."""
    places = np.concatenate([np.arange(start, end) for start, end in (spans[0].tolist(), spans[-1].tolist())])
    sides = boxes_of(np.stack((places, places + 1), axis=1))
    return not any(((sides[:, 0] + slack < end) & (sides[:, 2] - slack > end)).any() for end in ends)


def _struck(span: list[int], lines: list[Floats], boxes_of: Callable[[Spans], Floats]) -> Mask:
    """Return which of the characters of ``span`` one of the ``lines`` crosses in the middle, two or more of them."""
    places = np.arange(*span)
    sides = boxes_of(np.stack((places, places + 1), axis=1))
    x, height = (sides[:, 0] + sides[:, 2]) / 2, sides[:, 3] - sides[:, 1]
    struck: Mask = np.zeros(len(places), np.bool_)
    for left, bottom, right, top in lines:
        level = (bottom + top) / 2 - sides[:, 1]
        crossed = (x >= left) & (x <= right) & (level >= LOW * height) & (level <= HIGH * height)
        on_one_line = crossed.any() and float(np.ptp(sides[crossed, 1])) <= EDGE * float(height.max())
        if on_one_line and (crossed.all() or crossed.sum() >= MIN_CHARACTERS):
            struck |= crossed
    return struck


def _pieces(span: list[int], lines: list[Floats], boxes_of: Callable[[Spans], Floats]) -> list[tuple[int, int, bool]]:
    """Return the parts of ``span`` as start, end, and whether they are struck out."""
    if not lines:
        return [(span[0], span[1], False)]
    struck = _struck(span, lines, boxes_of)
    edges = [0, *(np.flatnonzero(np.diff(struck)) + 1).tolist(), len(struck)]
    return [(span[0] + start, span[0] + end, bool(struck[start])) for start, end in pairwise(edges)]
