"""Words and meaning as one order: reciprocal rank fusion, with what is certain before it.

Ranks are fused and not scores, since BM25 and a cosine have no common measure (Cormack, Clarke and Büttcher 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexing.engine import Close, Engine, Found, Ranked, Shown
from indexing.meaning import Meaning
from indexing.plan import All, Keyword, Plan

WINDOW = 100  # of each order is fused; behind it words go on alone
_RANKS = 60  # the constant of the paper: how little the first ranks differ
CERTAIN = 1000.0


class Origin(StrEnum):
    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Placed:
    """A ranked scope, the space that it lies in and the value that it is grouped under.

    ``passage`` is the one that is closest in meaning, None where that says nothing of the scope.
    """

    space: str
    ranked: Ranked
    group: str = ""
    origin: Origin = Origin.WORDS
    passage: Shown | None = None


def merged(found: Mapping[str, Found], limit: int, group: str = "") -> list[Placed]:
    """Return the best ``limit`` of what several spaces found by words."""
    placed = [Placed(space, ranked, group) for space, one in found.items() for ranked in one.ranked]
    return sorted(placed, key=lambda one: one.ranked.key)[:limit]


def by_closeness(close: Mapping[str, Iterable[Close]], limit: int, group: str = "") -> list[Placed]:
    """Return what several spaces found by meaning, the closest first."""
    every = [
        Placed(space, Ranked(one.scope, one.score, (-one.score, one.scope.id), ""), group, Origin.MEANING, one.passage)
        for space, found in close.items()
        for one in found
    ]
    return sorted(every, key=lambda one: one.ranked.key)[:limit]


def fused(words: Sequence[Placed], close: Sequence[Placed], certain: frozenset[str]) -> list[Placed]:
    """Return every scope of both orders once; those whose ids are ``certain`` come first, in the order of words."""
    by_words = {one.ranked.shown.id: rank for rank, one in enumerate(words, start=1)}
    by_meaning = {one.ranked.shown.id: rank for rank, one in enumerate(close, start=1)}
    meant = {one.ranked.shown.id: one for one in close}
    every = [*words, *(one for one in close if one.ranked.shown.id not in by_words)]

    def placed(one: Placed) -> Placed:
        name = one.ranked.shown.id
        word, meaning = by_words.get(name), by_meaning.get(name)
        score = sum(1 / (_RANKS + rank) for rank in (word, meaning) if rank)
        if name in certain and word:
            score += CERTAIN - word
        key = (-score, word or len(every) + 1, name)
        origin = Origin.MEANING if not word else Origin.BOTH if meaning else Origin.WORDS
        passage = meant[name].passage if meaning and (not word or meaning < word) else None
        return replace(one, ranked=replace(one.ranked, score=score, key=key), origin=origin, passage=passage)

    return sorted(map(placed, every), key=lambda one: one.ranked.key)


@dataclass(frozen=True, slots=True)
class Fuser:
    """Asks by words and by meaning, and fuses both; ``words`` is False where meaning alone is asked for.

    ``pinned`` and ``cited`` are what the query cites: scopes that are it or mention it are certain.
    """

    engine: Engine
    meaning: Meaning
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    words: bool = True

    def order(self, plans: Sequence[Plan], group: str = "", found: Mapping[str, Found] | None = None) -> list[Placed]:
        """Return the head of the fused order of ``plans``; ``found`` is what words found where that is known."""
        asked = [replace(plan, limit=max(WINDOW, plan.limit), facets=(), after="") for plan in plans]
        size = max((plan.limit for plan in asked), default=0)
        words: list[Placed] = []
        if self.words:
            words = merged(found or {plan.space: self.engine.search(plan) for plan in asked}, size, group)
        close = {plan.space: self.engine.closest(plan, self.meaning.question) for plan in self.bound(asked)}
        return fused(words, by_closeness(close, size, group), self._certain(plans, words))

    def bound(self, plans: Sequence[Plan]) -> list[Plan]:
        """Return the plans of what meaning may bring: all that fulfils what is required."""
        return [replace(plan, match=self.meaning.required, pinned=()) for plan in plans]

    def _certain(self, plans: Sequence[Plan], words: Sequence[Placed]) -> frozenset[str]:
        """Return the ids of those scopes that are, or mention, what the query cites."""
        named = {one.ranked.shown.id for one in words if not set(self.pinned).isdisjoint(one.ranked.shown.identity)}
        if self.cited and words:
            mentions = All((Keyword("cites", self.cited), Keyword("scope_id", tuple(_ids(words)))))
            for plan in plans:
                asked = replace(plan, match=mentions, pinned=(), filters=(), facets=(), after="", limit=len(words))
                named |= {one.shown.id for one in self.engine.search(asked).ranked}
        return frozenset(named)


def _ids(placed: Iterable[Placed]) -> list[str]:
    return [one.ranked.shown.scope_id for one in placed]
