"""Reciprocal rank fusion of lexical and semantic rankings; exact matches stay first.

Ranks are fused and not scores, since BM25 and a cosine have no common measure (Cormack, Clarke and Büttcher 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexing.engines.protocol import EngineResult, NearestPassages, Ranked
from indexing.records.stored_fields import StoredFields

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
class RankedHit:
    """A ranked scope, the partition that it lies in and the value that it is grouped under.

    ``passage`` is the one that is closest in meaning, None where that says nothing of the scope or what says more
    of it does. ``named`` tells whether the names of what is asked find it.
    """

    partition: str
    ranked: Ranked
    group: str = ""
    origin: Origin = Origin.WORDS
    passage: StoredFields | None = None
    named: bool = False


def merge_rankings(found: Mapping[str, EngineResult], limit: int, group: str = "") -> list[RankedHit]:
    """Return the best ``limit`` of what several partitions found by words."""
    placed = [RankedHit(partition, ranked, group) for partition, one in found.items() for ranked in one.ranked]
    return sorted(placed, key=lambda one: one.ranked.key)[:limit]


def by_closeness(close: Mapping[str, Iterable[NearestPassages]], limit: int, group: str = "") -> list[RankedHit]:
    """Return what several partitions found by meaning, the closest first."""
    every = [
        RankedHit(
            partition, Ranked(one.scope, one.score, (-one.score, one.scope.id), ""), group, Origin.MEANING, one.passage
        )
        for partition, found in close.items()
        for one in found
    ]
    return sorted(every, key=lambda one: one.ranked.key)[:limit]


@dataclass(frozen=True, slots=True)
class Rankings:
    """What the words of a question, the names of its concepts and its meaning find, each the best first.

    ``sure`` says how surely the concepts are those that are asked for, from 0 to 1.
    """

    words: Sequence[RankedHit] = ()
    names: Sequence[RankedHit] = ()
    close: Sequence[RankedHit] = ()
    sure: float = 1.0


def fuse_rankings(orders: Rankings, certain: frozenset[str]) -> list[RankedHit]:
    """Return every scope of all orders once; those whose ids are ``certain`` come first, in the order of words."""
    by_words, by_names, by_meaning = map(_ranks, (orders.words, orders.names, orders.close))
    meant = {one.ranked.shown.id: one for one in orders.close}
    every = {one.ranked.shown.id: one for one in (*orders.close, *orders.names, *orders.words)}

    def placed(name: str, one: RankedHit) -> RankedHit:
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


def _ranks(order: Sequence[RankedHit]) -> dict[str, int]:
    return {one.ranked.shown.id: rank for rank, one in enumerate(order, start=1)}


def _share(rank: int | None) -> float:
    return 1 / (_RANKS + rank) if rank else 0.0


def _origin(word: int | None, named: int | None, meaning: int | None) -> Origin:
    if word:
        return Origin.BOTH if meaning else Origin.WORDS
    return Origin.NAMES if named else Origin.MEANING
