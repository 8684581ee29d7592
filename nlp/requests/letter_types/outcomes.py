"""The outcome reported in an answer: executed, partly, refused, returned, more information requested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.patterns import expanded
from nlp.requests.letter_types.missing_elements import missing_elements

_REACH = 40
_INCOMPLETE, _REFUSED = "info_requested", "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A state of the request with the words of the answer that report it (code points, half open)."""

    status: str
    start: int
    end: int


def find_outcome(text: str, ranges: Iterable[tuple[int, int]]) -> Outcome | None:
    """Return the state reported in ``ranges`` of ``text``, the answer's own words; None without one.

    An answer that refuses one measure and reports on the request otherwise does not refuse the request.
    """
    own, states = list(ranges), _patterns("states")
    found = _first(text, own, states)
    if found and found.status == _REFUSED and _of_one_measure(text, found):
        for status, reported in load("nlp.request_outcomes")["beside_refusal"].items():
            if other := _first(text, own, {status: states[status]}):
                return replace(other, status=reported)
    return found


def _of_one_measure(text: str, refusal: Outcome) -> bool:
    """Return whether a refusal is of the request for one measure, by the words up to its end."""
    begin = max(0, refusal.start - _REACH)
    return regex.search(load("nlp.request_outcomes")["one_measure"], fold(text[begin : refusal.end])) is not None


def find_withdrawal(text: str, ranges: Iterable[tuple[int, int]]) -> Outcome | None:
    """Return where the own words of a withdrawal, ``ranges`` of ``text``, take the request back.

    None without them, and where a part of the request stays in force.
    """
    own = list(ranges)
    if any(_in_part().search(fold(text[start:end])) for start, end in own):
        return None
    return _first(text, own, _patterns("withdrawal"))


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
def _in_part() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_outcomes")["in_part"].replace(" ", r"\s+"))


@cache
def _excluded() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of words directly before a match that negate it or make it say something else."""
    return tuple(regex.compile(load("nlp.request_outcomes")[key]) for key in ("negated", "of_something_else"))
