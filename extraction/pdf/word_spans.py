"""Words of a text layer, corrected by their geometry: those that a ruling line divides, and letter-spaced ones.

A span (start and end) is a range of characters of pdfium; boxes are left, bottom, right, top in points of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extraction.layout.page_words import Floats
from extraction.layout.spaced_letters import are_words

Spans = NDArray[np.int64]  # (n, 2)

STRAIGHT = 1.0  # points
SLACK = 0.5  # points by which a ruling may lie within a character's box
MIN_PADDING = 0.06  # character heights: least gap of two cells; within a word it is 0
TIGHT = 0.08  # character heights: largest gap within a letter-spaced word
OVERLAP = 0.5  # character heights by which its characters may overlap
SAME_HEIGHT = 0.7  # overlap relative to the smaller height
MIN_PIECES = 3
RETURN = 3.0  # character heights by which a text that goes on further left goes back
MIN_LETTERS = 5  # of a letter-spaced line
SPACED = 0.6  # character heights: largest gap within a word whose letters have spaces between them
BETWEEN_WORDS = 1.6  # ratio of the gap between two such words to the least gap within them
LINE_END_HYPHEN = "\x02"  # pdfium's mark for an end-of-line hyphen, joined to the next line
_SPACED_LINE = re.compile(r"(?<![^\r\n]) *(?:[^\W\d_][^\w\s]{0,3} +){4,}[^\W\d_][^\w\s]{0,3} *(?![^\r\n])")
_INK = r"[^\s\u00a0\u2007\u202f\u200b\ufeff\x00\x02]"
_CODES = 0x10000
_LEADER = "....."
_BLANK = "_____"
_BLANK_EDGE = re.compile(r"(?<=_{5})(?=[^\W_])|(?<=[^\W_])(?=_{5})")
_WORD_OR_LEADER = re.compile(f"[.]{{5,}}|(?:(?![.]{{5}}){_INK})+\x02?|\x02")


@cache
def _blanks() -> NDArray[np.bool_]:
    """Return for each code of 16 bits whether it is no part of a word."""
    inked = re.compile(_INK)
    return np.array([inked.match(chr(code)) is None for code in range(_CODES)])


def word_spans(characters: str) -> Spans:
    """Return the words: characters between spaces; line-end hyphens, leaders and blanks to fill in end them."""
    spans = _between_spaces(characters)
    if _BLANK not in characters:
        return spans
    edges = [match.start() for match in _BLANK_EDGE.finditer(characters)]
    return np.sort(np.concatenate((spans.ravel(), edges, edges))).astype(np.int64).reshape(-1, 2)


def _between_spaces(characters: str) -> Spans:
    if _LEADER in characters:
        return np.array([match.span() for match in _WORD_OR_LEADER.finditer(characters)], np.int64).reshape(-1, 2)
    codes = np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), np.uint32)
    inked, mark = ~_blanks()[np.minimum(codes, _CODES - 1)], codes == ord(LINE_END_HYPHEN)
    part = inked | mark
    starts = part & ~np.concatenate(([False], inked[:-1]))
    ends = mark | (inked & ~np.concatenate((part[1:], [False])))
    return np.stack((np.flatnonzero(starts), np.flatnonzero(ends) + 1), axis=1)


def split_at_returns(
    spans: Spans, ends: Floats, boxes_of: Callable[[Spans], Floats], displayed: Callable[[Floats], Floats]
) -> Spans:
    """Return ``spans`` with those split whose text goes on further left in the same row.

    Reports draw the numbers of a row from right to left, and pdfium writes no space between them. ``ends`` (n, 2, 4)
    are the first and last character of each span on the page as displayed; ``displayed`` gives boxes in that frame.
    """
    first, last = ends[:, 0], ends[:, 1]
    height = first[:, 3] - first[:, 1]
    level = np.abs(first[:, 1] + first[:, 3] - last[:, 1] - last[:, 3]) < height
    back = np.flatnonzero(level & (first[:, 0] - last[:, 0] > RETURN * height))
    if not len(back):
        return spans
    places = np.concatenate([np.arange(start, end) for start, end in spans[back].tolist()])
    sides = displayed(boxes_of(np.stack((places, places + 1), axis=1)))
    returns = sides[:-1, 0] - sides[1:, 0] > RETURN * (sides[:-1, 3] - sides[:-1, 1])
    cuts = places[1:][returns & (np.diff(places) == 1)]
    inside = cuts[~np.isin(cuts, spans[:, 0])]
    return np.sort(np.concatenate((spans.ravel(), inside, inside))).reshape(-1, 2)


def split_at_rulings(spans: Spans, boxes: Floats, rulings: Floats, boxes_of: Callable[[Spans], Floats]) -> Spans:
    """Return ``spans`` with those split that a vertical ruling line divides between two characters.

    Cells of narrow columns have no space character between them. A line through a character, such as a strike-out or
    the bar of a chart, splits nothing. ``boxes_of`` returns the boxes of given spans.
    """
    lines = rulings[rulings[:, 2] - rulings[:, 0] <= STRAIGHT]
    if not len(lines):
        return spans
    lines = lines[np.argsort(lines[:, 0])]
    first = np.searchsorted(lines[:, 0], boxes[:, 0] + STRAIGHT)
    last = np.searchsorted(lines[:, 0], boxes[:, 2] - STRAIGHT)
    counts = np.maximum(last - first, 0)
    word = np.repeat(np.arange(len(spans)), counts)  # of each pair of a word and a line within its sides
    line = lines[np.arange(len(word)) + np.repeat(first + counts - np.cumsum(counts), counts)]
    middle = (boxes[word, 1] + boxes[word, 3]) / 2
    across = (line[:, 1] < middle) & (line[:, 3] > middle)
    if not across.any():
        return spans
    word, places = word[across], line[across, 0]
    cuts = {index: _cuts(spans[index], places[word == index], boxes_of) for index in np.unique(word).tolist()}
    pieces = [piece for index, span in enumerate(spans.tolist()) for piece in _cut(span, cuts.get(index, []))]
    return np.array(pieces, np.int64)


def _cuts(span: NDArray[np.int64], lines: NDArray[np.float32], boxes_of: Callable[[Spans], Floats]) -> list[int]:
    start, end = span.tolist()
    places = np.arange(start, end)
    sides = boxes_of(np.stack((places, places + 1), axis=1))
    right, left = sides[:-1, 2], sides[1:, 0]
    parted = left - right >= MIN_PADDING * (sides[:-1, 3] - sides[:-1, 1])
    between = (lines[:, None] >= right - SLACK) & (lines[:, None] <= left + SLACK)
    return [start + 1 + place for place in np.flatnonzero(parted & between.any(axis=0)).tolist()]


def _cut(span: list[int], places: list[int]) -> list[tuple[int, int]]:
    edges = [span[0], *places, span[1]]
    return list(pairwise(edges))


def join_letter_spaced(characters: str, spans: Spans, boxes: Floats) -> Spans:
    """Return ``spans`` with letter-spaced words joined: ``1 0 8 . 2 7 3 , 11`` becomes one span with its spaces.

    Such spaces have no width: three or more pieces, most of them single characters, touch on one line. Or a line has
    nothing but single letters, with wider gaps between its words: ``L A   S E R E N A``.
    """
    if len(spans) < MIN_PIECES:
        return spans
    short = spans[:, 1] - spans[:, 0] == 1
    if not (short[1:] & short[:-1]).any():
        return spans
    low, high = boxes[:, 1], boxes[:, 3]
    height = np.minimum(high[1:] - low[1:], high[:-1] - low[:-1])
    shared = np.minimum(high[1:], high[:-1]) - np.maximum(low[1:], low[:-1])
    gap = boxes[1:, 0] - boxes[:-1, 2]
    spaced = _spaced_lines(characters, spans, gap / np.maximum(height, STRAIGHT))
    touch = (gap < TIGHT * height) & (gap > -OVERLAP * height) & (shared > SAME_HEIGHT * height)
    if not spaced.any() and not (touch & (short[1:] | short[:-1])).any():
        return spans
    return _joined(characters, spans.tolist(), touch, short, spaced)


def _spaced_lines(characters: str, spans: Spans, gap: Floats) -> NDArray[np.bool_]:
    """Return which spans belong to one word with the next, on lines of nothing but letters with spaces between them.

    ``gap`` is the gap to the next span in character heights.
    """
    joined = np.zeros(len(gap), np.bool_)
    for match in _SPACED_LINE.finditer(characters):
        first, last = np.searchsorted(spans[:, 0], match.span()).tolist()
        letters = [characters[start:stop] for start, stop in spans[first:last].tolist()]
        if len(letters) >= MIN_LETTERS and are_words("".join(letter[0] for letter in letters)):
            gaps = gap[first : last - 1]
            least = float(gaps.min())
            joined[first : last - 1] = (gaps < BETWEEN_WORDS * least) & (TIGHT < least < SPACED)
    return joined


def _joined(
    characters: str,
    spans: list[list[int]],
    touch: NDArray[np.bool_],
    short: NDArray[np.bool_],
    spaced: NDArray[np.bool_],
) -> Spans:
    """Return ``spans`` with each sequence of those that ``touch`` the next as one, if half of them are ``short``.

    Those that are ``spaced`` are one with the next without more ado.
    """
    joined: list[list[int]] = []
    index = 0
    while index < len(spans):
        end = index
        while end < len(spaced) and spaced[end]:
            end += 1
        if end > index:
            joined.append([spans[index][0], spans[end][1]])
            index = end + 1
            continue
        while end < len(touch) and touch[end] and characters[spans[end][1] : spans[end + 1][0]] == " ":
            end += 1
        count = end + 1 - index
        if count >= MIN_PIECES and 2 * int(short[index : end + 1].sum()) >= count:
            joined.append([spans[index][0], spans[end][1]])
        else:
            joined += spans[index : end + 1]
        index = end + 1
    return np.array(joined, np.int64)
