"""Measures that a supplement says were asked for before ("in our request of 3 May we asked for ..."): no new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.statements import find_statements

SUPPLEMENTS = frozenset({"supplement"})


def without_earlier(context: RequestContext, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of a supplement without those of measures asked for before."""
    if context.labelled_type not in SUPPLEMENTS:
        return list(mentions)
    told = dict(_told(context))
    return [one for one in mentions if one.start >= told.get(one.statement.start, one.start)]


def _told(context: RequestContext) -> Iterator[tuple[int, int]]:
    """Yield the start of each statement that tells what was asked before, and where the words for that end in it.

    The items of a list that such words introduce tell it too.
    """
    is_list = False
    for statement in find_statements(context):
        words = context.flow.folded[statement.start : statement.end]
        end = _end(words)
        is_list = is_list and statement.is_item and not _pattern("now").search(words)
        if end or is_list:
            yield statement.start, statement.start + (end or len(words))
        is_list = is_list or (end == len(words) and words.rstrip().endswith(":"))


def _end(words: str) -> int:
    """Return the end of the words of a statement that tell what was asked before, 0 without any."""
    earlier = _pattern("earlier").search(words)
    if earlier is None or _pattern("beside").search(words, 0, earlier.start()):
        return 0
    now = _pattern("now").search(words, earlier.end())
    return now.start() if now else len(words)


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_earlier")
    return regex.compile("|".join(expanded(pattern, content["fragments"]) for pattern in content[name]))
