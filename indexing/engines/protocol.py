"""Engine protocol: stores records of partitions and answers plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

from indexing.engines.plan import Clause, ConstantScore, Keyword, Plan, Should
from indexing.records.record import Record
from indexing.records.stored_fields import StoredFields

FACET_SIZE = 200
PINNED = 1000.0  # far above any sum of BM25, and small enough for its fractions to survive in 32 bits


@dataclass(frozen=True, slots=True)
class Ranked:
    """A scope that a plan found; ``key`` orders it among those of other partitions, ``cursor`` resumes behind it."""

    shown: StoredFields
    score: float
    key: tuple[float | str, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class EngineResult:
    """``total`` counts scopes; ``facets`` maps each field asked for to (value, count), the greatest first."""

    ranked: tuple[Ranked, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VectorQuery:
    """What is asked by meaning: the vector (dimensions,) that the encoder of version ``encoder`` made of it."""

    encoder: str
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NearestPassages:
    """A scope that is close in meaning, the passage of it that is closest, and the cosine of that."""

    scope: StoredFields
    passage: StoredFields
    score: float


class Engine(Protocol):
    """Stores and finds records; ``name`` is the value of the setting.

    A generation is the index of a partition from one ``rebuild`` to the next. Its name is unique forever, even after an
    index is lost and created again. All records of a document are passed in one call of ``write`` (or one batch of
    ``rebuild``), which replaces the document's previous records, so writing is idempotent.
    """

    @property
    def name(self) -> str: ...

    def generation(self, partition: str) -> str:
        """Return the generation that answers, "" for a partition that was never written."""

    def write(self, partition: str, records: Iterable[Record]) -> str:
        """Return the generation that has all of ``records`` now, "" where a rebuild ended meanwhile."""

    def delete(self, partition: str, document_ids: Iterable[str]) -> None: ...

    def refresh(self, partition: str) -> None:
        """Let what was written be found."""

    def rebuild(self, partition: str, batches: Iterable[Iterable[Record]]) -> str:
        """Write the partition anew and return its generation; the old one answers until the new one is whole."""

    def search(self, plan: Plan) -> EngineResult: ...

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, StoredFields]:
        """Return the passage of each scope that answers ``plan.match`` best, the first where none does."""

    def closest(self, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        """Return the ``plan.limit`` scopes closest to ``question`` that the plan's match and filters hold for.

        What is pinned, the order, the cursor and the facets of the plan say nothing here. Only vectors of the
        question's own encoder are compared.
        """

    def count(self, partition: str, document_ids: Iterable[str] | None = None) -> int:
        """Return how many records the partition holds, of these documents or of all."""

    def partitions(self) -> tuple[str, ...]: ...

    def drop(self, partition: str) -> None:
        """Remove a partition with all that it holds."""

    def close(self) -> None: ...


def nothing(plan: Plan) -> EngineResult:
    """Return the answer of a partition that was never written."""
    return EngineResult((), 0, dict.fromkeys(plan.facets, ()))


def conditions(plan: Plan, leaving_out: str = "") -> tuple[Clause, tuple[Clause, ...]]:
    """Return what a scope is ranked by, and all else that it must fulfil, less the filters on one field.

    What is pinned is found whether it matches or not, but never against a filter or the access filter.
    """
    match = plan.match
    if plan.pinned:
        ranks = range(len(plan.pinned), 0, -1)
        pins = (
            ConstantScore(Keyword("identity", (one,)), PINNED * rank)
            for one, rank in zip(plan.pinned, ranks, strict=True)
        )
        match = Should((*pins, match))
    filters = tuple(clause for name, clause in plan.filters if name != leaving_out)
    return match, (*filters, Keyword("collection", plan.collections), *plan.limits)
