"""A text whose runs of spaces are one character each, so that rules see words next to each other, and the way back.

Some official texts break a sentence by empty lines ("será reprimido con" / "prisión"). A conjunction of two words whose
second is that for property elsewhere ("o bien", "ou bien") has its first alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import regex

_RUN = regex.compile(r"(?<=\s)\s+|(?<=\b(?:o|u|ou)\b)\s+bien\b,?(?=\s)", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SingleSpaced:
    """``text`` with single spaces; ``places`` are those of its characters in the original, and of its end."""

    text: str
    places: Sequence[int]

    def reduced(self, place: int) -> int:
        """Return the place in ``text`` of a place in the original; of a left out space, that of the next character."""
        return bisect_left(self.places, place)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original of a range of ``text``."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def single_spaced(original: str) -> SingleSpaced:
    """Return ``original`` with the first character of each run of white space, and "o" for "o bien"."""
    places: list[int] = []
    at = 0
    for run in _RUN.finditer(original):
        places.extend(range(at, run.start()))
        at = run.end()
    places.extend(range(at, len(original)))
    return SingleSpaced("".join(original[place] for place in places), (*places, len(original)))
