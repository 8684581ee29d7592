"""Passages on the law of another State than that of the text: ``en droit belge``, ``In Kenya, …``, ``- Chile: …``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.citations.foreign import named_state
from nlp.patterns import compile_pattern

_REACH = 400


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a text on the law of one State each: their starts in order, their ends and States."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    states: tuple[str, ...]

    def state_at(self, position: int) -> str:
        """Return the State on whose law the passage at ``position`` is, ``""`` for that of the text."""
        place = bisect_right(self.starts, position) - 1
        return self.states[place] if place >= 0 and position < self.ends[place] else ""


def find_passages(text: str) -> Passages:
    """Return the passages of plain text; each ends with its sentence or where the next one begins."""
    found = sorted(_found(text))
    starts = tuple(start for start, *_ in found)
    ends = tuple(min(end, behind) for (_, end, _), behind in zip(found, (*starts[1:], len(text)), strict=False))
    return Passages(starts, ends, tuple(state for *_, state in found))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    for name in ("law_of_state", "state_first"):
        for match in _form(name).finditer(text):
            if state := named_state(match["state"]):
                ending = _form("passage_ends").search(text, match.end(), match.end() + _REACH)
                yield match.end(), ending.start() if ending else match.end() + _REACH, state


@cache
def _form(name: str) -> regex.Pattern[str]:
    return compile_pattern("".join(load("nlp.passages")[name]), case_sensitive=True)
