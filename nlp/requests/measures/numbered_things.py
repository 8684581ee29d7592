"""Things that an order names by their numbers in a table or list of the letter: "accounts 1 to 3 of the table"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.target_candidates import Candidate, distinct

_MOST = 20


def numbered_things(context: RequestContext, mention: Mention, named: Sequence[Candidate]) -> list[Candidate]:
    """Return those of ``named`` things that stand in the rows with the numbers of which a statement speaks."""
    start, end = mention.statement.start, mention.statement.end
    for thing in load("nlp.request_target_lists")["things"]:
        found = _numbers(thing["several"], thing["one"]).search(context.flow.folded, start, end)
        same = [one for one in named if one.kind in thing["kinds"] and not start <= one.start < end]
        if found and same:
            rows = [_in_row(context, same, number) for number in _meant(found)]
            return distinct(one for row in rows for one in row) if all(rows) else []
    return []


def _meant(found: regex.Match[str]) -> Iterator[int]:
    """Yield the numbers that words for them mean: "1 to 3" are three."""
    first, last = int(found["first"]), int(found["last"] or found["first"])
    yield from range(first, min(last, first + _MOST) + 1)
    yield from map(int, found.captures("more"))


def _in_row(context: RequestContext, named: Sequence[Candidate], number: int) -> list[Candidate]:
    """Return the things in the first row or item with a number that holds any."""
    for row in _row(number).finditer(context.text):
        if within := [one for one in named if row.start() <= context.flow.places[one.start] < row.end()]:
            return within
    return []


@cache
def _row(number: int) -> regex.Pattern[str]:
    return regex.compile(rf"(?m)^[ \t|]*0?{number}(?:[.)ºª°-]{{1,2}}[ \t]|[ ]*[|\t]|[ ]{{3}}).*")


@cache
def _numbers(several: str, one: str) -> regex.Pattern[str]:
    content = load("nlp.request_target_lists")["numbered"]
    return regex.compile(rf"\b(?:{several}|{one})\b{content}")
