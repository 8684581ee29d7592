"""Rankings of the embedded engine grouped by the values of a keyword field.

A ranking is computed once for all values: its hits are assigned to values by their addresses, which are read once per
snapshot and value. Only if a value has too few of the first hits is the ranking continued for such values alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Occur, Query

from indexing.engines.embedded.compiler import Compiler
from indexing.engines.embedded.generations import REFUSED, OpenGeneration, generation_state
from indexing.engines.embedded.nearest_vectors import VectorSearch
from indexing.engines.embedded.schema import BY_SCORE, RECORD, SHOWN, SORTS, sort_key
from indexing.engines.embedded.snapshots import Addresses, Hit, Snapshot, addresses_of, document_address
from indexing.engines.plan import Keyword, Plan, conditions
from indexing.engines.protocol import Address, Placed, VectorQuery
from indexing.records.stored_fields import StoredFields, unpack

_DEPTH = 4096  # hits of the first attempt
_DEEPER = 8  # factor of each further one


@dataclass(frozen=True, slots=True)
class EmbeddedGroupReader:
    """``indexing.engines.protocol.GroupReader`` of one ``snapshot`` by ``values`` of ``field``."""

    opened: OpenGeneration
    snapshot: Snapshot
    vector_search: VectorSearch
    schema: tantivy.Schema
    field: str
    values: tuple[str, ...]

    def ranked(self, plan: Plan) -> Mapping[str, tuple[Placed, ...]]:
        if not plan.limit:
            return {}
        with generation_state(plan.partition, REFUSED):
            found = self._first(plan, self.snapshot.addresses(self.schema, self.field, self.values))
        return {value: tuple(found[value]) for value in self.values if found.get(value)}

    def closest(self, plan: Plan, question: VectorQuery) -> Mapping[str, tuple[Placed, ...]]:
        if not plan.limit:
            return {}
        found: dict[str, tuple[Placed, ...]] = {}
        with generation_state(plan.partition, REFUSED):
            for value in self.values:
                within = Keyword(self.field, (value,))
                near = self.vector_search.addresses(self.opened, self.snapshot, plan, question, within)
                found[value] = tuple(Placed(address, score, (-score,)) for address, score in near)
        return {value: hits for value, hits in found.items() if hits}

    def satisfying(self, plan: Plan, addresses: Collection[Address]) -> frozenset[Address]:
        searcher = self.snapshot.searcher
        with generation_state(plan.partition, REFUSED):
            found = searcher.search(self._query(plan), limit=max(1, int(searcher.num_docs)), count=False)
        return frozenset(addresses_of(found.hits).tolist()) & frozenset(addresses)

    def load(self, plan: Plan, addresses: Collection[Address]) -> Mapping[Address, StoredFields]:
        """Return the scopes at ``addresses``; the filters are applied to them again, whatever ranked them."""
        searcher = self.snapshot.searcher
        with generation_state(plan.partition, REFUSED):
            scopes = {at: unpack(searcher.doc(document_address(int(at)))[SHOWN][0]) for at in addresses}
            named = Query.term_set_query(self.schema, RECORD, [scope.id for scope in scopes.values()])
            _, filters = conditions(plan)
            query = Query.boolean_query([(Occur.Must, named), (Occur.Must, Compiler(self.schema).all(filters))])
            found = searcher.search(query, limit=max(1, len(scopes)), count=False)
        return {at: scopes[at] for at in addresses_of(found.hits).tolist() if at in scopes}

    def _first(self, plan: Plan, groups: Mapping[str, Addresses]) -> dict[str, list[Placed]]:
        """Return the first ``plan.limit`` scopes of each value; ``groups`` are the addresses of each value."""
        order_by, order = SORTS.get(plan.sort, BY_SCORE)
        found: dict[str, list[Placed]] = {}
        missing, depth, query = set(groups), _DEPTH, self._query(plan)
        while missing:
            hits = self.snapshot.searcher.search(
                query, limit=depth, count=False, order_by_field=order_by, order=order
            ).hits
            addresses = addresses_of(hits)
            for value in missing:
                places = np.flatnonzero(_contained(addresses, groups[value]))[: plan.limit].tolist()
                found[value] = [_placed(int(addresses[place]), hits[place], plan.sort) for place in places]
            if len(hits) < depth:
                break
            missing = {value for value in missing if len(found[value]) < min(plan.limit, len(groups[value]))}
            depth *= _DEEPER
            query = self._restricted(self._query(plan), missing)
        return found

    def _query(self, plan: Plan) -> Query:
        match, filters = conditions(plan)
        return Compiler(self.schema).all((match, *filters))

    def _restricted(self, query: Query, values: Collection[str]) -> Query:
        within = Query.const_score_query(Query.term_set_query(self.schema, self.field, sorted(values)), 0.0)
        return Query.boolean_query([(Occur.Must, within), (Occur.Must, query)])


def _contained(addresses: Addresses, group: Addresses) -> npt.NDArray[np.bool_]:
    """Return which of ``addresses`` are in ``group``, which is ascending."""
    if not len(group):
        return np.zeros(len(addresses), np.bool_)
    places = np.minimum(np.searchsorted(group, addresses), len(group) - 1)
    contained: npt.NDArray[np.bool_] = group[places] == addresses
    return contained


def _placed(address: int, hit: Hit, sort: str) -> Placed:
    key = hit[0]
    return Placed(address, float(key) if sort == "relevance" else 0.0, sort_key(key, sort))
