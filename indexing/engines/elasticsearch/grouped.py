"""Rankings of the Elasticsearch engine grouped by the values of a keyword field; addresses are ids of records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexing.engines.elasticsearch.compiler import Body
from indexing.engines.elasticsearch.mapping import RECORD, SHOWN
from indexing.engines.elasticsearch.requests import (
    grouped_bodies,
    grouped_closest_bodies,
    query_of,
    read_placed,
    read_placed_close,
    read_shown,
)
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import Address, Placed, VectorQuery
from indexing.records.stored_fields import StoredFields

_AT_ONCE = 5000  # within the limit of 10,000 hits of a response


@dataclass(frozen=True, slots=True)
class ElasticGroupReader:
    """``indexing.engines.protocol.GroupReader`` by ``values`` of ``field``; ``ask`` answers search bodies."""

    ask: Callable[[list[Body]], list[dict[str, Any]]]
    field: str
    values: tuple[str, ...]

    def ranked(self, plan: Plan) -> Mapping[str, tuple[Placed, ...]]:
        return self._by_value(grouped_bodies(plan, self.field, self.values), lambda hit: read_placed(hit, plan.sort))

    def closest(self, plan: Plan, question: VectorQuery) -> Mapping[str, tuple[Placed, ...]]:
        if not plan.limit:
            return {}
        found = self._by_value(grouped_closest_bodies(plan, question, self.field, self.values), read_placed_close)
        return {value: tuple(sorted(hits, key=lambda hit: hit.key)) for value, hits in found.items()}

    def satisfying(self, plan: Plan, addresses: Collection[Address]) -> frozenset[Address]:
        body = {"stored_fields": "_none_", "docvalue_fields": [RECORD]}
        return frozenset(hit["fields"][RECORD][0] for hit in self._among(plan, addresses, body))

    def load(self, plan: Plan, addresses: Collection[Address]) -> Mapping[Address, StoredFields]:
        found = self._among(replace(plan, match=Everything(), pinned=()), addresses, {"_source": [SHOWN]})
        return {scope.id: scope for scope in map(read_shown, found)}

    def _by_value(
        self, bodies: list[Body], read: Callable[[Mapping[str, Any]], Placed]
    ) -> dict[str, tuple[Placed, ...]]:
        answers = self.ask(bodies) if bodies else []
        hits = {value: answer["hits"]["hits"] for value, answer in zip(self.values, answers, strict=False)}
        return {value: tuple(map(read, own)) for value, own in hits.items() if own}

    def _among(self, plan: Plan, addresses: Collection[Address], body: Body) -> Iterator[dict[str, Any]]:
        """Yield the hits of a plan among ``addresses``."""
        every = sorted(map(str, addresses))
        for first in range(0, len(every), _AT_ONCE):
            some = every[first : first + _AT_ONCE]
            query = {"bool": {"filter": [query_of(plan), {"terms": {RECORD: some}}]}}
            asked = body | {"query": query, "size": len(some), "track_total_hits": False}
            for answer in self.ask([asked]):
                yield from answer["hits"]["hits"]
