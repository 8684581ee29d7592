"""Snapshots of an embedded index, and rankings divided by the values of a keyword field.

A ranking is computed once for all values: its hits are assigned to values by their addresses, which are read once per
snapshot and value. Only if a value has too few of the first hits is the ranking continued for such values alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Occur, Query

from indexing.engines.plan import Clause

Addresses: TypeAlias = npt.NDArray[np.int64]
Hit: TypeAlias = tuple[Any, tantivy.DocAddress]
_DEPTH = 4096  # hits of the first attempt
_DEEPER = 8  # factor of each further one
_SEGMENT_BITS = 32


def addresses_of(hits: Collection[Hit]) -> Addresses:
    """Return the addresses of hits as integers, in the same order."""
    every = ((address.segment_ord << _SEGMENT_BITS) | address.doc for _, address in hits)
    return np.fromiter(every, np.int64, len(hits))


@dataclass(frozen=True, slots=True)
class AllowedVectors:
    """Retrieval units that satisfy a filter, by their ``first`` row and ``count``, and a mask of all their ``rows``."""

    addresses: Addresses
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


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of an index at least as new as ``commit``, with what was read from it.

    Addresses are valid for this ``searcher`` only. ``allowed`` are the vectors allowed by each filter.
    """

    commit: bytes
    searcher: tantivy.Searcher
    allowed: dict[tuple[Clause, ...], AllowedVectors] = field(default_factory=dict)
    _addresses: dict[tuple[str, str], Addresses] = field(default_factory=dict)

    def addresses(self, schema: tantivy.Schema, name: str, values: Collection[str]) -> dict[str, Addresses]:
        """Return the addresses of the retrieval units that have each of ``values`` of the keyword field ``name``."""
        for value in values:
            if (name, value) not in self._addresses:
                query = Query.const_score_query(Query.term_query(schema, name, value, "basic"), 0.0)
                found = self.searcher.search(query, limit=max(1, int(self.searcher.num_docs)), count=False)
                self._addresses[name, value] = addresses_of(found.hits)
        return {value: self._addresses[name, value] for value in values}


@dataclass(frozen=True, slots=True)
class DividedRanking:
    """The hits of ``query`` divided by the values of the field ``name``; ``order`` are options of the search."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    query: Query
    name: str
    order: Mapping[str, Any]

    def first(self, groups: Mapping[str, Addresses], limit: int) -> dict[str, list[Hit]]:
        """Return the first ``limit`` hits of each value, in order; ``groups`` are the addresses of each value."""
        found: dict[str, list[Hit]] = {}
        missing, depth, query = set(groups), _DEPTH, self.query
        while missing:
            hits = self.searcher.search(query, limit=depth, count=False, **self.order).hits
            addresses = addresses_of(hits)
            for value in missing:
                places = np.flatnonzero(np.isin(addresses, groups[value], assume_unique=True))[:limit]
                found[value] = [hits[place] for place in places.tolist()]
            if len(hits) < depth:
                break
            missing = {value for value in missing if len(found[value]) < min(limit, len(groups[value]))}
            depth *= _DEEPER
            query = self._restricted(missing)
        return {value: hits for value, hits in found.items() if hits}

    def _restricted(self, values: Collection[str]) -> Query:
        within = Query.const_score_query(Query.term_set_query(self.schema, self.name, sorted(values)), 0.0)
        return Query.boolean_query([(Occur.Must, within), (Occur.Must, self.query)])


def divided(
    scopes: npt.NDArray[np.int64], members: Mapping[str, npt.NDArray[np.bool_]], limit: int
) -> dict[str, npt.NDArray[np.int64]]:
    """Return for each value the positions in ``scopes`` of its first ``limit`` different scopes.

    ``scopes`` are scopes by rank, which may be repeated; ``members`` are masks over all scopes.
    """
    _, first = np.unique(scopes, return_index=True)
    first.sort()
    ranked = scopes[first]
    return {value: first[member[ranked]][:limit] for value, member in members.items()}
