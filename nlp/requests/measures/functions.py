"""Persons whom an order knows by their function only: "interview the branch manager, to be identified by the bank"."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import Mention

_REACH = 130
# "the witness Marcia Holder"
_NAMED = regex.compile(r"\p{Ll}+\s\p{Lu}\p{Ll}+\s\p{Lu}")


def function_of(context: RequestContext, mention: Mention) -> tuple[int, int] | None:
    """Return the range of the running text that names the person to be heard or served by a function, if one does.

    A function that a name follows is that of the person named ("the manager, Mr Cox").
    """
    folded, end = context.flow.folded, min(mention.statement.end, mention.end + _REACH)
    found = _pattern("function").search(folded, mention.start, end)
    if not found or not _pattern("lead").fullmatch(folded, mention.start, found.start()):
        return _heard(context, mention)
    if _pattern("between").search(context.flow.cased, mention.start, found.start()):
        return None
    cased, (start, last) = context.flow.cased, found.span("thing")
    is_named = _pattern("named").match(cased, last) or _NAMED.match(cased, start, last)
    return None if is_named else (start, last)


def _heard(context: RequestContext, mention: Mention) -> tuple[int, int] | None:
    """Return the range of a function before a passive ("that the manager of the shop be heard"), if there is one."""
    folded, cased, start = context.flow.folded, context.flow.cased, mention.statement.start
    found = _pattern("function").search(folded, start, mention.start)
    if not found or _pattern("named").match(cased, found.end("thing")) or _NAMED.match(cased, found.start("thing")):
        return None
    article = folded.rfind(" ", start, found.start("thing") - 1) + 1
    is_first = _pattern("before").match(folded[start : max(start, article)]) is not None
    is_passive = _pattern("passive").match(folded, found.end("thing"), mention.end) is not None
    return found.span("thing") if is_first and is_passive else None


def function_words(context: RequestContext, mention: Mention) -> str | None:
    """Return the function by which a person is known, as written."""
    place = function_of(context, mention)
    return " ".join(context.flow.cased[slice(*place)].split()) if place else None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_functions")
    return regex.compile(expanded(content[name], content["fragments"]))
