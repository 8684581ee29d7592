"""The outcome reported in an answer: executed, partly, refused, returned, more information requested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.requests.letter_types.missing_elements import missing_elements

_REACH = 40
_INCOMPLETE = "info_requested"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state of the request with the words of the answer that report it (code points, half open)."""

    status: str
    start: int
    end: int


def find_outcome(text: str, ranges: Iterable[tuple[int, int]]) -> Outcome | None:
    """Return the state reported in ``ranges`` of ``text``, the answer's own words; None without one."""
    return _first(text, ranges, _patterns("states"))


def find_withdrawal(text: str, ranges: Iterable[tuple[int, int]]) -> Outcome | None:
    """Return where the own words of a withdrawal, ``ranges`` of ``text``, take the request back; None without them."""
    return _first(text, ranges, _patterns("withdrawal"))


def _first(text: str, ranges: Iterable[tuple[int, int]], patterns: Mapping[str, regex.Pattern[str]]) -> Outcome | None:
    folded = fold(text)
    own = list(ranges)
    for status, pattern in patterns.items():
        for start, end in own:
            for match in pattern.finditer(folded, start, end):
                before = max(start, match.start() - _REACH)
                if not any(pattern.search(folded, before, match.start()) for pattern in _excluded()):
                    return Outcome(status, match.start(), match.end())
    return None


@cache
def _patterns(key: str) -> dict[str, regex.Pattern[str]]:
    rules: dict[str, list[str]] = load("nlp.request_outcomes")[key]
    words: dict[str, str] = load("nlp.request_outcomes")["words"]
    return {
        status: regex.compile(expanded("|".join([*patterns, *_further(status)]), words).replace(" ", r"\s+"))
        for status, patterns in rules.items()
    }


def _further(status: str) -> list[str]:
    """Return the pattern of a letter that asks to complete a request, for the state that it reports."""
    return [missing_elements("statement")] if status == _INCOMPLETE else []


@cache
def _excluded() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of words directly before a match that negate it or make it say something else."""
    return tuple(regex.compile(load("nlp.request_outcomes")[key]) for key in ("negated", "of_something_else"))
