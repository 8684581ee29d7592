"""Snapshots of an embedded index, with what was read from them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Query

from indexing.engines.plan import Clause

Addresses: TypeAlias = npt.NDArray[np.int64]
Hit: TypeAlias = tuple[Any, tantivy.DocAddress]
_SEGMENT_BITS = 32
_CACHED_BYTES = 512_000_000


def addresses_of(hits: Collection[Hit]) -> Addresses:
    """Return the addresses of hits as integers, in the same order."""
    every = ((address.segment_ord << _SEGMENT_BITS) | address.doc for _, address in hits)
    return np.fromiter(every, np.int64, len(hits))


def document_address(address: int) -> tantivy.DocAddress:
    """Return the address whose integer :func:`addresses_of` returns."""
    return tantivy.DocAddress(address >> _SEGMENT_BITS, address & ((1 << _SEGMENT_BITS) - 1))


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

    @property
    def size(self) -> int:
        """The memory that it takes, in bytes."""
        return sum(each.nbytes for each in (self.addresses, self.packed, self.first, self.count, self.rows))


class AllowedCache:
    """The vectors allowed by the filters used last, of ``_CACHED_BYTES`` at most or of one filter; thread-safe."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Clause, ...], AllowedVectors] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, clauses: tuple[Clause, ...]) -> AllowedVectors | None:
        """Return the vectors that ``clauses`` allow if they are known, and mark them as used last."""
        with self._lock:
            if clauses in self._known:
                self._known.move_to_end(clauses)
            return self._known.get(clauses)

    def keep(self, clauses: tuple[Clause, ...], allowed: AllowedVectors) -> None:
        """Remember the vectors that ``clauses`` allow; the least recently used are forgotten."""
        with self._lock:
            replaced = self._known.pop(clauses, None)
            self._known[clauses] = allowed
            self._bytes += allowed.size - (replaced.size if replaced else 0)
            while self._bytes > _CACHED_BYTES and len(self._known) > 1:
                self._bytes -= self._known.popitem(last=False)[1].size


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of an index at least as new as ``commit``, with what was read from it.

    Addresses are valid for this ``searcher`` only. ``allowed`` are the vectors allowed by each filter.
    """

    commit: bytes
    searcher: tantivy.Searcher
    allowed: AllowedCache = field(default_factory=AllowedCache)
    _addresses: dict[tuple[str, str], Addresses] = field(default_factory=dict)

    def addresses(self, schema: tantivy.Schema, name: str, values: Collection[str]) -> dict[str, Addresses]:
        """Return the addresses, ascending, of the retrieval units that have each of ``values`` of field ``name``."""
        for value in values:
            if (name, value) not in self._addresses:
                query = Query.const_score_query(Query.term_query(schema, name, value, "basic"), 0.0)
                found = self.searcher.search(query, limit=max(1, int(self.searcher.num_docs)), count=False)
                self._addresses[name, value] = np.sort(addresses_of(found.hits))
        return {value: self._addresses[name, value] for value in values}
