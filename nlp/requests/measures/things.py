"""Things at which a measure is aimed, in the words of the letter: what is searched, seized, examined or produced."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import Mention

_LONGEST, _LEAST_LETTERS = 110, 3
_WORD = regex.compile(r"[\w'’-]*")


def thing(context: RequestContext, mentions: Sequence[Mention]) -> str | None:
    """Return what the first of the mentions is about that names something, behind its verb or before it."""
    ordered = sorted(
        mentions, key=lambda mention: (not mention.statement.is_asked_item, -mention.confidence, mention.start)
    )
    worded = [one for one in ordered if (one.start, one.end) != (one.statement.start, one.statement.end)]
    return next(filter(None, (_behind(context, one) or _before(context, one) for one in worded)), None)


def _behind(context: RequestContext, mention: Mention) -> str | None:
    """Return the object behind the first word of a mention ("search of the premises at ...")."""
    folded = context.flow.folded
    if _pattern("passive").match(folded, mention.start) or _pattern("after_passive").search(
        folded, mention.statement.start, mention.start
    ):
        return None
    start = _WORD.match(folded, mention.start).end()  # type: ignore[union-attr]
    lead = _pattern("lead").match(folded, start, mention.statement.end)
    start = lead.end() if lead else start
    if _pattern("passive").match(folded, start):
        return None
    stop = _pattern("stop").search(folded, start, mention.statement.end)
    return _phrase(context, start, stop.start() if stop else mention.statement.end)


def _before(context: RequestContext, mention: Mention) -> str | None:
    """Return the subject before a verb in the passive ("que a loja seja revistada")."""
    folded, start = context.flow.folded, mention.statement.start
    passive = _pattern("subject").search(folded, start, mention.end)
    return _phrase(context, passive.start("thing"), passive.end("thing")) if passive else None


def _phrase(context: RequestContext, start: int, end: int) -> str | None:
    cut = context.flow.cased[start : min(end, start + _LONGEST)]
    if end > start + _LONGEST:
        cut = cut.rpartition(" ")[0]
    words = " ".join(cut.strip(" ,.;:\n").split())
    named = sum(map(str.isalpha, words)) >= _LEAST_LETTERS or any(map(str.isdigit, words))
    return words if named and not _pattern("none").search(fold(words)) else None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["things"][name])
