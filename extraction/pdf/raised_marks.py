"""Punctuation after a raised note mark: a comma after a small high ``1`` stands below it, and pdfium begins a new line.

Without that end of line, mark and comma are one word, as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from extraction.layout.page_words import Floats
from extraction.pdf.word_spans import Spans

REACH = 0.3  # heights of the mark: largest gap between it and the punctuation, which touches it
LOWER = 0.3  # heights of the mark by which its foot is above that of the punctuation
NOTHING = "\u2060\u2060"  # left out when words are cleaned; as many characters as the end of line
_AFTER_MARK = re.compile(r"(?<=[\d*])\r\n(?=[,.;:)\]»”’](?:\s|\Z))")


def with_marks_joined(characters: str, boxes_of: Callable[[Spans], Floats]) -> str:
    """Return ``characters`` without the ends of lines between raised marks and the punctuation that touches them.

    ``boxes_of`` returns left, bottom, right, top of given spans of characters.
    """
    places = [match.start() for match in _AFTER_MARK.finditer(characters)]
    if not places:
        return characters
    ends = np.array(places)
    marks = boxes_of(np.stack((ends - 1, ends), axis=1))
    signs = boxes_of(np.stack((ends + 2, ends + 3), axis=1))
    height = marks[:, 3] - marks[:, 1]
    touch = np.abs(signs[:, 0] - marks[:, 2]) <= REACH * height
    raised = (marks[:, 1] - signs[:, 1] >= LOWER * height) & (signs[:, 3] > marks[:, 1])
    joined = ends[touch & raised]
    for place in joined.tolist():
        characters = characters[:place] + NOTHING + characters[place + 2 :]
    return characters
