"""Filtered nearest-neighbour search of the embedded engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Occur, Query

from indexing.engines.embedded.compiler import Compiler
from indexing.engines.embedded.generations import OpenGeneration
from indexing.engines.embedded.schema import RECORD, SHOWN, VECTORS, unpacked_rows
from indexing.engines.embedded.snapshots import AllowedVectors, Snapshot, addresses_of
from indexing.engines.plan import Clause, Keyword, Plan, conditions
from indexing.engines.protocol import NearestPassages, VectorQuery
from indexing.records.stored_fields import StoredFields, passage_id, unpack

_PASSAGES_PER_SCOPE = 3
_ROUNDS = 6
_Best: TypeAlias = tuple[int, int, float]  # index of a unit in ``packed``, its closest row, and their cosine


class VectorSearch:
    """Finds nearest passages; the vectors that a filter allows are cached per snapshot."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def closest(self, opened: OpenGeneration, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        """Return the ``plan.limit`` closest retrieval units, see :meth:`.protocol.Engine.closest`."""
        snapshot, clauses = opened.snapshot(), _clauses(plan)
        allowed = self._allowed(snapshot, clauses)
        best = _best(opened, allowed, question, plan.limit)
        stored = self._stored(snapshot.searcher, clauses, allowed, best)
        return tuple(stored[item] for item in best if item in stored)

    def addresses(
        self, opened: OpenGeneration, snapshot: Snapshot, plan: Plan, question: VectorQuery, within: Keyword
    ) -> list[tuple[int, float]]:
        """Return the addresses of the closest retrieval units that also satisfy ``within``, and their cosines."""
        allowed = self._allowed(snapshot, (*_clauses(plan), within))
        return [
            (int(allowed.addresses[scope]), score) for scope, _, score in _best(opened, allowed, question, plan.limit)
        ]

    def living(self, index: tantivy.Index) -> npt.NDArray[np.bool_]:
        """Return a mask of the rows that a retrieval unit of the index refers to."""
        return self._matching(index.searcher(), Query.all_query()).rows

    def _allowed(self, snapshot: Snapshot, clauses: tuple[Clause, ...]) -> AllowedVectors:
        allowed = snapshot.allowed.get(clauses)
        if allowed is None:
            allowed = self._matching(snapshot.searcher, Compiler(self._schema).all(clauses))
            snapshot.allowed.keep(clauses, allowed)
        return allowed

    def _matching(self, searcher: tantivy.Searcher, query: Query) -> AllowedVectors:
        found = searcher.search(query, limit=max(1, int(searcher.num_docs)), order_by_field=VECTORS, count=False)
        hits = [hit for hit in found.hits if hit[0] is not None]
        packed = np.array([value for value, _ in hits], np.int64)
        order = np.argsort(packed, kind="stable")
        packed = packed[order]
        first, count = unpacked_rows(packed)
        rows = np.zeros(int(first[-1] + count[-1]) if len(first) else 0, np.bool_)
        rows[_ranges(first, count)] = True
        return AllowedVectors(addresses_of(hits)[order], packed, first, count, rows)

    def _stored(
        self, searcher: tantivy.Searcher, clauses: tuple[Clause, ...], allowed: AllowedVectors, best: Sequence[_Best]
    ) -> dict[_Best, NearestPassages]:
        """Return units with passages; all clauses are applied again, so that a stale mask cannot reveal anything."""
        if not best:
            return {}
        named = Query.term_set_query(self._schema, VECTORS, [int(allowed.packed[scope]) for scope, _, _ in best])
        query = Query.boolean_query([(Occur.Must, named), (Occur.Must, Compiler(self._schema).all(clauses))])
        found = searcher.search(query, limit=len(best), order_by_field=VECTORS, count=False)
        scopes = {int(value): unpack(searcher.doc(address)[SHOWN][0]) for value, address in found.hits}
        located = {
            item: (scopes[int(allowed.packed[item[0]])], item[1] - int(allowed.first[item[0]]))
            for item in best
            if int(allowed.packed[item[0]]) in scopes
        }
        passages = self._passages(searcher, [passage_id(scope, place) for scope, place in located.values()])
        return {
            item: NearestPassages(scope, passages[passage_id(scope, place)], item[2])
            for item, (scope, place) in located.items()
        }

    def _passages(self, searcher: tantivy.Searcher, ids: list[str]) -> dict[str, StoredFields]:
        if not ids:
            return {}
        found = searcher.search(Query.term_set_query(self._schema, RECORD, ids), limit=len(ids), count=False)
        passages = (unpack(searcher.doc(address)[SHOWN][0]) for _, address in found.hits)
        return {passage.id: passage for passage in passages}


def _clauses(plan: Plan) -> tuple[Clause, ...]:
    match, others = conditions(plan)
    return match, *others


def _ranges(first: npt.NDArray[np.int64], count: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the integers of all ranges of ``count`` from ``first`` on."""
    ends = np.cumsum(count)
    return np.arange(int(ends[-1]) if len(ends) else 0) + np.repeat(first - ends + count, count)


def _best(opened: OpenGeneration, allowed: AllowedVectors, question: VectorQuery, limit: int) -> list[_Best]:
    """Return the closest units as (index in ``packed``, closest row, cosine).

    If a few long documents take all results, the search is repeated without them.
    """
    best: dict[int, tuple[int, float]] = {}
    rows = allowed.rows
    for _ in range(_ROUNDS):
        size = _PASSAGES_PER_SCOPE * limit
        found, scores = opened.vectors.search(question.encoder, question.vector, rows, size)
        for scope, row, score in zip(allowed.scopes(found).tolist(), found.tolist(), scores.tolist(), strict=True):
            best.setdefault(scope, (row, score))
        if len(best) >= limit or len(found) < size:
            break
        rows = allowed.without(list(best))
    ordered = sorted(best.items(), key=lambda item: (-item[1][1], item[0]))
    return [(scope, row, score) for scope, (row, score) in ordered[:limit]]
