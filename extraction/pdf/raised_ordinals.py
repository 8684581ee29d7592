"""Signs of ordinals that a file prints as a small raised letter: ``n`` and a raised ``o`` are ``nº``, as in ``nº 25``.

TeX sets them so (``n$^o$``); the text layer then has the word "no", which means something else in three languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from extraction.layout.page_words import Floats
from extraction.pdf.word_spans import Spans

RAISED = 0.15  # heights of the character before by which the foot of the sign is above its foot
SMALL = 0.9  # height of the sign relative to the character before
REACH = 6  # characters before the one that the sign follows
_SIGN = re.compile(r"(?:[Nn](?=o\s*\d)|\d(?=o(?!\w)))(o)")
_HEAD = re.compile(r"(?:\A|[\s(«“\"])§*\d{0,2}\Z")


def with_raised_ordinals(characters: str, boxes_of: Callable[[Spans], Floats]) -> str:
    """Return ``characters`` with ``º`` for each small raised ``o`` after a number, or after ``n`` before one.

    ``boxes_of`` returns left, bottom, right, top of given spans of characters.
    """
    places = [
        match.start(1)
        for match in _SIGN.finditer(characters)
        if _HEAD.search(characters[max(0, match.start() - REACH) : match.start()])
    ]
    if not places:
        return characters
    signs = np.array(places)
    boxes = boxes_of(np.concatenate((np.stack((signs - 1, signs), axis=1), np.stack((signs, signs + 1), axis=1))))
    before, sign = boxes[: len(signs)], boxes[len(signs) :]
    height = before[:, 3] - before[:, 1]
    raised = (sign[:, 1] - before[:, 1] > RAISED * height) & (sign[:, 3] - sign[:, 1] < SMALL * height)
    written = list(characters)
    for place in signs[raised].tolist():
        written[place] = "º"
    return "".join(written)
