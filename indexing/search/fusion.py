"""Reciprocal rank fusion of rankings by words, concept labels and meaning; exact matches remain first.

Ranks are fused instead of scores because BM25 scores and cosines are not comparable (Cormack, Clarke and Büttcher
2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from indexing.engines.protocol import EngineResult, NearestPassages, Ranked
from indexing.records.stored_fields import StoredFields

# Weights of the rankings: words find hits in the query's own language, labels those of a certain concept.
_WORDS, _MEANING, _NAMES = 0.5, 1.0, 2.5
_RANKS = 8  # constant k of the formula: 60 in the paper, which fused systems of similar quality
CERTAIN = 1000.0


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
    of the query's concepts found the scope.
    """

    partition: str
    ranked: Ranked
    group: str = ""
    origin: Origin = Origin.WORDS
    passage: StoredFields | None = None
    named: bool = False


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
class Rankings:
    """Rankings of a query by words, by labels of its concepts and by meaning, best first.

    ``sure`` is the certainty of the concepts, from 0 to 1.
    """

    words: Sequence[RankedHit] = ()
    names: Sequence[RankedHit] = ()
    close: Sequence[RankedHit] = ()
    sure: float = 1.0


def fuse_rankings(orders: Rankings, certain: frozenset[str]) -> list[RankedHit]:
    """Return every scope of all rankings once; those with ids in ``certain`` come first, in lexical order."""
    by_words, by_names, by_meaning = map(_ranks, (orders.words, orders.names, orders.close))
    close = {hit.ranked.shown.id: hit for hit in orders.close}
    every = {hit.ranked.shown.id: hit for hit in (*orders.close, *orders.names, *orders.words)}

    def fused(name: str, hit: RankedHit) -> RankedHit:
        word, named, meaning = by_words.get(name), by_names.get(name), by_meaning.get(name)
        score = _WORDS * _share(word) + orders.sure * _NAMES * _share(named) + _MEANING * _share(meaning)
        if name in certain and word:
            score += CERTAIN - word
        key = (-score, word or len(every) + 1, name)
        passage = close[name].passage if meaning and not named and (not word or meaning < word) else None
        origin = _origin(word, named, meaning)
        return replace(
            hit, ranked=replace(hit.ranked, score=score, key=key), origin=origin, passage=passage, named=bool(named)
        )

    return sorted((fused(name, hit) for name, hit in every.items()), key=lambda hit: hit.ranked.key)


def _ranks(order: Sequence[RankedHit]) -> dict[str, int]:
    return {hit.ranked.shown.id: rank for rank, hit in enumerate(order, start=1)}


def _share(rank: int | None) -> float:
    return 1 / (_RANKS + rank) if rank else 0.0


def _origin(word: int | None, named: int | None, meaning: int | None) -> Origin:
    if word:
        return Origin.BOTH if meaning else Origin.WORDS
    return Origin.NAMES if named else Origin.MEANING
