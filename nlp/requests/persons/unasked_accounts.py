"""Holders of accounts in letters that ask about no account or property: their role is another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.letter_types.statements import ANSWERS
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.persons.role_inference import DescribedParty
from nlp.requests.persons.role_places import HOLDER
from nlp.requests.persons.roles import OTHER


def without_unasked_holders(context: RequestContext, described: Sequence[DescribedParty]) -> list[DescribedParty]:
    """Return the parties; whose account the letter only mentions is no account holder.

    An answer and a reminder ask for no measure, or not for all of their request; a text without measures tells nothing.
    """
    asked = {mention.measure for mention in find_measure_mentions(context)}
    is_part = context.document_type.value in {*ANSWERS, "reminder"} or not asked
    if is_part or asked.intersection(load("nlp.request_persons")["about_accounts"]):
        return list(described)
    return [
        (party, replace(standing, role=OTHER), details) if standing.role == HOLDER else (party, standing, details)
        for party, standing, details in described
    ]
