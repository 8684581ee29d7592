"""Things at which one measure is aimed together: accounts, lines, addresses or companies.

They are coordinated in the statement that asks for the measure, are the items of the list that it introduces, or were
named elsewhere ("both accounts", "the said lines"). Each is a target of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, takewhile

import regex

from extraction.resource import load
from nlp.requests.context import RequestContext
from nlp.requests.measures.mentions import find_measure_mentions
from nlp.requests.measures.named_rows import in_named_rows, of_named_row
from nlp.requests.measures.rule_mentions import Mention
from nlp.requests.measures.target_candidates import Candidate, distinct
from nlp.requests.persons.parties import LEGAL
from nlp.requests.statements import Statement, find_statements, is_asked_item

# Characters around a mention in which words refer to things named elsewhere.
_BEFORE, _BEHIND = 160, 200
# Targets of one measure, at most.
_MOST = 20
_BOTH = 2


def coordinated(
    context: RequestContext, mention: Mention, named: Sequence[Candidate], target: str | None
) -> list[Candidate]:
    """Return the numbers among ``named`` things that the statement, or the list it introduces, joins to a target."""
    ranges = [(mention.statement.start, mention.statement.end), *_items(context, mention.statement)]
    numbers = [one for one in named if one.kind != LEGAL]
    within = [one for start, end in ranges for one in numbers if start <= one.start < end]
    first = next((number for number, one in enumerate(within) if one.text == target), None)
    if first is None:
        return []
    others = [one.start for one in find_measure_mentions(context) if one.measure != mention.measure]
    pairs = [_is_joined(context, *pair, others) for pair in pairwise(within)]
    last = next((number for number in range(first, len(pairs)) if not pairs[number]), len(pairs))
    start = next((number + 1 for number in reversed(range(first)) if not pairs[number]), 0)
    return distinct(within[start : last + 1])[:_MOST]


def referred(context: RequestContext, mention: Mention, named: Sequence[Candidate]) -> list[Candidate]:
    """Return those of ``named`` things to which the statement refers though it does not name them.

    An item of a list of requests refers to nothing that only a later item names.
    """
    named = [one for one in named if not _is_of_later_item(context, mention, one)]
    start = max(mention.statement.start, mention.start - _BEFORE)
    end = min(mention.statement.end, mention.end + _BEHIND)
    for thing in load("nlp.request_target_lists")["things"]:
        same = [one for one in named if one.kind in thing["kinds"]]
        before = [one for one in same if one.start < mention.start]
        if before and _held_there(thing).search(context.flow.folded, start, end):
            return before[-1:]
        if same and (found := _meant(context, thing, same, start, end)):
            return in_named_rows(context, mention, thing, found)[:_MOST]
        if only := of_named_row(context, mention, thing, same):
            return only
    return []


def referred_persons(context: RequestContext, mention: Mention, named: Sequence[Candidate]) -> list[Candidate]:
    """Return the persons whom the statement of a mention means by their number ("hear each of the three"), in order."""
    content, folded = load("nlp.request_target_lists"), context.flow.folded
    for count, words in _counts(context).items():
        both = rf"|\b{content['alone']['both']}{content['alone']['behind']}" if count == _BOTH else ""
        alone = rf"{content['alone']['before']}{words}{content['alone']['behind']}"
        pattern = _compiled(rf"\b{words}(?: \w+)? {content['persons']}\b|{alone}{both}")
        if found := pattern.search(folded, mention.statement.start, mention.statement.end):
            before = distinct(one for one in named if one.start < found.start())
            return before[-count:] if len(before) >= count else []
    return []


def _is_of_later_item(context: RequestContext, mention: Mention, one: Candidate) -> bool:
    """Return whether a thing is named in an item of a list of requests behind the item of a mention."""
    return mention.statement.is_asked_item and one.start >= mention.statement.end and is_asked_item(context, one.start)


def same_things(kind: str) -> frozenset[str]:
    """Return the kinds of numbers of the same things as ``kind``, none for kinds that are not listed together."""
    things: Sequence[Mapping[str, Sequence[str]]] = load("nlp.request_target_lists")["things"]
    return next((frozenset(one["kinds"]) for one in things if kind in one["kinds"]), frozenset())


def _items(context: RequestContext, statement: Statement) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the items of a list that a statement introduces."""
    if not context.flow.folded[statement.start : statement.end].rstrip().endswith(":"):
        return
    following = (one for one in find_statements(context) if one.start >= statement.end)
    asked = {one.statement.start for one in find_measure_mentions(context)}
    for one in takewhile(lambda item: item.is_item and item.start not in asked, following):
        yield one.start, one.end


def _is_joined(context: RequestContext, one: Candidate, other: Candidate, asked: Sequence[int]) -> bool:
    """Return whether two numbers are of one list: neither a measure nor words for another part stand between them.

    Numbers of different kinds are of one list only if a comma or conjunction and a few words stand between them.
    """
    between = context.flow.folded[one.end : other.start]
    is_list = other.kind in same_things(one.kind) or _pattern("mixed").fullmatch(between) is not None
    is_crossed = any(one.end <= start < other.start for start in asked)
    return is_list and not is_crossed and not _pattern("apart").search(between)


def _counts(context: RequestContext) -> Mapping[int, str]:
    """Return the words for how many of several things, by number, but those that mean nothing of it in the language."""
    content = load("nlp.request_target_lists")
    other = content["uncounted"].get(context.language, "(?!)")
    return {count: rf"(?!{other}){words}" for count, words in content["counts"].items()}


def _meant(
    context: RequestContext, thing: Mapping[str, str], same: Sequence[Candidate], start: int, end: int
) -> list[Candidate]:
    """Return the things that words for several or one of them in a range mean, the last ones named before."""
    every, folded = distinct(same), context.flow.folded
    for count, words in _counts(context).items():
        if found := _compiled(rf"\b{words}(?: \w+)? {thing['several']}\b").search(folded, start, end):
            before = distinct(one for one in same if one.start < found.start())
            return every if len(every) <= count else before[-count:] if len(before) >= count else every[:count]
    content = load("nlp.request_target_lists")
    both = rf"\b{content['alone']['both']}{content['alone']['behind']}"
    if len(every) == _BOTH and _compiled(both).search(folded, start, end):
        return every
    for number in ("several", "one"):
        noun = rf"\b{content['definite'][number]} {thing[number]}\b(?:(?={content['listed']})|(?!{content['behind']}))"
        if found := _compiled(noun).search(folded, start, end):
            before = [one for one in same if one.start < found.start()]
            return every if number == "several" else [before[-1] if before else every[0]]
    return []


def _held_there(thing: Mapping[str, str]) -> regex.Pattern[str]:
    """Match words for the assets in an account that is named before ("the funds standing there")."""
    return _compiled(thing.get("there", "(?!)"))


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_target_lists")[name])


@cache
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)
