"""Fields of requests after decisions of people: without rejected proposals, with corrected values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.decisions import CORRECTED, PROPOSED, REJECTED, Decision, decision_from, proposal_id, with_decided
from app.requests.schema import RequestDecisionRow
from app.requests.written_identifiers import identifier_in
from app.requests.written_values import (
    amount_in,
    deadline_in,
    legal_basis_in,
    measure_in,
    period_in,
    person_in,
    translation_in,
)
from indexing.search.query_fields import normalised_value
from indexing.store.reading import Store
from nlp.concepts.layer import broader_concepts, concepts
from nlp.requests.dates.period_lengths import length_of

Found = Mapping[str, Any]
Decisions = Mapping[str, Mapping[str, Decision]]
"""The newest decision on each proposal (its id), by document."""


def decisions_by_document(store: Store, documents: Iterable[str]) -> Decisions:
    """Return the decisions on ``documents``, which were read through the access filter."""
    row = RequestDecisionRow
    newest: dict[str, dict[str, Decision]] = defaultdict(dict)
    with Session(store.database) as session:
        for found in session.scalars(select(row).where(row.document.in_(set(documents))).order_by(row.id)):
            newest[found.document][found.proposal] = decision_from(found)
    return newest


def decided_values(row: Found, document: str, field: str, decisions: Decisions) -> list[Found]:
    """Return the proposals of a field as ``decided_proposals`` does."""
    return decided_proposals(row, decisions.get(document, {})).get(field, [])


def decided_proposals(row: Found, newest: Mapping[str, Decision]) -> dict[str, list[Found]]:
    """Return by field the proposals not rejected, with ``id`` and ``state``, corrected as decided.

    ``newest`` are the newest decisions on the request by id of the proposal.
    """
    return {
        field: [_decided(field, proposal, newest.get(proposal_id(field, proposal["value"]))) for proposal in proposals]
        for field, found in with_decided(row.get("fields", {}), newest.values()).items()
        if (proposals := [proposal for proposal in found if not _is_rejected(newest, field, proposal)])
    }


def first_value(row: Found, document: str, field: str, decisions: Decisions) -> str:
    """Return the first textual value of a field, empty without one."""
    values = decided_values(row, document, field, decisions)
    return str(values[0]["value"]) if values else ""


def _is_rejected(newest: Mapping[str, Decision], field: str, found: Found) -> bool:
    decision = newest.get(proposal_id(field, found["value"]))
    return decision is not None and decision.verdict == REJECTED


def _decided(field: str, found: Found, decision: Decision | None) -> Found:
    identifier = proposal_id(field, found["value"])
    if decision is None:
        return {**found, "id": identifier, "state": PROPOSED}
    corrected = decision.verdict == CORRECTED
    value = corrected_value(field, found["value"], decision.text) if corrected else found["value"]
    return {**found, "id": identifier, "value": value, "state": decision.verdict}


def corrected_value(field: str, value: Any, text: str) -> Any:
    """Return the value of a field replaced by ``text``; names of codes become codes."""
    if field in ("requesting_state", "requested_state"):
        return normalised_value("jurisdiction", text)
    if not isinstance(value, Mapping):
        return text
    if field == "identifiers":
        return {**value, **(identifier_in(text, value["kind"]) or {"text": text})}
    changed: dict[str, dict[str, Any]] = {
        "measures": measure_in(text),
        "offences": _offence(text),
        "persons": person_in(text),
        "deadlines": _deadline(text),
        "annexes": {"label": text},
        "facts_period": period_in(text) or {"text": text},
        "amounts": amount_in(text) or {"text": text},
        "translation": translation_in(text) or {"text": text},
        "legal_basis": legal_basis_in(text),
        "answer_period": {"text": text, **length_of(text)},
        "preservation_period": {"text": text, **length_of(text)},
    }
    return {**value, **changed.get(field, {"text": text})}


def _deadline(text: str) -> dict[str, str]:
    try:
        return deadline_in(text)
    except ValueError:
        return {"date": text}


def _offence(text: str) -> dict[str, Any]:
    code = normalised_value("offence", text)
    return {"concept": code, "broader": list(broader_concepts(code)) if code in concepts() else []}
