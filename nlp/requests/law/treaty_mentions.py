"""Treaties named in a letter: those of the gazetteer, bilateral treaties and other arrangements.

The date of signature belongs to the name of a bilateral treaty, and articles between two names to the first treaty
where the second has its own ("the Treaty of 29 May 1997, articles 1 and 5, and article 18 of the Convention").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.requests.context import RequestContext, once

_MIN_LENGTH = 18
_REACH = 60
# Most characters behind a name in which its parties are.
_PARTIES = 150
# Most characters behind a name in which words refer to it again.
_AGAIN = 260
_NUMBER = regex.compile(r"\d{1,3}")
# Most characters between the name of a treaty and the articles behind it.
_BESIDE = 4


@dataclass(frozen=True, slots=True)
class TreatyMention:
    """A treaty at a range of the text; ``instrument`` is its key in ``nlp/resources/treaties.yaml``, or empty."""

    instrument: str
    start: int
    end: int
    articles: tuple[str, ...]


@once
def treaty_mentions(context: RequestContext) -> list[TreatyMention]:
    """Return the treaties named in the authority's own words, in order."""
    known = [span for span in context.spans("TREATY") if context.in_own_words(span.start)]
    mentions = [mention for mention in (_known(context, span) for span in known) if mention.instrument]
    listed = [mention for mention in mentions if not _is_of_others(context, mention)]
    named = (mention for mention in _named(context) if not _is_of_others(context, mention))
    for mention in sorted(named, key=lambda one: one.start - one.end):
        listed = [other for other in listed if not _is_part(other, mention)]
        listed += [] if _overlaps(mention, listed) else [mention]
    found = sorted([*listed, *_unlisted(context, listed)], key=lambda mention: mention.start)
    return _with_articles_again(context, _with_own_articles(context, found))


def end_with_day(folded: str, end: int) -> int:
    """Return the end of a name in ``folded`` with the day of its signature right behind it, else ``end``."""
    dated = _pattern("signed").match(folded, end)
    return dated.end() if dated else end


def _with_own_articles(context: RequestContext, mentions: Sequence[TreatyMention]) -> list[TreatyMention]:
    """Return the mentions, articles right behind a treaty counted to it and not to the next, which has its own."""
    kept = list(mentions)
    for number, (before, mention) in enumerate(pairwise(mentions)):
        words = context.flow.folded[context.flow.at(mention.start) : context.flow.at(mention.end)]
        own = _pattern("own_articles").match(words)
        if own is None or mention.start - before.end > _BESIDE:
            continue
        articles = tuple(dict.fromkeys(_NUMBER.findall(own["list"])))
        kept[number] = replace(kept[number], articles=kept[number].articles or articles)
        left = set(_NUMBER.findall(words[own.end() :]))
        start, _ = context.flow.original(context.flow.at(mention.start) + own.end(), context.flow.at(mention.end))
        remaining = tuple(article for article in mention.articles if article not in articles or article in left)
        kept[number + 1] = replace(mention, start=start, articles=remaining)
    return kept


def _with_articles_again(context: RequestContext, mentions: Sequence[TreatyMention]) -> list[TreatyMention]:
    """Return the mentions with the articles that words behind each count to it ("article 46 of that treaty")."""
    flow = context.flow
    ends = [*(flow.at(other.start) for other in mentions[1:]), len(flow.folded)]
    found = []
    for mention, end in zip(mentions, ends, strict=False):
        start = flow.at(mention.end)
        again = _pattern("articles_again").finditer(flow.folded, start, min(end, start + _AGAIN))
        used = [one for one in again if not _pattern("conduct").search(flow.folded, start, one.start())]
        listed = [article for one in used for article in _NUMBER.findall(one["list"])]
        found.append(replace(mention, articles=tuple(dict.fromkeys((*mention.articles, *listed)))))
    return found


def _is_of_others(context: RequestContext, mention: TreatyMention) -> bool:
    """Return whether the words behind a name make it that of another treaty ("of Mercosur and Associated States")."""
    others = load("nlp.request_legal_basis")["others"].get(mention.instrument)
    after = context.flow.folded[context.flow.at(mention.end) :][:_PARTIES]
    return others is not None and regex.match(others, after) is not None


def _overlaps(mention: TreatyMention, others: Sequence[TreatyMention]) -> bool:
    return any(mention.start < other.end and other.start < mention.end and other.instrument for other in others)


