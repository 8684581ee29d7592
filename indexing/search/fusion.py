"""Words and meaning as one order: reciprocal rank fusion, with what is certain before it.

Ranks are fused and not scores, since BM25 and a cosine have no common measure (Cormack, Clarke and Büttcher 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexing.engine import Close, Engine, Found, Question, Ranked, Shown
from indexing.plan import All, Clause, Everything, Keyword, Plan
from indexing.search.kept_apart import Apart
from indexing.search.own_names import OwnNames
from nlp.editorial_notes import is_editorial

WINDOW = 100  # of each order is fused; behind it words go on alone
_LOOKED_AT = 40  # of each order, for what must be kept apart
# How much each says of an order: words find what is in the question's own language, names what is surely asked.
_WORDS, _MEANING, _NAMES = 0.5, 1.0, 2.5
_RANKS = 8  # how little the first ranks differ: 60 in the paper, which fused systems of like strength
CERTAIN = 1000.0


class Origin(StrEnum):
    """What brings a hit: its words, its meaning, both, or the names that its law has for what is asked."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Placed:
    """A ranked scope, the space that it lies in and the value that it is grouped under.

    ``passage`` is the one that is closest in meaning, None where that says nothing of the scope or what says more
    of it does. ``named`` tells whether the names of what is asked find it.
    """

    space: str
    ranked: Ranked
    group: str = ""
    origin: Origin = Origin.WORDS
    passage: Shown | None = None
    named: bool = False


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


@dataclass(frozen=True, slots=True)
class Orders:
    """What the words of a question, the names of its concepts and its meaning find, each the best first.

    ``sure`` says how surely the concepts are those that are asked for, from 0 to 1.
    """

    words: Sequence[Placed] = ()
    names: Sequence[Placed] = ()
    close: Sequence[Placed] = ()
    sure: float = 1.0


def fused(orders: Orders, certain: frozenset[str]) -> list[Placed]:
    """Return every scope of all orders once; those whose ids are ``certain`` come first, in the order of words."""
    by_words, by_names, by_meaning = map(_ranks, (orders.words, orders.names, orders.close))
    meant = {one.ranked.shown.id: one for one in orders.close}
    every = {one.ranked.shown.id: one for one in (*orders.close, *orders.names, *orders.words)}

    def placed(name: str, one: Placed) -> Placed:
        word, named, meaning = by_words.get(name), by_names.get(name), by_meaning.get(name)
        score = _WORDS * _share(word) + orders.sure * _NAMES * _share(named) + _MEANING * _share(meaning)
        if name in certain and word:
            score += CERTAIN - word
        key = (-score, word or len(every) + 1, name)
        passage = meant[name].passage if meaning and not named and (not word or meaning < word) else None
        origin = _origin(word, named, meaning)
        return replace(
            one, ranked=replace(one.ranked, score=score, key=key), origin=origin, passage=passage, named=bool(named)
        )

    return sorted((placed(name, one) for name, one in every.items()), key=lambda one: one.ranked.key)


def _ranks(order: Sequence[Placed]) -> dict[str, int]:
    return {one.ranked.shown.id: rank for rank, one in enumerate(order, start=1)}


def _share(rank: int | None) -> float:
    return 1 / (_RANKS + rank) if rank else 0.0


def _origin(word: int | None, named: int | None, meaning: int | None) -> Origin:
    if word:
        return Origin.BOTH if meaning else Origin.WORDS
    return Origin.NAMES if named else Origin.MEANING


@dataclass(frozen=True, slots=True)
class Fuser:
    """Asks by words, by the names of what is asked and by meaning, and fuses all; ``required`` binds every hit.

    ``question`` is None where there is no encoder, ``names`` and ``apart`` where no concept is asked for; ``words`` is
    False where meaning alone is. ``pinned`` and ``cited`` are what the query cites: scopes that are it or mention it
    are certain.
    """

    engine: Engine
    required: Clause
    question: Question | None = None
    names: OwnNames | None = None
    apart: Apart | None = None
    pinned: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    words: bool = True

    def order(self, plans: Sequence[Plan], group: str = "", found: Mapping[str, Found] | None = None) -> list[Placed]:
        """Return the head of the fused order of ``plans``; ``found`` is what words found where that is known."""
        asked = [replace(plan, limit=max(WINDOW, plan.limit), facets=(), after="") for plan in plans]
        size = max((plan.limit for plan in asked), default=0)
        words: list[Placed] = []
        if self.words:
            words = merged(found or self._found(asked), size, group)
        bound = self.bound(asked)
        names = merged(self._found([self._named(plan) for plan in bound]), size, group) if self.names else ()
        question = self.question
        close = {plan.space: _of_the_law(self.engine.closest(plan, question)) for plan in bound} if question else {}
        sure = self.names.sure if self.names else 0.0
        orders = Orders(words, names, by_closeness(close, size, group), sure)
        return self._kept(fused(orders, self._certain(plans, words)), bound)

    def _kept(self, order: list[Placed], bound: Sequence[Plan]) -> list[Placed]:
        """Return the order without those at its head that are about something else under the same word."""
        if self.apart is None:
            return order
        other: set[str] = set()
        for friend, clause in self.apart.about_another(_ids(order[:_LOOKED_AT])):
            asked = (replace(plan, match=clause, limit=_LOOKED_AT) for plan in bound)
            for scope_id in _ids(merged(self._found([*asked]), _LOOKED_AT)):
                self.apart.leave_out(scope_id, friend)
                other.add(scope_id)
        return [one for one in order if one.ranked.shown.scope_id not in other]

    def bound(self, plans: Sequence[Plan]) -> list[Plan]:
        """Return the plans of what names and meaning may bring: all that fulfils what is required."""
        return [replace(plan, match=self.required, pinned=()) for plan in plans]

    @property
    def left_out(self) -> tuple[str, ...]:
        """The scopes found that are about something else under the same word."""
        return self.apart.left_out if self.apart else ()

    def _found(self, plans: Sequence[Plan]) -> dict[str, Found]:
        return {plan.space: self.engine.search(plan) for plan in plans}

    def _named(self, bound: Plan) -> Plan:
        assert self.names is not None
        named = self.names.clause(_countries(bound))
        return replace(bound, match=named if isinstance(bound.match, Everything) else All((bound.match, named)))

    def _certain(self, plans: Sequence[Plan], words: Sequence[Placed]) -> frozenset[str]:
        """Return the ids of those scopes that are, or mention, what the query cites."""
        named = {one.ranked.shown.id for one in words if not set(self.pinned).isdisjoint(one.ranked.shown.identity)}
        if self.cited and words:
            mentions = All((Keyword("cites", self.cited), Keyword("scope_id", tuple(_ids(words)))))
            for plan in plans:
                asked = replace(plan, match=mentions, pinned=(), filters=(), facets=(), after="", limit=len(words))
                named |= {one.shown.id for one in self.engine.search(asked).ranked}
        return frozenset(named)


def _of_the_law(close: Iterable[Close]) -> list[Close]:
    """Return what is close in meaning without what is nothing but an editor's note, which has none."""
    return [one for one in close if not is_editorial(one.passage.text, one.passage.language)]


def _countries(plan: Plan) -> frozenset[str]:
    """Return the countries that a plan is filtered to, none where it is not."""
    chosen = dict(plan.filters).get("jurisdiction")
    return frozenset(chosen.values) if isinstance(chosen, Keyword) else frozenset()


def _ids(placed: Iterable[Placed]) -> list[str]:
    return [one.ranked.shown.scope_id for one in placed]
