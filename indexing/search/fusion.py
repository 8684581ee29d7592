"""Reciprocal rank fusion of rankings by words, concept labels, headings and meaning; exact matches remain first.

Ranks are fused instead of scores because BM25 scores and cosines are not comparable (Cormack, Clarke and Büttcher
2009).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from indexing.engines.protocol import EngineResult, NearestPassages, Ranked
from indexing.records.stored_fields import StoredFields

# Weights of the rankings: words find hits in the query's own language, labels those of a certain concept, headings
# those of which the query is the name.
_WORDS, _MEANING, _NAMES, _HEADED = 0.5, 1.0, 2.5, 2.5
_NATIVE = 1.5  # factor of hits in the language of the query: the law of the reader before equivalents elsewhere
_RANKS = 8  # constant k of the formula: 60 in the paper, which fused systems of similar quality
CERTAIN = 1000.0
Name = TypeVar("Name")


class Origin(StrEnum):
    """Ranking that found a hit: words, meaning, both, or national labels of the concept."""

    WORDS = "words"
    MEANING = "meaning"
    BOTH = "both"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class RankedHit:
    """A ranked scope, its partition and the value under which it is grouped.

    ``passage`` is the semantically closest one, None if another ranking contributes more. ``named`` is whether labels
    of the query's concepts found the scope, ``from_start`` whether it is shown from its beginning.
    """

    partition: str
    ranked: Ranked
    group: str = ""
    origin: Origin = Origin.WORDS
    passage: StoredFields | None = None
    named: bool = False
    from_start: bool = False


def merge_rankings(found: Mapping[str, EngineResult], limit: int, group: str = "") -> list[RankedHit]:
    """Return the best ``limit`` lexical hits of several partitions."""
    hits = [RankedHit(partition, ranked, group) for partition, result in found.items() for ranked in result.ranked]
    return sorted(hits, key=lambda hit: hit.ranked.key)[:limit]


def by_closeness(close: Mapping[str, Iterable[NearestPassages]], limit: int, group: str = "") -> list[RankedHit]:
    """Return the best ``limit`` semantic hits of several partitions, the closest first."""
    every = [
        RankedHit(
            partition,
            Ranked(near.scope, near.score, (-near.score, near.scope.id), ""),
            group,
            Origin.MEANING,
            near.passage,
        )
        for partition, found in close.items()
        for near in found
    ]
    return sorted(every, key=lambda hit: hit.ranked.key)[:limit]


@dataclass(frozen=True, slots=True)
class Rankings(Generic[Name]):
    """Rankings of a query by words, by labels of its concepts and by meaning, best first.

    ``sure`` is the certainty of the concepts, from 0 to 1; those in ``certain`` that have the words come first.
    ``headed`` is the ranking by headings, with how far each is the query, from 0 to 1. ``native`` are those in a
    language of the query.
    """

    words: Sequence[Name] = ()
    names: Sequence[Name] = ()
    close: Sequence[Name] = ()
    sure: float = 1.0
    certain: Collection[Name] = frozenset()
    headed: Mapping[Name, float] = field(default_factory=dict)
    native: Collection[Name] = frozenset()


@dataclass(frozen=True, slots=True)
class Fused(Generic[Name]):
    """A hit in the fused order: its score, sort key and origin.

    ``by_passage`` is whether the semantic ranking contributes most, ``named`` whether labels of concepts found it.
    """

    name: Name
    score: float
    key: tuple[float, ...]
    origin: Origin
    by_passage: bool
    named: bool


def fuse(orders: Rankings[Name]) -> list[Fused[Name]]:
    """Return every hit of all rankings once, in the fused order.

    Equal scores are ordered by the ranks by words, by labels and by meaning, in this order.
    """
    words, names, close = map(_ranks, (orders.words, orders.names, orders.close))
    headed = _ranks(list(orders.headed))
    every = words | names | close | headed
    last = len(every) + 1

    def fused(name: Name) -> Fused[Name]:
        word, named, meaning = words.get(name), names.get(name), close.get(name)
        score = _WORDS * _share(word) + orders.sure * _NAMES * _share(named) + _MEANING * _share(meaning)
        score *= _NATIVE if name in orders.native else 1.0
        score += _HEADED * orders.headed.get(name, 0.0) * _share(headed.get(name))
        if word and name in orders.certain:
            score += CERTAIN - word
        key = (-score, word or last, named or last, meaning or last)
        by_passage = bool(meaning and not named and (not word or meaning < word))
        return Fused(name, score, key, _origin(word or headed.get(name), named, meaning), by_passage, bool(named))

    return sorted(map(fused, every), key=lambda hit: hit.key)


def fuse_hits(
    orders: Rankings[RankedHit],
    certain: frozenset[str],
    headed: Sequence[RankedHit],
    strengths: Mapping[str, float],
    languages: Collection[str],
) -> list[RankedHit]:
    """Return every scope of all rankings once; those with ids in ``certain`` come first, in lexical order.

    ``headed`` are the scopes with an id in ``strengths``, the ranking by headings; ``languages`` are those of
    which the query may be.
    """
    close = {hit.ranked.shown.id: hit for hit in orders.close}
    every = {hit.ranked.shown.id: hit for hit in (*headed, *orders.close, *orders.names, *orders.words)}
    native = {name for name, hit in every.items() if hit.ranked.shown.language in languages}
    named = Rankings(
        _ids(orders.words), _ids(orders.names), _ids(orders.close), orders.sure, certain, strengths, native
    )

    def placed(fused: Fused[str]) -> RankedHit:
        hit = every[fused.name]
        ranked = replace(hit.ranked, score=fused.score, key=fused.key)
        passage = close[fused.name].passage if fused.by_passage else None
        return replace(hit, ranked=ranked, origin=fused.origin, passage=passage, named=fused.named)

    return list(map(placed, fuse(named)))


def _ids(order: Sequence[RankedHit]) -> list[str]:
    return [hit.ranked.shown.id for hit in order]


def _ranks(order: Sequence[Name]) -> dict[Name, int]:
    return {name: rank for rank, name in enumerate(order, start=1)}


def _share(rank: int | None) -> float:
    return 1 / (_RANKS + rank) if rank else 0.0


def _origin(word: int | None, named: int | None, meaning: int | None) -> Origin:
    if word:
        return Origin.BOTH if meaning else Origin.WORDS
    return Origin.NAMES if named else Origin.MEANING
