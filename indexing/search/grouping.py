"""Groups by the value of a facet: each ranking is asked for once per partition and divided by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexing.engines.plan import Must, Plan
from indexing.engines.protocol import Engine, NearestPassages
from indexing.search.fusion import RankedHit, Rankings, by_closeness, fuse_rankings
from indexing.search.hybrid_retriever import FILTERED, WINDOW, HybridRetriever

MAX_GROUPS = 60
_GROUP_WINDOW = 100  # hits of each ranking that are fused in a group; 40 change one of three hits in 11 of 130 groups


@dataclass(frozen=True, slots=True)
class _Grouping:
    """Values of a keyword ``field`` by which rankings of ``engine`` are divided."""

    engine: Engine
    field: str
    values: Sequence[str]

    def divided(self, plans: Sequence[Plan]) -> dict[str, list[RankedHit]]:
        """Return the first hits of each value in all partitions, best first."""
        found = [(plan, self.engine.search_by_value(plan, self.field, self.values)) for plan in plans]
        hits = {
            value: [RankedHit(plan.partition, ranked, value) for plan, own in found for ranked in own.get(value, ())]
            for value in self.values
        }
        return {value: _ordered(own)[: plans[0].limit] for value, own in hits.items() if own}

    def closest(self, bound: Sequence[Plan], retriever: HybridRetriever) -> dict[str, list[RankedHit]]:
        """Return the semantic hits of each value in all partitions, the closest first."""
        question = retriever.question
        if question is None:
            return {}
        close: dict[tuple[str, str], Sequence[NearestPassages]] = {
            (plan.partition, value): near
            for plan in bound
            for value, near in self.engine.closest_by_value(plan, question, self.field, self.values).items()
        }
        near = retriever.near(close)
        by_value: dict[str, dict[str, list[NearestPassages]]] = {}
        for (partition, value), hits in near.items():
            by_value.setdefault(value, {})[partition] = hits
        return {value: by_closeness(found, bound[0].limit, value) for value, found in by_value.items()}


def group_by_value(plans: list[Plan], field: str, engine: Engine) -> list[RankedHit]:
    """Return the best hits of each value of ``field``, ordered by the best hit of each group."""
    groups = _Grouping(engine, field, _values(plans, field, engine)).divided(
        [replace(plan, facets=(), after="") for plan in plans]
    )
    return [hit for group in sorted(groups.values(), key=lambda group: group[0].ranked.key) for hit in group]


def fuse_by_value(plans: list[Plan], field: str, retriever: HybridRetriever) -> list[RankedHit]:
    """Return the best fused hits of each value of ``field``.

    Groups are ordered by the position of their best hit in the overall order, which is that of all groups together.
    """
    values = _values(retriever.bound(plans), field, retriever.engine)
    grouping = _Grouping(retriever.engine, field, values)
    heads = [replace(plan, limit=max(_GROUP_WINDOW, plan.limit), facets=(), after="") for plan in plans]
    bound = retriever.bound(heads)
    words = grouping.divided(heads) if retriever.words else {}
    names = grouping.divided(retriever.named(bound)) if retriever.names else {}
    close = grouping.closest(bound, retriever)
    certain = retriever.certain(plans, _ordered(hit for hits in words.values() for hit in hits))
    sure = retriever.certainty
    overall = fuse_rankings(Rankings(_merged(words), _merged(names), _merged(close), sure), certain)
    fused = {
        value: fuse_rankings(Rankings(words.get(value, ()), names.get(value, ()), close.get(value, ()), sure), certain)
        for value in values
    }
    other = retriever.about_another([hit for hits in (*fused.values(), overall) for hit in hits[:FILTERED]], bound)
    place = {hit.ranked.shown.id: place for place, hit in enumerate(overall) if hit.ranked.shown.scope_id not in other}
    groups = {value: _first(hits, other, plans[0].limit) for value, hits in fused.items()}
    last = len(overall)

    def best(value: str) -> tuple[int, str]:
        return min((place.get(hit.ranked.shown.id, last) for hit in groups[value]), default=last), value

    return retriever.with_origins([hit for value in sorted(groups, key=best) for hit in groups[value]], heads)


def _first(hits: Iterable[RankedHit], other: frozenset[str], limit: int) -> list[RankedHit]:
    return [hit for hit in hits if hit.ranked.shown.scope_id not in other][:limit]


def _merged(groups: Mapping[str, Sequence[RankedHit]]) -> list[RankedHit]:
    """Return the overall ranking of all groups, each scope once."""
    every = {(hit.partition, hit.ranked.shown.id): hit for hits in groups.values() for hit in hits}
    return _ordered(every.values())[:WINDOW]


def _ordered(hits: Iterable[RankedHit]) -> list[RankedHit]:
    return sorted(hits, key=lambda hit: hit.ranked.key)


def _values(plans: list[Plan], field: str, engine: Engine) -> list[str]:
    """Return the most frequent values of ``field`` in the results of the plans, at most ``MAX_GROUPS``."""
    counts: Counter[str] = Counter()
    for plan in plans:
        counts.update(dict(engine.search(_counting(plan, field)).facets[field]))
    return sorted(counts, key=lambda value: (-counts[value], value))[:MAX_GROUPS]


def _counting(plan: Plan, field: str) -> Plan:
    """Return a plan that counts the values of ``field`` under all filters, including its own."""
    own = tuple(clause for name, clause in plan.filters if name == field)
    others = tuple(item for item in plan.filters if item[0] != field)
    return replace(plan, match=Must((plan.match, *own)), filters=others, facets=(field,), limit=1, after="")
