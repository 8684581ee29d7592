"""Filtered nearest-neighbour search of the embedded engine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Occur, Query

from indexing.engines.embedded.compiler import Compiler
from indexing.engines.embedded.generations import OpenGeneration
from indexing.engines.embedded.schema import RECORD, SHOWN, VECTORS, unpacked_rows
from indexing.engines.plan import Clause, Plan, conditions
from indexing.engines.protocol import NearestPassages, VectorQuery
from indexing.records.stored_fields import StoredFields, passage_id, unpack

_CACHED_FILTERS = 64
_PASSAGES_PER_SCOPE = 3
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class AllowedVectors:
    """Retrieval units that satisfy a filter, by their ``first`` row and ``count``, and a mask of all their ``rows``."""

    packed: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    rows: npt.NDArray[np.bool_]

    def scopes(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return for each row the index in ``packed`` of its retrieval unit."""
        return np.searchsorted(self.first, rows, side="right") - 1

    def without(self, scopes: list[int]) -> npt.NDArray[np.bool_]:
        """Return the mask of rows without those of ``scopes`` (indices in ``packed``)."""
        mask = self.rows.copy()
        for scope in scopes:
            mask[self.first[scope] : self.first[scope] + self.count[scope]] = False
        return mask


class VectorSearch:
    """Finds nearest passages; masks of filters are cached per commit."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._cache: dict[tuple[object, ...], AllowedVectors] = {}

    def closest(self, opened: OpenGeneration, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        """Return the ``plan.limit`` closest retrieval units, see :meth:`.protocol.Engine.closest`."""
        commit = opened.commit  # read before the searcher, so that a cached mask is never older than its key
        searcher = opened.index.searcher()
        match, others = conditions(plan)
        clauses = (match, *others)
        allowed = self._allowed(searcher, (plan.partition, opened.version, commit, clauses), clauses)
        best = _best(opened, allowed, question, plan.limit)
        return self._stored(searcher, clauses, allowed, best)

    def living(self, index: tantivy.Index) -> npt.NDArray[np.bool_]:
        """Return a mask of the rows that a retrieval unit of the index refers to."""
        return self._matching(index.searcher(), Query.all_query()).rows

    def _allowed(
        self, searcher: tantivy.Searcher, key: tuple[object, ...], clauses: tuple[Clause, ...]
    ) -> AllowedVectors:
        allowed = self._cache.get(key)
        if allowed is None:
            allowed = self._matching(searcher, Compiler(self._schema).all(clauses))
            if len(self._cache) >= _CACHED_FILTERS:
                self._cache.clear()
            self._cache[key] = allowed
        return allowed

    def _matching(self, searcher: tantivy.Searcher, query: Query) -> AllowedVectors:
        found = searcher.search(query, limit=max(1, int(searcher.num_docs)), order_by_field=VECTORS, count=False)
        packed = np.sort(np.array([value for value, _ in found.hits if value is not None], np.int64))
        first, count = unpacked_rows(packed)
        rows = np.zeros(int(first[-1] + count[-1]) if len(first) else 0, np.bool_)
        for start, length in zip(first.tolist(), count.tolist(), strict=True):
            rows[start : start + length] = True
        return AllowedVectors(packed, first, count, rows)

    def _stored(
        self,
        searcher: tantivy.Searcher,
        clauses: tuple[Clause, ...],
        allowed: AllowedVectors,
        best: list[tuple[int, int, float]],
    ) -> tuple[NearestPassages, ...]:
        """Return units with passages; all clauses are applied again, so that a stale mask cannot reveal anything."""
        named = Query.term_set_query(self._schema, VECTORS, [int(allowed.packed[scope]) for scope, _, _ in best])
        query = Compiler(self._schema).all(clauses)
        scopes = (
            {
                int(value): unpack(searcher.doc(address)[SHOWN][0])
                for value, address in searcher.search(
                    Query.boolean_query([(Occur.Must, named), (Occur.Must, query)]),
                    limit=max(1, len(best)),
                    order_by_field=VECTORS,
                    count=False,
                ).hits
            }
            if best
            else {}
        )
        located = [
            (scopes[int(allowed.packed[scope])], row - int(allowed.first[scope]), score)
            for scope, row, score in best
            if int(allowed.packed[scope]) in scopes
        ]
        passages = self._passages(searcher, [passage_id(scope, place) for scope, place, _ in located])
        return tuple(
            NearestPassages(scope, passages[passage_id(scope, place)], score) for scope, place, score in located
        )

    def _passages(self, searcher: tantivy.Searcher, ids: list[str]) -> dict[str, StoredFields]:
        if not ids:
            return {}
        found = searcher.search(Query.term_set_query(self._schema, RECORD, ids), limit=len(ids), count=False)
        passages = (unpack(searcher.doc(address)[SHOWN][0]) for _, address in found.hits)
        return {passage.id: passage for passage in passages}


def _best(
    opened: OpenGeneration, allowed: AllowedVectors, question: VectorQuery, limit: int
) -> list[tuple[int, int, float]]:
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
