"""Things in rows of a table that an order limits by a name in another cell: "the accounts listed at the Azure Bank"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.columns import split_cells
from nlp.requests.context import RequestContext
from nlp.requests.flow import plain_words
from nlp.requests.measures.rule_mentions import Mention, rule_mentions
from nlp.requests.measures.target_candidates import Candidate
from nlp.requests.statements import Statement

_LEAST = 4  # letters of a name


def in_named_rows(
    context: RequestContext, mention: Mention, thing: Mapping[str, str], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return those of several things in whose rows stands a name that the order has; all if that tells none apart.

    "The said accounts" are those of the order before.
    """
    for statement in _orders(context, mention, thing):
        named = [one for one in found if _is_named(context, statement, one)]
        if named:
            return named
    return [*found]


def _orders(context: RequestContext, mention: Mention, thing: Mapping[str, str]) -> Iterator[Statement]:
    """Yield the statement of a mention, then the last order before it if it speaks of the said things."""
    own = mention.statement
    yield own
    if _said(thing["several"]).search(context.flow.folded, own.start, own.end):
        before = [one.statement for one in rule_mentions(context) if one.statement.end <= own.start]
        yield from before[-1:]


def _is_named(context: RequestContext, statement: Statement, one: Candidate) -> bool:
    """Return whether a statement has the name in another cell of the row of a thing, with its legal form or without."""
    place = context.flow.places[one.start]
    start = context.text.rfind("\n", 0, place) + 1
    row = context.text[start : context.text.find("\n", place) % (len(context.text) + 1)]
    cells = [words for at, words in split_cells(row) if not at <= place - start < at + len(words)]
    words = f" {plain_words(context.flow.cased[statement.start : statement.end])} "
    return any(f" {name} " in words for name in map(_name, cells) if sum(map(str.isalpha, name)) >= _LEAST)


def _name(cell: str) -> str:
    """Return the words of a cell as they are compared, without a legal form at the end."""
    return _legal_form().sub("", plain_words(cell)) if any(map(str.isupper, cell)) else ""


@cache
def _legal_form() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_target_lists")["legal_form"])


@cache
def _said(several: str) -> regex.Pattern[str]:
    return regex.compile(rf"\b{load('nlp.request_target_lists')['said']}(?: \w+)? {several}\b")
