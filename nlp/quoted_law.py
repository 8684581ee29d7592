"""Find the stretches in which an amending law quotes articles of another (brief 3.3, parser rule)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_OPENING = regex.compile(
    r"^[ \t#*_>]*(?P<open>[«“\"‘'])[ \t*_]*(?i:art|§|t[ií]t|cap|sec|livro|libro|disp|chap|livre|part|\d+[A-Z]*\.|\(\d)",
    regex.MULTILINE,
)
_CLOSING = {"«": "»", "“": "”", '"': '"', "‘": "’", "'": "'"}
_LONGEST = 60_000


def quoted_ranges(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges that open with a quotation mark before a structural word and close at the end of a line."""
    position = 0
    while opening := _OPENING.search(text, position):
        end = _closing(text, opening)
        yield opening.start(), end
        position = max(end, opening.end())


def _closing(text: str, opening: regex.Match[str]) -> int:
    mark = regex.escape(_CLOSING[opening["open"]])
    pattern = regex.compile(rf"{mark}[ \t*_]*[.;,)\]]*[ \t*_]*$", regex.MULTILINE)
    closing = pattern.search(text, opening.end(), opening.end() + _LONGEST)
    return closing.end() if closing else text.find("\n", opening.end()) % (len(text) + 1)
