"""Groups by the value of a facet: rankings of addresses are fused, and only the hits that are shown are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from indexing.engines.plan import Clause, Keyword, Must, Plan
from indexing.engines.protocol import Address, Engine, GroupReader, Placed, Ranked
from indexing.records.stored_fields import StoredFields
from indexing.search.fusion import Fused, RankedHit, Rankings, fuse
from indexing.search.hybrid_retriever import FILTERED, WINDOW, HybridRetriever

MAX_GROUPS = 60
_GROUP_WINDOW = 100  # hits of each ranking that are fused in a group; 40 change one of three hits in 11 of 130 groups
_PASSAGES_AT_ONCE = 1000
_Name: TypeAlias = tuple[str, Address]  # partition and address of a scope
_Ranking: TypeAlias = Sequence[tuple[_Name, Placed]]  # best first
_Groups: TypeAlias = Mapping[str, _Ranking]  # by value
_Ask: TypeAlias = Callable[[GroupReader, Plan], Mapping[str, tuple[Placed, ...]]]


@dataclass(frozen=True, slots=True)
class _Readers:
    """Readers of the partitions that are searched, by partition."""

    by_partition: Mapping[str, GroupReader]

    def ranked(self, plans: Sequence[Plan]) -> _Groups:
        """Return the first hits of each value in all partitions."""
        return _by_value(self._asked(plans, lambda reader, plan: reader.ranked(plan)), plans)

    def closest(self, plans: Sequence[Plan], retriever: HybridRetriever) -> _Groups:
        """Return the semantic hits of each value in all partitions."""
        question = retriever.question
        if question is None:
            return {}
        found = self._asked(plans, lambda reader, plan: reader.closest(plan, question))
        return _by_value(retriever.near(found), plans)

    def satisfying(self, plans: Iterable[Plan], clause: Clause, names: Collection[_Name]) -> frozenset[_Name]:
        """Return those of ``names`` that satisfy ``clause`` and the filters of the plans."""
        return frozenset(
            (plan.partition, address)
            for plan, reader, own in self._of(plans, names)
            for address in reader.satisfying(replace(plan, match=clause, pinned=()), own)
        )

    def load(self, plans: Iterable[Plan], names: Collection[_Name]) -> dict[_Name, StoredFields]:
        """Return the scopes of ``names`` that satisfy the filters of the plans."""
        return {
            (plan.partition, address): scope
            for plan, reader, own in self._of(plans, names)
            for address, scope in reader.load(plan, own).items()
        }

    def _asked(self, plans: Iterable[Plan], ask: _Ask) -> dict[tuple[str, str], Sequence[Placed]]:
        """Return the answers of the readers by partition and value."""
        return {
            (plan.partition, value): hits
            for plan in plans
            if (reader := self.by_partition.get(plan.partition))
            for value, hits in ask(reader, plan).items()
        }

    def _of(
        self, plans: Iterable[Plan], names: Collection[_Name]
    ) -> Iterator[tuple[Plan, GroupReader, Collection[Address]]]:
        for plan in plans:
            own = [address for partition, address in names if partition == plan.partition]
            if own:
                yield plan, self.by_partition[plan.partition], own


def group_by_value(plans: list[Plan], field: str, engine: Engine) -> list[RankedHit]:
    """Return the best hits of each value of ``field``, ordered by the best hit of each group."""
    readers = _readers(plans, field, _values(plans, field, engine), engine)
    groups = readers.ranked(plans)
    scopes = readers.load(plans, {name for ranking in groups.values() for name, _ in ranking})
    return [
        RankedHit(name[0], Ranked(scopes[name], placed.score, placed.key, ""), value)
        for value in sorted(groups, key=lambda value: groups[value][0][1].key)
        for name, placed in groups[value]
        if name in scopes
    ]


def fuse_by_value(plans: list[Plan], field: str, retriever: HybridRetriever) -> list[RankedHit]:
    """Return the best fused hits of each value of ``field``.

    Groups are ordered by the position of their best hit in the overall order, which is that of all groups together.
    """
    values = _values(retriever.bound(plans), field, retriever.engine)
    if not values:
        return []
    heads = [replace(plan, limit=max(_GROUP_WINDOW, plan.limit), facets=(), after="") for plan in plans]
    fusion = _GroupFusion(_readers(plans, field, values, retriever.engine), retriever, retriever.bound(heads))
    order = fusion.order(heads, values, plans[0].limit)
    return retriever.with_origins(fusion.loaded(order), heads)


@dataclass(frozen=True, slots=True)
class _GroupFusion:
    """Fuses the rankings of each group; ``bound`` are the plans for labels and meaning."""

    readers: _Readers
    retriever: HybridRetriever
    bound: Sequence[Plan]

    def order(self, heads: Sequence[Plan], values: Sequence[str], limit: int) -> list[tuple[str, Fused[_Name]]]:
        """Return the first ``limit`` hits of each value with the value, group after group."""
        words = self.readers.ranked(heads) if self.retriever.words else {}
        names = self.readers.ranked(self.retriever.named(self.bound))
        rankings = (words, names, self.readers.closest(self.bound, self.retriever))
        certain = self._certain(heads, {name for ranking in words.values() for name, _ in ranking})
        overall = self._fused([_merged(groups) for groups in rankings], certain)
        fused = {
            value: self._fused([_names(groups.get(value, ())) for groups in rankings], certain) for value in values
        }
        other = self._about_another({hit.name for hits in (*fused.values(), overall) for hit in hits[:FILTERED]})
        place = {hit.name: place for place, hit in enumerate(overall) if hit.name not in other}
        last = len(overall)
        first = {value: [hit for hit in hits if hit.name not in other][:limit] for value, hits in fused.items()}

        def best(value: str) -> tuple[int, str]:
            return min((place.get(hit.name, last) for hit in first[value]), default=last), value

        return [(value, hit) for value in sorted(first, key=best) for hit in first[value]]

    def loaded(self, order: Sequence[tuple[str, Fused[_Name]]]) -> list[RankedHit]:
        """Return the hits of :meth:`order` with their stored fields and, where meaning found them, their passages."""
        scopes = self.readers.load(self.bound, {hit.name for _, hit in order})
        passages = self._closest_passages(
            {hit.name: scopes[hit.name].scope_id for _, hit in order if hit.by_passage and hit.name in scopes}
        )
        return [
            RankedHit(
                hit.name[0],
                Ranked(scopes[hit.name], hit.score, hit.key, ""),
                value,
                hit.origin,
                passages.get(scopes[hit.name].scope_id) if hit.by_passage else None,
                hit.named,
            )
            for value, hit in order
            if hit.name in scopes
        ]

    def _fused(self, rankings: Sequence[Sequence[_Name]], certain: frozenset[_Name]) -> list[Fused[_Name]]:
        words, names, close = rankings
        return fuse(Rankings(words, names, close, self.retriever.certainty, certain))

    def _certain(self, heads: Sequence[Plan], words: Collection[_Name]) -> frozenset[_Name]:
        """Return those of ``words`` that are, or cite, what the query cites."""
        cited = {"identity": self.retriever.pinned, "cites": self.retriever.cited}
        plans = [replace(plan, filters=()) for plan in heads]
        found = (self.readers.satisfying(plans, Keyword(field, ids), words) for field, ids in cited.items() if ids)
        return frozenset(chain.from_iterable(found))

    def _about_another(self, names: Collection[_Name]) -> frozenset[_Name]:
        """Return those of ``names`` that are about another meaning of the same word, and record them."""
        friends = self.retriever.false_friends
        if friends is None:
            return frozenset()
        every: set[_Name] = set()
        for friend, clause in friends.other_meanings():
            others = self.readers.satisfying(self.bound, clause, names)
            for scope in self.readers.load(self.bound, others).values():
                friends.leave_out(scope.scope_id, friend)
            every |= others
        return frozenset(every)

    def _closest_passages(self, scope_ids: Mapping[_Name, str]) -> dict[str, StoredFields]:
        """Return the closest passages of scopes by their ids."""
        question, passages = self.retriever.question, dict[str, StoredFields]()
        if question is None:
            return passages
        for plan in self.bound:
            own = [scope_id for (partition, _), scope_id in scope_ids.items() if partition == plan.partition]
            for first in range(0, len(own), _PASSAGES_AT_ONCE):
                some = tuple(own[first : first + _PASSAGES_AT_ONCE])
                among = replace(plan, match=Must((plan.match, Keyword("scope_id", some))), limit=len(some))
                passages |= {
                    near.scope.scope_id: near.passage for near in self.retriever.engine.closest(among, question)
                }
        return passages


def _readers(plans: Sequence[Plan], field: str, values: Sequence[str], engine: Engine) -> _Readers:
    readers = {plan.partition: engine.grouped(plan.partition, field, values) for plan in plans}
    return _Readers({partition: reader for partition, reader in readers.items() if reader})


def _by_value(found: Mapping[tuple[str, str], Sequence[Placed]], plans: Sequence[Plan]) -> _Groups:
    """Return the first hits of each value, from those of each partition and value."""
    groups: dict[str, list[tuple[_Name, Placed]]] = {}
    for (partition, value), hits in found.items():
        groups.setdefault(value, []).extend(((partition, hit.address), hit) for hit in hits)
    return {value: _ordered(ranking)[: plans[0].limit] for value, ranking in groups.items() if ranking}


def _merged(groups: _Groups) -> list[_Name]:
    """Return the overall ranking of all groups, each scope once."""
    every = {name: placed for ranking in groups.values() for name, placed in ranking}
    return _names(_ordered(every.items())[:WINDOW])


def _ordered(ranking: Iterable[tuple[_Name, Placed]]) -> list[tuple[_Name, Placed]]:
    return sorted(ranking, key=lambda item: item[1].key)


def _names(ranking: _Ranking) -> list[_Name]:
    return [name for name, _ in ranking]


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