def _is_part(mention: TreatyMention, whole: TreatyMention) -> bool:
    """Return whether the name of another instrument holds a mention ("the 1959 Strasbourg Convention")."""
    is_within = whole.start <= mention.start and mention.end <= whole.end
    return (
        is_within and whole.end - whole.start > mention.end - mention.start and whole.instrument != mention.instrument
    )


def _named(context: RequestContext) -> Iterator[TreatyMention]:
    """Yield instruments of the gazetteer under other names (``named`` and ``topics`` of the resource)."""
    for instrument, patterns in _other_names().items():
        for found in (match for pattern in patterns for match in pattern.finditer(context.flow.folded)):
            words = _pattern("verb").sub("", found[0])
            start, end = context.flow.original(found.start(), found.start() + len(words))
            if context.in_own_words(start):
                yield TreatyMention(instrument, start, end, _articles_beside(context, start, end))


def _known(context: RequestContext, span: Span) -> TreatyMention:
    instrument = span.value if span.value in load("nlp.treaties") else ""
    instrument = load("nlp.request_legal_basis")["under"].get(instrument, instrument)
    targets = span.attributes.get("targets") or (span.readings[0].canonical if span.readings else "")
    articles = [target.partition("#art-")[2].partition("-")[0] for target in targets.split()]
    found = tuple(dict.fromkeys(article.split("..")[0] for article in articles if article))
    return TreatyMention(instrument, span.start, span.end, found or _articles_beside(context, span.start, span.end))


def _articles_beside(context: RequestContext, start: int, end: int) -> tuple[str, ...]:
    """Return the articles named directly before or after a treaty."""
    flow = context.flow
    first, last = flow.at(start), flow.at(end)
    before = _pattern("articles_before").search(flow.folded[max(0, first - _REACH) : first])
    after = _pattern("articles_after").match(flow.folded[last : last + _REACH])
    dated = end_with_day(flow.folded, last)
    after = after or _pattern("articles_after").match(flow.folded[dated : dated + _REACH])
    found = before or after
    return tuple(dict.fromkeys(_NUMBER.findall(regex.sub(r"\(\d+\)", "", found["list"])))) if found else ()


def _unlisted(context: RequestContext, listed: Sequence[TreatyMention]) -> Iterator[TreatyMention]:
    """Yield bilateral treaties and other arrangements that do not overlap the ``listed`` mentions."""
    flow = context.flow
    folded = flow.folded
    for mention in listed:
        start, end = flow.at(mention.start), flow.at(mention.end)
        folded = folded[:start] + ";" * (end - start) + folded[end:]
    taken: list[range] = []
    for name in ("treaty", "scheme"):
        for found in _pattern(name).finditer(folded):
            words = _name(found[0])
            last = found.start() + len(words)
            dated = end_with_day(folded, last) if name == "treaty" else last
            start, end = flow.original(found.start(), dated)
            if any(start < place.stop and place.start < end for place in taken):
                continue
            is_dated = _pattern("day").search(folded, found.start(), dated) is not None
            has_name = name == "scheme" or _is_name(flow.cased[found.start()], words, is_dated=is_dated)
            if has_name and context.in_own_words(start):
                taken.append(range(start, end))
                yield TreatyMention("", start, end, _articles_beside(context, start, end))


def _name(words: str) -> str:
    """Return the name of a treaty, with its parties, without the words after it."""
    parties = _pattern("parties").search(words)
    kept = parties.end() if parties else 0
    name = words[:kept] + _pattern("cut").sub("", words[kept:])
    return _pattern("dangling").sub("", name.rstrip(" ,")).rstrip(" ,")


def _is_name(initial: str, words: str, *, is_dated: bool) -> bool:
    """Return whether words are the name of a treaty: long enough, with a capital initial, its parties or its date.

    French writes "la convention d'entraide judiciaire en matière pénale signée à Paris le 28 mai 1996".
    """
    is_marked = initial.isupper() or is_dated or _pattern("parties").search(words) is not None
    return len(words) >= _MIN_LENGTH and is_marked


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_legal_basis")[name])


@cache
def _other_names() -> dict[str, tuple[regex.Pattern[str], ...]]:
    rules = load("nlp.request_legal_basis")
    named: dict[str, list[str]] = {key: list(patterns) for key, patterns in rules["named"].items()}
    for key, listed in rules["topics"].items():
        named.setdefault(key, []).extend(rules["gap"].join([rules["noun"], *topics]) for topics in listed)
    return {key: tuple(regex.compile(pattern) for pattern in patterns) for key, patterns in named.items()}
