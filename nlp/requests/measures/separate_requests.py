"""How often a letter asks for a measure: its mentions by what each asks for.

The items of a list that each name a person, number or thing of their own ask for it once each, as do statements of a
letter in prose that name others; a heading, an introduction and a summary belong to the first.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measures.introduced_items import introduced_items, is_marked
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.targets import numbers_named, own_target
from nlp.requests.measures.things import thing, thing_of_item

_DOCUMENTS = "production_documents"
# Least confidence of a mention that asks for a measure once more, in a sentence and in an item of a list.
_REPEATED, _LISTED = 0.85, 0.55


def separate_requests(context: RequestContext, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions of one measure by what each asks for, the surest first."""
    ordered = sorted(mentions, key=lambda mention: -mention.confidence)
    aims = {one: "" if _leads(context, one, mentions) else fold(_aim(context, one) or "") for one in ordered}
    ordered.sort(key=lambda mention: not aims[mention])
    groups: list[list[Mention]] = []
    named: set[str] = set()
    for mention in ordered:
        is_apart = mention.statement.start not in {one.statement.start for group in groups for one in group}
        if not groups or (is_apart and _is_another(context, mention, aims[mention], named)):
            groups.append([mention])
        else:
            groups[0].append(mention)
        named.add(aims[mention])
    return groups


def _leads(context: RequestContext, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Return whether a mention is in the subject line of the letter, or introduces items that ask for the same."""
    statement = mention.statement
    items = set(introduced_items(context, mention))
    is_subject = _subject().match(context.flow.folded, statement.start, statement.end) is not None
    return is_subject or any(one.statement in items for one in mentions)


@cache
def _subject() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["subject"])


def _aim(context: RequestContext, mention: Mention) -> str | None:
    """Return what the statement of a mention itself names: a thing in an item of a list, a person or a number."""
    content, statement = load("nlp.request_targets"), mention.statement
    if mention.measure in content["of_items"] and statement.is_asked_item:
        numbers = numbers_named(context, mention)
        return numbers[0].text if numbers else thing_of_item(context, mention)
    is_listed = statement.is_item and mention.measure in content["of_things"]
    named = thing(context, [mention]) if is_listed else None
    own = own_target(context, mention)
    return named or own if mention.measure in content["things_first"] else own or named


def _is_another(context: RequestContext, mention: Mention, aim: str, named: Set[str]) -> bool:
    """Return whether a mention asks for its measure once more, after others at which it is ``named`` to be aimed."""
    is_new, is_sure = bool(aim) and aim not in named, mention.confidence >= _REPEATED
    is_asked = mention.statement.is_asked_item or is_sure or own_target(context, mention) is not None
    if is_asked and is_marked(context, mention.statement) and mention.confidence >= _LISTED:
        return is_new or (is_sure and mention.measure == _DOCUMENTS and mention.statement.is_asked_item)
    return is_new and is_sure and mention.measure in load("nlp.request_targets")["repeated"]
