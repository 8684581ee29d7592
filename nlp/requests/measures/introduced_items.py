"""Items of a list that an order introduces ("serve the summons on the following: 1) A, ...; 2) B, ...")."""

from __future__ import annotations

from itertools import takewhile

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.plain_orders import order_start
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.sentences import ITEM
from nlp.requests.statements import Statement, find_statements


def introduced_items(context: RequestContext, mention: Mention) -> list[Statement]:
    """Return the items of the list that the statement of a mention introduces, up to one that orders another measure.

    Of a list with markers the sentences without one, which go on about the item before, are left out; another list
    goes on behind a comma or semicolon only. What is to be preserved is data that other measures ask for.
    """
    folded = context.flow.folded
    words = folded[mention.statement.start : mention.statement.end].rstrip()
    following = [one for one in find_statements(context) if one.start >= mention.statement.end]
    is_open = words[-1:].isalpha() and bool(following) and is_marked(context, following[0])
    if not words.endswith(":") and not (is_open and not mention.statement.is_item):
        return []
    is_of_items = mention.measure in load("nlp.request_targets")["of_items"]
    mentions = () if is_of_items else find_measure_mentions(context)
    others = [one for one in mentions if one.measure != mention.measure]
    items = list(takewhile(lambda one: one.is_item and not _orders(context, one, others), following))
    if not items or is_marked(context, items[0]):
        return [one for one in items if is_marked(context, one)]
    going_on = takewhile(lambda one: folded[one.start : one.end].rstrip().endswith((";", ",")), items)
    return items[: len(list(going_on)) + 1]


def is_marked(context: RequestContext, statement: Statement) -> bool:
    """Return whether a statement begins with the marker of an item."""
    return ITEM.match(context.flow.cased, statement.start, statement.end) is not None


def _orders(context: RequestContext, item: Statement, mentions: list[Mention]) -> bool:
    """Return whether the first words of an item are those of one of ``mentions``."""
    named = [one for one in mentions if one.statement == item and one.end < item.end]
    return any(one.start <= order_start(context.flow.folded, item) for one in named)
