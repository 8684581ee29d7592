"""Drop caps: initials in large type over several lines, joined to the word that they begin.

The lines beside an initial are indented by its width. In the upright frame they are widened to its left side, so that
no indent parts them from the lines below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extraction.document import TextOrigin
from extraction.layout.page_words import PageWords, median

MIN_SIZE = 1.8  # ratio to the page's median type size
MAX_SIZE = 9.0
MIN_LINES, MAX_LINES = 2, 8
MAX_LENGTH = 2  # characters: the letter, and a quotation mark or elided "L'" before the word
MAX_GAP = 1.2  # type sizes between the initial and its lines
WORD_GAP = 0.3  # type sizes from which the initial is a word of its own
LEVEL = 0.8  # type sizes by which an initial may reach into the line beside it
ASCENT = 0.45  # largest distance of the top of its box to that of its first line, in its own size
WORDS = frozenset("AEOYIÀÁÉÓU")  # letters that are words in Spanish, Portuguese, English or French


def with_drop_caps(page: PageWords) -> PageWords:
    """Return ``page`` with its drop caps joined to the words that they begin."""
    if page.origin is not TextOrigin.TEXT_LAYER or not len(page):
        return page
    usual = median(page.size)
    large = np.flatnonzero((page.size >= MIN_SIZE * usual) & (page.size <= MAX_SIZE * usual) & (page.turn == 0))
    if not len(large) or len(large) == len(page):
        return page
    words = page.words
    initials = [index for index in large.tolist() if _is_initial(words[index])]
    for index in reversed(initials):
        page = _joined(page, words, index, usual)
        words = page.words
    return page


def _is_initial(word: str) -> bool:
    return len(word) <= MAX_LENGTH and word.strip("«“\"'’‘¿¡").isalpha() and word.isupper()


def _joined(page: PageWords, words: Sequence[str], index: int, usual: float) -> PageWords:
    first, beside = _lines_beside(page, index, usual)
    if first < 0:
        return page
    initial, following = page.boxes[index], page.boxes[first]
    upright, boxes, size = page.upright.copy(), page.boxes.copy(), page.size.copy()
    upright[beside, 0] = initial[0]
    if _is_word(words, index, first, float(following[0] - initial[2]) / usual):
        upright[first, 0] = following[0]
        upright[index] = initial[0], following[1], min(initial[2], following[0]), following[3]
        size[index] = page.size[first]
        run = page.run.copy()
        run[index] = page.run[first]
        return _in_place(replace(page, upright=upright, size=size, run=run), words, index, first)
    boxes[first] = initial[0], min(initial[1], following[1]), following[2], following[3]
    texts = [*words]
    texts[first] = words[index] + words[first]
    kept = np.arange(len(page)) != index
    return _chosen(replace(page, upright=upright, boxes=boxes, text=" ".join(texts)), texts, np.flatnonzero(kept))


def _lines_beside(page: PageWords, index: int, usual: float) -> tuple[int, NDArray[np.int64]]:
    """Return the first word after the initial and the first words of all lines beside it; -1 if it is no drop cap.

    Two or more lines begin at its right side, the first of them level with its top.
    """
    initial, boxes = page.boxes[index], page.boxes
    middle = (boxes[:, 1] + boxes[:, 3]) / 2
    level = (middle > initial[1]) & (middle < initial[3]) & (page.turn == 0) & (page.size < MIN_SIZE * usual)
    level[index] = False
    right = level & (boxes[:, 0] >= initial[2] - LEVEL * usual) & (boxes[:, 0] <= initial[2] + MAX_GAP * usual)
    left = middle[level & (boxes[:, 0] < initial[2] - LEVEL * usual) & (boxes[:, 2] > initial[0])]
    starts: list[int] = []
    for number in np.flatnonzero(right)[np.argsort(middle[right], kind="stable")].tolist():
        if (abs(left - middle[number]) < usual / 2).any():
            continue  # its line begins at the side of the column: it is below the initial
        if starts and middle[number] - middle[starts[-1]] < usual / 2:
            starts[-1] = min(starts[-1], number, key=lambda one: float(boxes[one, 0]))
        else:
            starts.append(number)
    found = np.array(starts, np.int64)
    if not MIN_LINES <= len(found) <= MAX_LINES:
        return -1, found
    below = float(boxes[found[0], 1] - initial[1])
    return (int(found[0]) if -LEVEL * usual <= below <= ASCENT * float(page.size[index]) else -1), found


def _is_word(words: Sequence[str], index: int, first: int, gap: float) -> bool:
    """Return whether an initial is a word of its own ("A autoridade"), by the words of the page, else by its gap."""
    initial, following = words[index], words[first].strip(".,;:")
    if initial not in WORDS:
        return False
    others = {word.strip(".,;:").lower() for number, word in enumerate(words) if number != first}
    if (initial + following).lower() in others:
        return False
    return following.lower() in others or following[:1].isupper() or gap >= WORD_GAP


def _in_place(page: PageWords, words: Sequence[str], index: int, first: int) -> PageWords:
    """Return ``page`` with the word ``index`` moved right before the word ``first``."""
    order = [number for number in range(len(page)) if number != index]
    order.insert(order.index(first), index)
    return _chosen(page, words, np.array(order, np.int64))


def _chosen(page: PageWords, words: Sequence[str], order: NDArray[np.int64]) -> PageWords:
    return replace(
        page,
        text=" ".join([words[number] for number in order.tolist()]),
        boxes=page.boxes[order],
        upright=page.upright[order],
        size=page.size[order],
        bold=page.bold[order],
        run=page.run[order],
        turn=page.turn[order],
        confidence=page.confidence[order],
    )
