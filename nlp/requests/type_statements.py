"""Statements by which a letter says what it does with a request: withdraw it, ask about it, return it, transmit it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.flow import Flow

WITHDRAWAL = "withdrawal"
_NEAR = 2_500
_TITLE, _SENTENCE = 0.9, 0.75

Patterns = Mapping[str, tuple[regex.Pattern[str], ...]]


@dataclass(frozen=True, slots=True)
class TypeStatement:
    """A statement in the title or a sentence at a range of the document, and the type of letter that it shows."""

    label: str
    start: int
    end: int
    in_title: bool

    @property
    def confidence(self) -> float:
        return _TITLE if self.in_title else _SENTENCE


def type_statement(flow: Flow, titles: Iterable[tuple[int, str]], start: int, end: int) -> TypeStatement | None:
    """Return the statement of ``flow`` between the offsets ``start`` and ``end`` of the document, none if it has none.

    ``titles`` are the folded title lines with their offsets. A withdrawal comes first, of the others the first stated.
    """
    named = [
        TypeStatement(label, place, place + match.end(), in_title=True)
        for place, line in titles
        for label, patterns in _patterns("titles").items()
        for pattern in patterns
        if (match := pattern.match(line))
    ]
    first, last = flow.at(start), flow.at(end)
    stated = [
        TypeStatement(label, *flow.original(*match.span()), in_title=False)
        for label, patterns in _patterns("statements").items()
        for pattern in patterns
        if (match := pattern.search(flow.folded, first, min(last, first + _NEAR)))
    ]
    return min([*named, *stated], key=lambda one: (one.label != WITHDRAWAL, one.start), default=None)


@cache
def _patterns(kind: str) -> Patterns:
    content = load("nlp.request_type_statements")
    return {
        label: tuple(regex.compile(expanded(pattern, content["fragments"])) for pattern in patterns)
        for label, patterns in content[kind].items()
    }
