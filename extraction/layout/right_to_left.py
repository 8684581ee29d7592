"""Order of words on lines with words of right-to-left scripts, such as Hebrew and Arabic names in a letter.

A simplification of the Unicode Bidirectional Algorithm (UAX 9) for words that are sorted from left to right: a line is
read from the right if most of its words are of such a script, else only their stretches are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

_SCRIPT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def has_right_to_left(text: str) -> bool:
    """Return whether ``text`` has a character of a right-to-left script."""
    return not text.isascii() and _SCRIPT.search(text) is not None


def reading_order(words: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Return the indices ``words`` of a line in reading order; ``texts`` are all words of the page."""
    kinds = [_direction(texts[index]) for index in words]
    right, left = kinds.count(-1), kinds.count(1)
    if not right:
        return list(words)
    base = -1 if right > left else 1
    ordered: list[int] = []
    for direction, group in groupby(zip(_resolved(kinds, base), words, strict=True), key=lambda pair: pair[0]):
        stretch = [index for _, index in group]
        ordered += stretch if direction == base else reversed(stretch)
    return ordered if base == 1 else ordered[::-1]


def _direction(word: str) -> int:
    """Return -1 for a word of a right-to-left script, 1 for another with letters, 0 for numbers and punctuation."""
    if _SCRIPT.search(word):
        return -1
    return 1 if any(map(str.isalpha, word)) else 0


def _resolved(kinds: Sequence[int], base: int) -> list[int]:
    """Return ``kinds`` with each 0 in the direction of its neighbours, or in ``base`` where these differ."""
    resolved = list(kinds)
    for index, kind in enumerate(kinds):
        if kind == 0:
            before = next((one for one in reversed(kinds[:index]) if one), base)
            after = next((one for one in kinds[index + 1 :] if one), base)
            resolved[index] = before if before == after else base
    return resolved
