"""Nearest vectors of the embedded engine within what a plan allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Occur, Query

from indexing.engines.embedded.compiler import Compiler
from indexing.engines.embedded.generations import OpenGeneration
from indexing.engines.embedded.schema import RECORD, SHOWN, VECTORS, unpacked_rows
from indexing.engines.plan import Clause, Plan
from indexing.engines.protocol import NearestPassages, VectorQuery, conditions
from indexing.records.stored_fields import StoredFields, passage_id, unpack

_KEPT = 64
_PASSAGES_OF_A_SCOPE = 3
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class AllowedVectors:
    """The scopes that clauses hold for, by their first row, and all their rows as one value a row."""

    packed: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]
    count: npt.NDArray[np.int64]
    rows: npt.NDArray[np.bool_]

    def scopes(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the place in ``packed`` of the scope of each row."""
        return np.searchsorted(self.first, rows, side="right") - 1

    def without(self, scopes: list[int]) -> npt.NDArray[np.bool_]:
        left = self.rows.copy()
        for scope in scopes:
            left[self.first[scope] : self.first[scope] + self.count[scope]] = False
        return left


class VectorSearch:
    """Finds what is close; what the clauses of a question allow is kept until the next commit."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._kept: dict[tuple[object, ...], AllowedVectors] = {}

    def closest(self, opened: OpenGeneration, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        commit = opened.commit  # before the searcher: what is kept is never older than what it is kept under
        searcher = opened.index.searcher()
        match, others = conditions(plan)
        clauses = (match, *others)
        allowed = self._allowed(searcher, (plan.partition, opened.version, commit, clauses), clauses)
        best = _best(opened, allowed, question, plan.limit)
        return self._shown(searcher, clauses, allowed, best)

    def living(self, index: tantivy.Index) -> npt.NDArray[np.bool_]:
        """Return for every row whether a scope of the index has it."""
        return self._held(index.searcher(), Query.all_query()).rows

    def _allowed(
        self, searcher: tantivy.Searcher, key: tuple[object, ...], clauses: tuple[Clause, ...]
    ) -> AllowedVectors:
        held = self._kept.get(key)
        if held is None:
            held = self._held(searcher, Compiler(self._schema).all(clauses))
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = held
        return held

    def _held(self, searcher: tantivy.Searcher, query: Query) -> AllowedVectors:
        found = searcher.search(query, limit=max(1, int(searcher.num_docs)), order_by_field=VECTORS, count=False)
        packed = np.sort(np.array([value for value, _ in found.hits if value is not None], np.int64))
        first, count = unpacked_rows(packed)
        rows = np.zeros(int(first[-1] + count[-1]) if len(first) else 0, np.bool_)
        for start, length in zip(first.tolist(), count.tolist(), strict=True):
            rows[start : start + length] = True
        return AllowedVectors(packed, first, count, rows)

    def _shown(
        self,
        searcher: tantivy.Searcher,
        clauses: tuple[Clause, ...],
        allowed: AllowedVectors,
        best: list[tuple[int, int, float]],
    ) -> tuple[NearestPassages, ...]:
        """Return the scopes and passages; the index is asked again with every clause, so that nothing else is shown."""
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
        found = [
            (scopes[int(allowed.packed[scope])], row - int(allowed.first[scope]), score)
            for scope, row, score in best
            if int(allowed.packed[scope]) in scopes
        ]
        passages = self._passages(searcher, [passage_id(scope, place) for scope, place, _ in found])
        return tuple(NearestPassages(scope, passages[passage_id(scope, place)], score) for scope, place, score in found)

    def _passages(self, searcher: tantivy.Searcher, ids: list[str]) -> dict[str, StoredFields]:
        if not ids:
            return {}
        found = searcher.search(Query.term_set_query(self._schema, RECORD, ids), limit=len(ids), count=False)
        passages = (unpack(searcher.doc(address)[SHOWN][0]) for _, address in found.hits)
        return {passage.id: passage for passage in passages}


def _best(
    opened: OpenGeneration, allowed: AllowedVectors, question: VectorQuery, limit: int
) -> list[tuple[int, int, float]]:
    """Return the closest scopes as (scope, its closest row, cosine).

    Where a few long documents hold all that is closest, it is asked again without them.
    """
    best: dict[int, tuple[int, float]] = {}
    rows = allowed.rows
    for _ in range(_ROUNDS):
        wanted = _PASSAGES_OF_A_SCOPE * limit
        found, scores = opened.vectors.search(question.encoder, question.vector, rows, wanted)
        for scope, row, score in zip(allowed.scopes(found).tolist(), found.tolist(), scores.tolist(), strict=True):
            best.setdefault(scope, (row, score))
        if len(best) >= limit or len(found) < wanted:
            break
        rows = allowed.without(list(best))
    ordered = sorted(best.items(), key=lambda item: (-item[1][1], item[0]))
    return [(scope, row, score) for scope, (row, score) in ordered[:limit]]
