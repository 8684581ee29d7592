"""Engine protocol: stores records of partitions and answers plans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from indexing.engines.plan import Plan
from indexing.records.record import Record
from indexing.records.stored_fields import StoredFields

FACET_SIZE = 200


@dataclass(frozen=True, slots=True)
class Ranked:
    """A scope in the result of a plan; ``key`` is its sort key across partitions, ``cursor`` resumes after it."""

    shown: StoredFields
    score: float
    key: tuple[float | str, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Result of a plan: ``total`` counts scopes; ``facets`` maps each requested field to (value, count), descending."""

    ranked: tuple[Ranked, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VectorQuery:
    """A semantic query: its vector (dimensions,) and the version of the encoder that made it."""

    encoder: str
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NearestPassages:
    """A semantically close scope, its closest passage and their cosine."""

    scope: StoredFields
    passage: StoredFields
    score: float


Address: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Placed:
    """A scope in a ranking of a :class:`GroupReader`, not loaded: its ``address`` there, its score and sort key."""

    address: Address
    score: float
    key: tuple[float | str, ...]


class GroupReader(Protocol):
    """Reads one partition by the values of a keyword field.

    Rankings name scopes by addresses, which are valid for this reader alone, so that only what is shown is loaded.
    Cursor and facets of plans are ignored; values are in the given order, those without results omitted.
    """

    def ranked(self, plan: Plan) -> Mapping[str, tuple[Placed, ...]]:
        """Return for each value the first ``plan.limit`` scopes that have it, as :meth:`Engine.search` orders them."""

    def closest(self, plan: Plan, question: VectorQuery) -> Mapping[str, tuple[Placed, ...]]:
        """Return for each value what :meth:`Engine.closest` finds among the scopes that have it."""

    def satisfying(self, plan: Plan, addresses: Collection[Address]) -> frozenset[Address]:
        """Return those of ``addresses`` whose scopes satisfy the match and the filters of ``plan``."""

    def load(self, plan: Plan, addresses: Collection[Address]) -> Mapping[Address, StoredFields]:
        """Return the scopes at ``addresses`` that satisfy the filters of ``plan``; its match is ignored."""


class Engine(Protocol):
    """Stores and finds records; ``name`` is the value of the setting.

    A generation is the index of a partition from one ``rebuild`` to the next. Its name is unique forever, even after an
    index is lost and created again. All records of a document are passed in one call of ``write`` (or one batch of
    ``rebuild``), which replaces the document's previous records, so writing is idempotent.
    """

    @property
    def name(self) -> str: ...

    def generation(self, partition: str) -> str:
        """Return the live generation, ``""`` for a partition that was never written."""

    def write(self, partition: str, records: Iterable[Record]) -> str:
        """Return the generation that now has all of ``records``, ``""`` if a rebuild ended meanwhile."""

    def delete(self, partition: str, document_ids: Iterable[str]) -> None:
        """Remove all records of documents; unknown ids are ignored."""

    def documents_sharing_files(self, partition: str) -> frozenset[str]:
        """Return the ids of documents whose records share a file of the index with removed records.

        Once they are rewritten, and :meth:`expunge` was called if the engine ``expunges_later``, the index contains
        nothing of the removed records.
        """

    def expunges_later(self, partition: str) -> bool:
        """Return whether the words of removed records stay in the index of a partition until :meth:`expunge`."""

    def expunge(self, partition: str) -> None:
        """Remove the words of removed records from the index; takes minutes for a large one."""

    def refresh(self, partition: str) -> None:
        """Make written records visible to searches."""

    def rebuild(self, partition: str, batches: Iterable[Iterable[Record]]) -> str:
        """Build a new generation from all records and return it; the old one answers until it is complete."""

    def search(self, plan: Plan) -> EngineResult:
        """Return the ranked scopes, their number and the facets of a plan; empty for an unknown partition."""

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, StoredFields]:
        """Return the passage of each scope that best matches ``plan.match``, by default the first."""

    def closest(self, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        """Return the ``plan.limit`` scopes closest to ``question`` that satisfy the plan's match and filters.

        Pinned ids, sort order, cursor and facets of the plan are ignored. Only vectors of the question's encoder are
        compared.
        """

    def grouped(self, partition: str, field: str, values: Collection[str]) -> GroupReader | None:
        """Return a reader of ``partition`` by ``values`` of the keyword ``field``; None if it was never written."""

    def count(self, partition: str, document_ids: Iterable[str] | None = None) -> int:
        """Return the number of records in the partition, of these documents or of all."""

    def partitions(self) -> tuple[str, ...]:
        """Return the partitions that were written, sorted."""

    def drop(self, partition: str) -> None:
        """Remove a partition with all its records."""

    def close(self) -> None:
        """Release connections and files; the engine is not used afterwards."""


def nothing(plan: Plan) -> EngineResult:
    """Return the empty result of a partition that was never written."""
    return EngineResult((), 0, dict.fromkeys(plan.facets, ()))
