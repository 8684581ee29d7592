"""Items of lists of enclosures, which ask for nothing, whatever measure their words name."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext, once
from nlp.requests.statements import ASKED, Statement, find_statements

_SECTION = "annexes"


def is_enclosed(context: RequestContext, statement: Statement) -> bool:
    """Return whether a statement is an item of a list of enclosures and asks for nothing."""
    return statement.start in _enclosed(context)


@once
def _enclosed(context: RequestContext) -> frozenset[int]:
    """Return the starts of the items below words that introduce enclosures, and in the section that lists them."""
    found: set[int] = set()
    is_open = False
    for statement in find_statements(context):
        if not statement.is_item:
            is_open = statement.section == _SECTION or _introduces(context, statement)
        elif is_open and not _asks(statement):
            found.add(statement.start)
    return frozenset(found)


def _introduces(context: RequestContext, statement: Statement) -> bool:
    """Return whether a statement is or ends with words that introduce enclosures, before a colon ("Se acompañan:")."""
    words = context.flow.folded[statement.start : statement.end]
    return not _asks(statement) and _introduction().search(words) is not None


def _asks(statement: Statement) -> bool:
    return ASKED in {mood for _, mood in statement.clauses}


@cache
def _introduction() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_details")["enclosures"]["introduces"])
