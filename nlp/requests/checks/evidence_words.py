"""Patterns of the words that the choice of alarms weighs, and the parts of a letter in which they are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from math import log1p

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext, once
from nlp.requests.statements import ASKED, find_statements


@cache
def weighed(name: str) -> regex.Pattern[str]:
    """Return the folded pattern of a name in ``nlp/resources/request_check_evidence.yaml``."""
    return regex.compile(load("nlp.request_check_evidence")[name])


def amount(name: str, words: Iterable[str]) -> float:
    """Return how often a pattern is found in texts, as a logarithm near 1."""
    return log1p(sum(1 for text in words for _ in weighed(name).finditer(text)))


def holds(name: str, words: str) -> bool:
    """Return whether a pattern is found in a text."""
    return weighed(name).search(words) is not None


@once
def asked_ranges(context: RequestContext) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the running text of the clauses that ask for something."""
    return tuple(_asked(context))


def _asked(context: RequestContext) -> Iterator[tuple[int, int]]:
    for statement in find_statements(context):
        ends = (*(start for start, _ in statement.clauses[1:]), statement.end)
        for (start, mood), end in zip(statement.clauses, ends, strict=True):
            if mood == ASKED:
                yield start, end


def asked_words(context: RequestContext) -> list[str]:
    """Return the folded words of the clauses that ask for something."""
    return [context.flow.folded[start:end] for start, end in asked_ranges(context)]
