"""Persons at whom one order is aimed: those whose names are coordinated behind or before the words that ask for it.

"Serve the summons on A, born on ..., B and C", "notificar a: 1) A, ...; y 2) B, ..." name several, each of whom is to
be served; "interview A about his dealings with B" names one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import Protocol, TypeVar

import regex

from extraction.resource import load
from nlp.patterns import expanded
from nlp.requests.context import RequestContext
from nlp.requests.measures.introduced_items import introduced_items
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.rule_mentions import HEARINGS, Mention
from nlp.requests.sentences import ITEM
from nlp.requests.statements import Statement, find_statements

# Two words or more with capitals, as those of a person that no recogniser knows.
_NAME = regex.compile(
    r"\p{Lu}[\p{L}’'-]+(?: (?:(?:de|da|do|del|della|van|von|of|née?) )?(?:la |los )?\p{Lu}[\p{L}’'-]+){1,4}"
)
_VIDEO = "videoconference"


class Named(Protocol):
    """A name at a range of the running text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Name = TypeVar("Name", bound=Named)


def ordered_names(context: RequestContext, mention: Mention, names: Sequence[Name]) -> list[Name]:
    """Return those of ``names``, sorted by start, that are the objects of a measure, in order; none without one."""
    if listed := _listed(context, mention, names):
        return listed
    first, last = mention.statement.start, _end(context, mention, names)
    within = [name for name in names if first <= name.start < last]
    anchor = _nearest(context, mention, within)
    if anchor is None:
        return []
    number = within.index(anchor)
    start = end = number
    while start > 0 and _joined(context, within[start - 1], within[start]):
        start -= 1
    while end + 1 < len(within) and _joined(context, within[end], within[end + 1]):
        end += 1
    return within[start : end + 1]


def _listed(context: RequestContext, mention: Mention, names: Sequence[Name]) -> list[Name]:
    """Return the names with which the items of a list begin that the statement of a measure introduces."""
    return [one for item in introduced_items(context, mention) for one in _first_of_item(context, item, names)]


def unknown_names(context: RequestContext, mention: Mention, names: Sequence[Named]) -> list[tuple[int, str]]:
    """Return start and words of what stands for a name at the head of items beside those that begin with ``names``."""
    items = introduced_items(context, mention)
    known = [item for item in items if _first_of_item(context, item, names)]
    if not known:
        return []
    heads = (
        _NAME.match(context.flow.cased, head.end())
        for item in items
        if item not in known and (head := _pattern("head").match(context.flow.folded, item.start))
    )
    return [(found.start(), found[0]) for found in heads if found]


def _first_of_item(context: RequestContext, item: Statement, names: Sequence[Name]) -> list[Name]:
    """Return those names with which an item begins, none if other words stand before them."""
    named = [name for name in names if item.start <= name.start < item.end]
    if not named or not _pattern("head").fullmatch(context.flow.folded, item.start, named[0].start):
        return []
    joined = takewhile(lambda pair: _joined(context, *pair), pairwise(named))
    return [named[0], *(other for _, other in joined)]


def _end(context: RequestContext, mention: Mention, names: Sequence[Named]) -> int:
    """Return the end of the words that name the objects: of the statement, or of the list of names behind it."""
    folded, starts = context.flow.folded, [name.start for name in names]
    following = [one for one in find_statements(context) if one.start >= mention.statement.end]
    end = mention.statement.end
    if not folded[mention.statement.start : end].rstrip().endswith(":"):
        return end
    for item in takewhile(lambda one: one.is_item, following):
        if _pattern("only").fullmatch(folded, item.start, item.end):
            continue
        head = _pattern("head").match(folded, item.start)
        if not head or head.end() not in starts:
            break
        end = item.end
    return end


def _nearest(context: RequestContext, mention: Mention, within: Sequence[Name]) -> Name | None:
    """Return the first name behind a measure, else the last one before it; no other measure is named between.

    A hearing and the video link by which it is to be held are no other measures for each other.
    """
    own = {mention.measure, _VIDEO, *(HEARINGS if mention.measure == _VIDEO else ())}
    others = [one.start for one in find_measure_mentions(context) if one.measure not in own]

    def is_crossed(start: int, end: int) -> bool:
        return any(start < other < end for other in others)

    behind = next((name for name in within if name.start >= mention.start), None)
    if behind is not None and not is_crossed(mention.end, behind.start):
        return behind
    before = next((name for name in reversed(within) if name.end <= mention.end), None)
    return before if before is not None and not is_crossed(before.end, mention.start) else None


def _joined(context: RequestContext, one: Named, other: Named) -> bool:
    """Return whether a name follows another in one list: only particulars of the former stand between."""
    between = _pattern("clause").sub(",", context.flow.folded[one.end : other.start])
    if _pattern("apart").search(between) or _pattern("behind").match(context.flow.folded, other.end):
        return False
    return _pattern("joint").fullmatch(between) is not None


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    content = load("nlp.request_ordered_persons")
    item = ITEM.pattern.removeprefix(r"[ \t]*")
    return regex.compile(expanded(content[name], {**content["fragments"], "item": rf"(?:{item})"}))
