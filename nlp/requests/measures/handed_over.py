"""Things to be handed over with a person to be extradited: a seizure that the request for extradition asks for too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.statements import EXTRADITION
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.things import thing_at
from nlp.requests.statements import ASKED, NEUTRAL, REPORTED, TOLD, Statement, find_statements

SEIZURE = "search_seizure"
_SURE = 0.85


def handed_over(context: RequestContext) -> Iterator[Mention]:
    """Yield a seizure for each statement of a request for extradition that asks for things found on the person."""
    if context.labelled_type != EXTRADITION:
        return
    for statement in find_statements(context):
        if found := _handed(context, statement, (ASKED,)):
            act, _, _ = found
            yield Mention(SEIZURE, act, act + 1, statement, _SURE)


def thing_handed_over(context: RequestContext, mentions: Iterable[Mention]) -> str | None:
    """Return the things that the first of some mentions says to hand over with a person, None if none does."""
    if context.labelled_type != EXTRADITION:
        return None
    named = (
        _handed(context, one.statement, (ASKED, NEUTRAL, REPORTED, TOLD)) for one in mentions if one.measure == SEIZURE
    )
    first = next(filter(None, named), None)
    return thing_at(context, first[1], first[2]) if first else None


def _handed(context: RequestContext, statement: Statement, moods: Sequence[str]) -> tuple[int, int, int] | None:
    """Return where the act of handing over begins in a clause of one of ``moods``, and its things begin and may end."""
    folded = context.flow.folded
    if not _taken().search(folded, statement.start, statement.end):
        return None
    acts = (found for pattern in _over() for found in pattern.finditer(folded, statement.start, statement.end))
    first = next((one for one in acts if statement.mood_at(one.start("act")) in moods), None)
    if first is None:
        return None
    act, thing = first.start("act"), first.start("thing")
    return act, thing, act if thing < act else statement.end


@cache
def _over() -> tuple[regex.Pattern[str], ...]:
    content = load("nlp.request_handed_over")
    return tuple(regex.compile(expanded(pattern, content["fragments"])) for pattern in content["over"])


@cache
def _taken() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_handed_over")["taken"])
