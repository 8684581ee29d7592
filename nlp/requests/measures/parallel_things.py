"""Things that one order coordinates: "search the house at ... and the office of ..." asks for two searches.

Which nouns begin such a thing is data (``nlp/resources/request_parallel_things.yaml``). They follow each other in the
statement that asks for the measure, or are the items of the list that it introduces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.introduced_items import introduced_items
from nlp.requests.measures.plain_orders import order_start
from nlp.requests.measures.rule_mentions import Mention, named_within
from nlp.requests.measures.targets import numbers_named
from nlp.requests.measures.things import refers_back, thing_at, thing_of_item


def parallel_things(context: RequestContext, mention: Mention) -> list[str]:
    """Return the things at which a measure is aimed together, as written; none for fewer than two."""
    if mention.measure in load("nlp.request_targets")["of_items"]:
        return _items(context, mention)
    if mention.measure not in load("nlp.request_parallel_things")["nouns"]:
        return []
    found = list(_coordinated(context, mention))
    if len(found) > 1 or (found and _names_another(context, mention)):
        return list(dict.fromkeys(found))
    found = list(_listed(context, mention))
    return list(dict.fromkeys(found)) if len(found) > 1 else []


def _names_another(context: RequestContext, mention: Mention) -> bool:
    """Return whether a statement coordinates with a thing an account that it does not name ("the said account")."""
    ranges = list(_ranges(context, mention))
    return len(ranges) > 1 and any(refers_back(context, *one) for one in ranges)


def _items(context: RequestContext, mention: Mention) -> list[str]:
    """Return what each item of the list names that the statement of a mention introduces: its numbers, or the whole."""
    found: list[str] = []
    for item in introduced_items(context, mention):
        own = replace(mention, start=item.start, end=item.end, statement=item)
        numbers = [one.text for one in numbers_named(context, own)]
        found += numbers or filter(None, [thing_of_item(context, own)])
    return list(dict.fromkeys(found)) if len(found) > 1 else []


def _coordinated(context: RequestContext, mention: Mention) -> Iterator[str]:
    """Yield the things that a statement coordinates behind or before the words for a measure."""
    yield from filter(None, (thing_at(context, *one) for one in _ranges(context, mention)))


def _ranges(context: RequestContext, mention: Mention) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the things that a statement coordinates, each from its noun on."""
    folded, (start, end) = context.flow.folded, _reach(context, mention)
    first = _pattern(mention.measure, "first").search(folded, start, end)
    if first is None:
        return
    begin = first.start()
    for other in _pattern(mention.measure, "later").finditer(folded, first.end(), end):
        yield begin, other.start()
        begin = other.start("thing")
    yield begin, end


def _reach(context: RequestContext, mention: Mention) -> tuple[int, int]:
    """Return the range that names the things of a measure: from the words for another one before it to those behind it.

    Things before the words for a measure are looked for without any behind them only ("that the house be searched").
    """
    statement = mention.statement
    named = [one for one in named_within(context, statement) if one.measure != mention.measure]
    is_passive = _pattern(mention.measure, "first").search(context.flow.folded, mention.start, statement.end) is None
    before = max((one.end for one in named if one.start < mention.start), default=statement.start)
    end = min((one.start for one in named if one.start > mention.start), default=statement.end)
    return before if is_passive else mention.start, end


def _listed(context: RequestContext, mention: Mention) -> Iterator[str]:
    """Yield the things with which the items of a list begin that the statement introduces."""
    for item in introduced_items(context, mention):
        start = order_start(context.flow.folded, item)
        if _pattern(mention.measure, "item").match(context.flow.folded, start) or _is_address(context, start, item.end):
            yield from filter(None, [thing_at(context, start, item.end)])


def _is_address(context: RequestContext, start: int, end: int) -> bool:
    """Return whether an item is an address: it begins with a capital and has a number."""
    words = context.flow.cased[start:end]
    return words[:1].isupper() and any(map(str.isdigit, words))


@cache
def _pattern(measure: str, name: str) -> regex.Pattern[str]:
    """Compile the pattern for the ``first`` thing of a measure, a ``later`` one, or one at the head of an ``item``."""
    content = load("nlp.request_parallel_things")
    kinds = content["nouns"][measure]
    noun = rf"(?P<thing>\b(?:{'|'.join(content[kind] for kind in kinds)})\b)"
    street = rf"(?P<thing>\b{content['streets']})" if "places" in kinds else "(?!)"
    separator, elliptic = content["separator"], content["elliptic"]
    later = rf"(?:{separator + content['before'] + noun})|{content['conjunction']}{street}|{separator}{elliptic}"
    return regex.compile(
        {"first": f"{noun}|{street}", "later": later, "item": rf"(?:{content['before']})?{noun}"}[name]
    )
