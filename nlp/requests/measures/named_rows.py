"""Things in rows of a table that an order limits by a name in another cell: "the accounts listed at the Azure Bank"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.columns import line_at, split_cells
from nlp.requests.context import RequestContext
from nlp.requests.flow import plain_words
from nlp.requests.measures.rule_mentions import Mention, rule_mentions
from nlp.requests.measures.target_candidates import Candidate, distinct

_LEAST = 4  # letters of a name


def in_named_rows(
    context: RequestContext, mention: Mention, thing: Mapping[str, str], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return those of several things in whose rows stands a name that the order has; all if that tells none apart.

    Names in the clause of the mention come first. "The said accounts" are those of the order before.
    """
    for start, end in _orders(context, mention, thing):
        named = [one for one in found if _is_named(context, start, end, one)]
        if named:
            return named
    return [*found]


def of_named_row(
    context: RequestContext, mention: Mention, thing: Mapping[str, str], same: Sequence[Candidate]
) -> list[Candidate]:
    """Return the thing in the only row with a name of the clause of a mention ("the account opened at the bank")."""
    start, end = _clause(context, mention)
    best, *_ = load("nlp.request_targets")["kinds"].get(mention.measure) or [()]
    same = [one for one in same if one.kind in best]
    if not _noun(thing["one"]).search(context.flow.folded, start, end):
        return []
    named = distinct(one for one in same if _is_named(context, start, end, one))
    return named if len(named) == 1 else []


def _orders(context: RequestContext, mention: Mention, thing: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a clause, its statement, and the last order before it if it speaks of the said things."""
    own = mention.statement
    yield _clause(context, mention)
    yield own.start, own.end
    if _said(thing["several"]).search(context.flow.folded, own.start, own.end):
        before = [one for one in rule_mentions(context) if one.statement.end <= own.start]
        yield from ((one.statement.start, one.statement.end) for one in before[-1:])


def _clause(context: RequestContext, mention: Mention) -> tuple[int, int]:
    """Return the range of the clause of a mention, between commas or semicolons before conjunctions."""
    own = mention.statement
    cuts = [one.start() for one in _pattern("clauses").finditer(context.flow.folded, own.start, own.end)]
    start = max((cut for cut in cuts if cut <= mention.start), default=own.start)
    return start, min((cut for cut in cuts if cut > mention.start), default=own.end)


def _is_named(context: RequestContext, first: int, last: int, one: Candidate) -> bool:
    """Return whether a range has the name in another cell of the row of a thing, with its legal form or without."""
    place = context.flow.places[one.start]
    start, row = line_at(context.text, place)
    cells = [words for at, words in split_cells(row) if not at <= place - start < at + len(words)]
    words = f" {plain_words(context.flow.cased[first:last])} "
    return any(f" {name} " in words for name in map(_name, cells) if sum(map(str.isalpha, name)) >= _LEAST)


def _name(cell: str) -> str:
    """Return the words of a cell as they are compared, without a legal form at the end."""
    return _pattern("legal_form").sub("", plain_words(cell)) if any(map(str.isupper, cell)) else ""


@cache
def _noun(one: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b{one}\b")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_target_lists")[name])


@cache
def _said(several: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b{load('nlp.request_target_lists')['said']}(?: \w+)? {several}\b")
