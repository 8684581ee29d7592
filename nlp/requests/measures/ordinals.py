"""A measure limited to one of several things by an ordinal: "the first of the accounts", "a segunda conta".

The things are counted in the order in which the letter asks for them, else in that in which it names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.target_candidates import Candidate, distinct
from nlp.requests.statements import ASKED, mood_at

# Characters around a mention in which an ordinal is about its object.
_BEFORE, _BEHIND = 160, 200


def singled_out(context: RequestContext, mention: Mention, named: Sequence[Candidate]) -> Candidate | None:
    """Return the one of ``named`` things to which an ordinal in the statement limits a measure, None without one."""
    start = max(mention.statement.start, mention.start - _BEFORE)
    end = min(mention.statement.end, mention.end + _BEHIND)
    for thing in load("nlp.request_target_lists")["things"]:
        same = [one for one in named if one.kind in thing["kinds"]]
        for place in load("nlp.request_ordinals")["ordinals"] if len(distinct(same)) > 1 else ():
            if found := _pattern(place, thing["several"], thing["one"]).search(context.flow.folded, start, end):
                return _at(context, same, place, found.start(), mention.statement.end)
    return None


def _at(context: RequestContext, same: Sequence[Candidate], place: int, start: int, end: int) -> Candidate | None:
    """Return the thing at a place (-1 is the last) of those asked for before ``start``, or named in the statement."""
    before = [one for one in same if one.start < start]
    asked = distinct(one for one in before if mood_at(context, one.start) == ASKED)
    within = distinct(one for one in same if start <= one.start < end)
    for counted in (within if len(within) > 1 else [], asked if len(asked) > 1 else [], distinct(before)):
        if counted and place <= len(counted):
            return counted[place - 1 if place > 0 else place]
    return None


@cache
def _pattern(place: int, several: str, one: str) -> regex.Pattern[str]:
    content = load("nlp.request_ordinals")
    forms = (form.replace("<<several>>", several).replace("<<one>>", one) for form in content["forms"])
    return regex.compile("|".join(form.replace("<<ordinal>>", content["ordinals"][place]) for form in forms))
