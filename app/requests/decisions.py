"""Decisions of people on proposals of a request: confirmed, corrected or rejected; the newest one is valid."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.schema import RequestDecisionRow

CONFIRMED, CORRECTED, REJECTED, PROPOSED = "confirmed", "corrected", "rejected", "proposed"
# What names a value of a field, whatever its details.
NAMED = {"measures": "measure", "offences": "concept", "persons": "name"}
VERDICTS = (CONFIRMED, CORRECTED, REJECTED)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's decision on a proposal of ``value``; ``text`` is the entered correction.

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


def proposal_id(field: str, value: Any) -> str:
    """Return the id of a proposal, which is the same if the document is read again with the same value."""
    written = json.dumps([field, value], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def decision_history(session: Session, document_id: str) -> tuple[Decision, ...]:
    """Return the decisions on a request that was read through the access filter, oldest first."""
    statement = select(RequestDecisionRow).where(RequestDecisionRow.document == document_id)
    return tuple(decision_from(row) for row in session.scalars(statement.order_by(RequestDecisionRow.id)))


def newest_decisions(history: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """Return the newest decision by field and id of the proposal; ``history`` is oldest first."""
    return {(decision.field, decision.proposal): decision for decision in history}


def with_decided(
    fields: Mapping[str, Sequence[Mapping[str, Any]]], newest: Iterable[Decision]
) -> dict[str, list[Mapping[str, Any]]]:
    """Return proposals with those confirmed or corrected ones that a later reading no longer proposes.

    Such a one takes the place of a proposal of the same measure, offence or name from the same words, whose details the
    later reading finds otherwise. ``newest`` are the newest decisions of each proposal.
    """
    found = {key: list(proposals) for key, proposals in fields.items()}
    known = {proposal_id(key, proposal["value"]) for key, proposals in fields.items() for proposal in proposals}
    decided = list(newest)
    ids = {decision.proposal for decision in decided}
    for decision in decided:
        if decision.proposal not in known and decision.verdict != REJECTED:
            held = found.setdefault(decision.field, [])
            places = _replaced(decision, held, ids)
            held.insert(places[0] if places else len(held), _kept(decision))
            for place in reversed(places):
                del held[place + 1]
    return found


def _kept(decision: Decision) -> Mapping[str, Any]:
    """Return the decided value as a proposal."""
    return {
        "value": decision.value,
        "start": decision.start,
        "end": decision.end,
        "confidence": 1.0,
        "origin": "person",
    }


def _replaced(decision: Decision, held: Sequence[Mapping[str, Any]], decided: Set[str]) -> list[int]:
    """Return the places of the proposals whose place a decided one takes: those with its targets, else the first."""
    places = [number for number, proposal in enumerate(held) if _replaces(decision, proposal, decided)]
    targets = _targets(decision.value) if places else ()
    named = [number for number in places if held[number]["value"].get("target") in targets]
    return named or places[:1]


def _targets(value: Mapping[str, Any]) -> Set[str]:
    """Return the target of a measure, and each of several persons whom earlier readings joined by commas."""
    target = str(value.get("target") or "")
    return {target, *target.split(", ")} - {""}


def _replaces(decision: Decision, proposal: Mapping[str, Any], decided: Set[str]) -> bool:
    """Return whether nobody decided on a proposal that is the decided one with other details."""
    named = NAMED.get(decision.field, "")
    value, other = decision.value, proposal["value"]
    return (
        bool(named)
        and isinstance(value, Mapping)
        and value.get(named) == other.get(named)
        and proposal["start"] < decision.end
        and decision.start < proposal["end"]
        and proposal_id(decision.field, other) not in decided
    )


def decision_from(row: RequestDecisionRow) -> Decision:
    """Return the decision in a row of the table."""
    return Decision(
        row.field, row.proposal, row.verdict, row.text, row.principal, row.made, row.value, row.start, row.end
    )
