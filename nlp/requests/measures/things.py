"""Things at which a measure is aimed, in the words of the letter: what is searched, seized, examined or produced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.context import RequestContext
from nlp.requests.measures.plain_orders import order_start, unknown_order
from nlp.requests.measures.rule_mentions import Mention

_LONGEST, _LEAST_LETTERS = 110, 3
_TOWN = regex.compile(r"\p{Lu}\p{Ll}+(?:[ -](?:(?:de|del|da|do|la|of|sur) )?\p{Lu}\p{Ll}+){0,2}(?=[.,;)]|\s*$)")
_WORD = regex.compile(r"[\w'’-]*")


def thing(context: RequestContext, mentions: Sequence[Mention]) -> str | None:
    """Return what the first of the mentions is about that names something, behind its verb or before it."""
    ordered = sorted(
        mentions, key=lambda mention: (not mention.statement.is_asked_item, -mention.confidence, mention.start)
    )
    worded = _worded(context, ordered)
    named = (_moved(context, one) or _behind(context, one) or _before(context, one) for one in worded)
    return next(filter(None, named), None)


def _worded(context: RequestContext, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions in words; an item whose words no rule knows orders the measure with its first words."""
    for one in mentions:
        if (one.start, one.end) != (one.statement.start, one.statement.end):
            yield one
        elif one.statement.is_asked_item and (start := unknown_order(context.flow.folded, one.statement)):
            yield replace(one, start=start)


def _moved(context: RequestContext, mention: Mention) -> str | None:
    """Return the object of a causative verb that stands before the other one ("have the telephone examined")."""
    start = mention.statement.start
    moved = _pattern("moved").search(context.flow.folded, start, mention.statement.end)
    near = moved is not None and moved.start() <= mention.start < moved.end() + 1
    return _phrase(context, moved.start("thing"), moved.end("thing")) if moved and near else None


def _behind(context: RequestContext, mention: Mention) -> str | None:
    """Return the object behind the first word of a mention ("search of the premises at ...")."""
    folded = context.flow.folded
    if _pattern("passive").match(folded, mention.start) or _pattern("after_passive").search(
        folded, mention.statement.start, mention.start
    ):
        return None
    start = _WORD.match(folded, mention.start).end()  # type: ignore[union-attr]
    start = _first_noun(folded, start, mention)
    if _pattern("passive").match(folded, start):
        return None
    return thing_at(context, start, mention.statement.end)


def thing_of_item(context: RequestContext, mention: Mention) -> str | None:
    """Return what an item of a list names as a whole, of a measure that its introduction asks for."""
    statement = mention.statement
    if not statement.is_asked_item or mention.measure not in load("nlp.request_targets")["of_items"]:
        return None
    return thing_at(context, order_start(context.flow.folded, statement), statement.end)


def thing_at(context: RequestContext, start: int, end: int) -> str | None:
    """Return the thing that begins at a place of the running text, up to the words that end it or to ``end``."""
    folded = context.flow.folded
    stops = (stop.span() for stop in _pattern("stop").finditer(folded, start, end))
    ends = (
        first for first, last in stops if not _is_broken(folded, start, first) and not _is_place(context, start, last)
    )
    return _phrase(context, start, next(ends, end))


def refers_back(context: RequestContext, start: int, end: int) -> bool:
    """Return whether the words of a range refer to a thing that is named elsewhere ("the account stated in 1")."""
    return _pattern("none").search(" ".join(context.flow.folded[start:end].strip(" ,.;:\n").split())) is not None


def _is_place(context: RequestContext, start: int, place: int) -> bool:
    """Return whether a comma before ``place`` stands before a town, or before the address of a home that has no name.

    "4 Mill Lane, Halifax", "his home, 4 Mill Lane"
    """
    cased, folded = context.flow.cased, context.flow.folded
    if cased[place - 2 : place] != ", ":
        return False
    nameless = _home().search(folded, start, place - 2) is not None
    return _TOWN.match(cased, place) is not None or (nameless and _street().match(folded, place) is not None)


def _first_noun(folded: str, start: int, mention: Mention) -> int:
    """Return where the object begins: behind small words, the recipient of a return and what is said of the order."""
    is_given = mention.measure in load("nlp.request_targets")["to_recipients"]
    for name in ("recipient", "lead") if is_given else ("lead",):
        if words := _pattern(name).match(folded, start, mention.statement.end):
            start = words.end()
    return start


def _is_broken(folded: str, start: int, stop: int) -> bool:
    """Return whether a comma ends only the first of two adjectives before a noun ("the unsold, framed icons")."""
    return _pattern("adjectives").match(folded, start) is not None and folded.find(",", start) == stop


def _before(context: RequestContext, mention: Mention) -> str | None:
    """Return the subject before a verb in the passive ("que a loja seja revistada")."""
    folded, start = context.flow.folded, mention.statement.start
    passive = _pattern("subject").search(folded, start, mention.end)
    return _phrase(context, passive.start("thing"), passive.end("thing")) if passive else None


def _phrase(context: RequestContext, start: int, end: int) -> str | None:
    cut = context.flow.cased[start : min(end, start + _LONGEST)]
    if end > start + _LONGEST:
        cut = cut.rpartition(" ")[0]
    words = _whole(" ".join(cut.strip(" ,.;:|\n").split()))
    named = sum(map(str.isalpha, words)) >= _LEAST_LETTERS or any(map(str.isdigit, words))
    return words if named and not _pattern("none").search(fold(words)) else None


def _whole(words: str) -> str:
    """Return a phrase from its noun on: what a verb says of its object ("make inaccessible the data") is cut off."""
    article = _pattern("predicate").match(words)
    return words[article.end() :] if article else words


@cache
def _home() -> regex.Pattern[str]:
    """Match the home of somebody named before at the end of a range."""
    return regex.compile(rf"\b{load('nlp.request_parallel_things')['home']}$")


@cache
def _street() -> regex.Pattern[str]:
    """Match the beginning of an address with its number."""
    return regex.compile(rf"{load('nlp.request_parallel_things')['streets']}(?=[^;\n]{{0,30}}\d)")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_targets")["things"][name])
