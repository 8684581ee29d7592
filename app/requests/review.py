"""Review of a request: proposals with the decisions of people, and the recording of decisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.readings import StoredReading, stored_reading
from app.requests.rows import with_messages
from app.requests.schema import RequestDecisionRow
from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.reading import Store
from indexing.store.writing import now, writing

CONFIRMED, CORRECTED, REJECTED, PROPOSED = "confirmed", "corrected", "rejected", "proposed"
VERDICTS = (CONFIRMED, CORRECTED, REJECTED)
LONGEST_VALUE = 2_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a proposal of ``value``; ``text`` is what he or she entered as a correction.

    ``start`` and ``end`` are the evidence at that time.
    """

    field: str
    proposal: str
    verdict: str
    text: str
    principal: str
    made: datetime
    value: Any = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedValue:
    """A proposal with its evidence (offsets, page from 1, quoted words) and the newest decision on it."""

    id: str
    field: str
    value: Any
    quote: str
    start: int
    end: int
    page: int
    confidence: float
    decision: Decision | None

    @property
    def state(self) -> str:
        return self.decision.verdict if self.decision else PROPOSED


@dataclass(frozen=True, slots=True)
class Review:
    """All that the review page shows of a request."""

    reading: StoredReading
    fields: Mapping[str, tuple[ReviewedValue, ...]]
    checks: Sequence[Mapping[str, Any]]
    history: tuple[Decision, ...]

    @property
    def undecided(self) -> int:
        return sum(value.decision is None for values in self.fields.values() for value in values)


def review(store: Store, access: AccessFilter, document_id: str, language: str = "en") -> Review:
    """Return the review of a request, its checks explained in ``language``; raises what ``stored_reading`` does."""
    reading = stored_reading(store, access, document_id)
    text, history = store.reading(access, document_id), _history(store, document_id)
    newest = {(one.field, one.proposal): one for one in history}
    row = reading.row or {}
    fields = {
        key: tuple(_value(key, found, text, newest) for found in proposals)
        for key, proposals in with_decided(row.get("fields", {}), newest.values()).items()
    }
    return Review(reading, fields, with_messages(row.get("preflight", ()), language), history)


def with_decided(
    fields: Mapping[str, Sequence[Mapping[str, Any]]], newest: Iterable[Decision]
) -> dict[str, list[Mapping[str, Any]]]:
    """Return proposals with those that people confirmed or corrected and a later reading no longer makes.

    ``newest`` are the newest decisions of each proposal.
    """
    found = {key: list(proposals) for key, proposals in fields.items()}
    known = {proposal_id(key, one["value"]) for key, proposals in fields.items() for one in proposals}
    for one in newest:
        if one.proposal not in known and one.verdict != REJECTED:
            kept = {"value": one.value, "start": one.start, "end": one.end, "confidence": 1.0, "origin": "person"}
            found.setdefault(one.field, []).append(kept)
    return found


def decide(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    document_id: str,
    proposal: str,
    verdict: str,
    text: str = "",
) -> None:
    """Record a decision on a proposal (its id) of a request.

    ``text`` is the corrected value where ``verdict`` is ``corrected``. Raises ``app.form_invalid`` for another verdict
    or an empty correction, ``app.no_such_proposal`` for a proposal that the reading does not hold, and what
    ``stored_reading`` raises.
    """
    text = text.strip()
    if verdict not in VERDICTS or (verdict == CORRECTED and not text) or len(text) > LONGEST_VALUE:
        raise RogatioError("app.form_invalid")
    values = (one for found in review(store, access, document_id).fields.values() for one in found)
    value = next((one for one in values if one.id == proposal), None)
    if value is None:
        raise RogatioError("app.no_such_proposal")
    with writing(store) as session:
        session.add(
            RequestDecisionRow(
                document=document_id,
                field=value.field,
                proposal=proposal,
                verdict=verdict,
                value=value.value,
                text=text if verdict == CORRECTED else "",
                start=value.start,
                end=value.end,
                principal=principal.id,
                made=now(),
            )
        )


def proposal_id(field: str, value: Any) -> str:
    """Return an id that a proposal keeps when the document is read again and yields the same value."""
    written = json.dumps([field, value], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _value(
    field: str, found: Mapping[str, Any], text: Document, newest: Mapping[tuple[str, str], Decision]
) -> ReviewedValue:
    identifier, start, end = proposal_id(field, found["value"]), found["start"], found["end"]
    return ReviewedValue(
        id=identifier,
        field=field,
        value=found["value"],
        quote=" ".join(text.text[start:end].split()),
        start=start,
        end=end,
        page=text.page_at(start),
        confidence=found["confidence"],
        decision=newest.get((field, identifier)),
    )


def decision_from(row: RequestDecisionRow) -> Decision:
    """Return the decision that a row of the table holds."""
    return Decision(
        row.field, row.proposal, row.verdict, row.text, row.principal, row.made, row.value, row.start, row.end
    )


def _history(store: Store, document_id: str) -> tuple[Decision, ...]:
    statement = select(RequestDecisionRow).where(RequestDecisionRow.document == document_id)
    with Session(store.database) as session:
        rows = session.scalars(statement.order_by(RequestDecisionRow.id))
        return tuple(decision_from(row) for row in rows)
