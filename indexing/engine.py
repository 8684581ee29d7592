"""What an engine does: keep the records of spaces and answer plans. Both engines pass the same tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt

from indexing.plan import LAST_DAY, AnyOf, Clause, Favoured, Keyword, Plan
from indexing.records import Record, RecordKind

FACET_SIZE = 200
PINNED = 1000.0  # far above any sum of BM25, and small enough for its fractions to survive in 32 bits


@dataclass(frozen=True, slots=True)
class Shown:
    """What an engine keeps of a record to show it: all but its tokens."""

    id: str
    scope_id: str
    kind: RecordKind
    document_id: str
    collection: str
    source: str
    title: str
    document_type: str
    jurisdiction: str
    date: str
    start: int
    end: int
    page: int
    unit: str
    path: tuple[str, ...]
    language: str
    text: str
    pages: tuple[tuple[int, int], ...]
    identity: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A scope that a plan found; ``key`` orders it among those of other spaces, ``cursor`` resumes behind it."""

    shown: Shown
    score: float
    key: tuple[float | str, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` counts scopes; ``facets`` maps each field asked for to (value, count), the greatest first."""

    ranked: tuple[Ranked, ...]
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked by meaning: the vector (dimensions,) that the encoder of version ``encoder`` made of it."""

    encoder: str
    vector: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Close:
    """A scope that is close in meaning, the passage of it that is closest, and the cosine of that."""

    scope: Shown
    passage: Shown
    score: float


class Engine(Protocol):
    """Where records are kept and found.

    All records of a document come in one call of ``write`` (or one batch of ``rebuild``), which replaces what the
    space held of that document: writing twice changes nothing.
    """

    def write(self, space: str, records: Iterable[Record]) -> None: ...

    def delete(self, space: str, document_ids: Iterable[str]) -> None: ...

    def refresh(self, space: str) -> None:
        """Let what was written be found."""

    def rebuild(self, space: str, batches: Iterable[Iterable[Record]]) -> None:
        """Write the space anew; the old one answers until the new one is whole, then gives way at once."""

    def search(self, plan: Plan) -> Found: ...

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, Shown]:
        """Return the passage of each scope that answers ``plan.match`` best, the first where none does."""

    def closest(self, plan: Plan, question: Question) -> tuple[Close, ...]:
        """Return the ``plan.limit`` scopes closest to ``question`` that the plan's match and filters hold for.

        What is pinned, the order, the cursor and the facets of the plan say nothing here. Only vectors of the
        question's own encoder are compared.
        """

    def count(self, space: str, document_ids: Iterable[str] | None = None) -> int:
        """Return how many records the space holds, of these documents or of all."""

    def spaces(self) -> tuple[str, ...]: ...

    def drop(self, space: str) -> None:
        """Remove a space with all that it holds."""

    def close(self) -> None: ...


def shown(record: Record) -> Shown:
    facts = record.facts
    return Shown(
        id=record.id,
        scope_id=record.scope_id,
        kind=record.kind,
        document_id=facts.document_id,
        collection=facts.collection,
        source=facts.source,
        title=facts.title,
        document_type=facts.document_type,
        jurisdiction=facts.jurisdiction,
        date=facts.date,
        start=record.start,
        end=record.end,
        page=record.page,
        unit=record.unit,
        path=record.path,
        language=record.language,
        text=record.text,
        pages=record.pages,
        identity=record.identity,
    )


def passage_id(scope: Shown, place: int) -> str:
    """Return the id of the passage of ``scope`` at ``place``, from 0; a scope that is not cut is its own."""
    return f"{scope.scope_id}:{place}" if scope.kind is RecordKind.SCOPE else scope.id


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Shown)


def pack(record: Record) -> bytes:
    return _encoder.encode(shown(record))


def unpack(packed: bytes) -> Shown:
    return _decoder.decode(packed)


def keywords(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the values of ``plan.KEYWORDS`` that a scope is filtered and counted by."""
    facts = record.facts
    entities: dict[str, tuple[str, ...]] = {}
    for label, value in record.entities:
        entities[label] = (*entities.get(label, ()), value)
    values = {
        "document_id": (facts.document_id,),
        "scope_id": (record.scope_id,),
        "collection": (facts.collection,),
        "case_file": (facts.case_file,),
        "unit": (record.unit,),
        "identity": record.identity,
        "cites": record.cites,
        "jurisdiction": (facts.jurisdiction,),
        "language": (record.language,),
        "document_type": (facts.document_type,),
        "year": (facts.date[:4],),
        "authority": (facts.authority,),
        "concept": entities.get("CONCEPT", ()),
        "offence": entities.get("OFFENCE", ()),
        "institution": entities.get("INSTITUTION", ()),
        "treaty": entities.get("TREATY", ()),
        "validity": (_validity(record),),
    }
    return {name: tuple(value for value in held if value) for name, held in values.items() if any(held)}


def _validity(record: Record) -> str:
    """Return ``known`` or ``unknown`` for a version of a law, nothing for what is none."""
    validity = record.facts.validity
    return "" if validity is None else "known" if validity.start else "unknown"


def days(record: Record) -> dict[str, int]:
    """Return the values of ``plan.DAYS`` of a scope; open sides and what is not known have none but ``valid_to``.

    So whatever nothing is said of is in no range, and an index has no more of it than it must.
    """
    validity = record.facts.validity
    if validity is None:
        return {}
    known = {"possible_from": day(validity.earliest), "possible_to": day(validity.latest)}
    if validity.start:
        known |= {"valid_from": day(validity.start), "valid_to": day(validity.end) or LAST_DAY}
    return {name: value for name, value in known.items() if value}


def day(date: str) -> int:
    """Return an ISO date as YYYYMMDD, its unknown month or day 0; 0 for no date at all."""
    digits = "".join(character for character in date[:10] if character.isdigit())
    return int(digits.ljust(8, "0")) if digits else 0


def nothing(plan: Plan) -> Found:
    """Return the answer of a space that was never written."""
    return Found((), 0, dict.fromkeys(plan.facets, ()))


def conditions(plan: Plan, leaving_out: str = "") -> tuple[Clause, tuple[Clause, ...]]:
    """Return what a scope is ranked by, and all else that it must fulfil, less the filters on one field.

    What is pinned is found whether it matches or not, but never against a filter or the access filter.
    """
    match = plan.match
    if plan.pinned:
        ranks = range(len(plan.pinned), 0, -1)
        pins = (
            Favoured(Keyword("identity", (one,)), PINNED * rank) for one, rank in zip(plan.pinned, ranks, strict=True)
        )
        match = AnyOf((*pins, match))
    filters = tuple(clause for name, clause in plan.filters if name != leaving_out)
    return match, (*filters, Keyword("collection", plan.collections))
