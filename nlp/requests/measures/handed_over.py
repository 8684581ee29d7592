"""Things to be handed over with a person to be extradited: a seizure that the request for extradition asks for too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.statements import EXTRADITION
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.statements import ASKED, find_statements

SEIZURE = "search_seizure"
_SURE = 0.85


def handed_over(context: RequestContext) -> Iterator[Mention]:
    """Yield a seizure for each statement of a request for extradition that asks for things found on the person."""
    if context.labelled_type != EXTRADITION:
        return
    folded = context.flow.folded
    for statement in find_statements(context):
        words = folded[statement.start : statement.end]
        acts = (found for pattern in _over() for found in pattern.finditer(words)) if _taken().search(words) else ()
        starts = (statement.start + one.start("act") for one in acts)
        asked = next((start for start in starts if statement.mood_at(start) == ASKED), None)
        if asked is not None:
            yield Mention(SEIZURE, asked, asked + len("entrega"), statement, _SURE)


@cache
def _over() -> tuple[regex.Pattern[str], ...]:
    content = load("nlp.request_handed_over")
    return tuple(regex.compile(expanded(pattern, content["fragments"])) for pattern in content["over"])


@cache
def _taken() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_handed_over")["taken"])
