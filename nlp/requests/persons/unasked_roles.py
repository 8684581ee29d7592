"""Roles that follow from nothing that a letter asks: witnesses whose hearing it declines, holders of accounts.

"I do not seek an interview of Mr A" makes no witness, nor does an account that the letter only mentions make a holder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.statements import ANSWERS
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.persons.parties import Mention, Party
from nlp.requests.persons.role_inference import DescribedParty
from nlp.requests.persons.role_places import HOLDER
from nlp.requests.persons.roles import OTHER
from nlp.requests.statements import EXCLUDED, NEUTRAL, find_statements

_WITNESS = "witness"
_REACH = 120  # characters before a name in its sentence


def without_unasked_roles(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Return the parties; a role that follows from nothing that the letter asks is replaced by another one."""
    heard = _without(_WITNESS, described, partial(_is_unheard, context))
    return heard if _may_ask_about_accounts(context) else _without(HOLDER, heard, lambda party: True)


def _without(
    role: str, described: Sequence[DescribedParty], is_unasked: Callable[[Party], bool]
) -> list[DescribedParty]:
    """Return the parties, with another role those that have ``role`` and are not asked about."""
    return [
        (party, replace(standing, role=OTHER), details)
        if standing.role == role and is_unasked(party)
        else (party, standing, details)
        for party, standing, details in described
    ]


def _may_ask_about_accounts(context: RequestContext) -> bool:
    """Return whether a letter asks about accounts or other property, or does not tell.

    An answer and a reminder ask for no measure, or not for all of their request; a text without measures tells nothing.
    """
    asked = {mention.measure for mention in find_measure_mentions(context)}
    is_part = context.document_type.value in {*ANSWERS, "reminder"} or not asked
    return is_part or not asked.isdisjoint(load("nlp.request_persons")["about_accounts"])


def _is_unheard(context: RequestContext, party: Party) -> bool:
    """Return whether the hearing of a party is declined and nothing else calls or makes it a witness."""
    named = [_before(context, mention) for mention in party.mentions]
    others = [before for before, mood in named if not _declines(before, mood)]
    is_witness = any(_pattern("unheard_witness").search(before) for before, _ in named)
    is_declined = len(others) < len(named)
    return is_declined and not is_witness and not any(_pattern("unheard_hearing").search(one) for one in others)


def _before(context: RequestContext, mention: Mention) -> tuple[str, str]:
    """Return the words before a name in its statement, and the mood of its clause."""
    start = context.flow.at(mention.start)
    statement = next((one for one in find_statements(context) if one.start <= start < one.end), None)
    first, mood = (statement.start, statement.mood_at(start)) if statement else (start, NEUTRAL)
    return context.flow.folded[max(first, start - _REACH) : start], mood


def _declines(before: str, mood: str) -> bool:
    """Return whether a clause with words for a hearing excludes it from the request."""
    return mood == EXCLUDED and _pattern("unheard_hearing").search(before) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")[name])
