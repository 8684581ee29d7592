"""Fields of requests as people decided them: rejected proposals left out, corrected text in place of what was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.decisions import CORRECTED, REJECTED, Decision, decision_from, proposal_id, with_decided
from app.requests.schema import RequestDecisionRow
from indexing.store.reading import Store

Found = Mapping[str, Any]
Decisions = Mapping[str, Mapping[str, Decision]]
"""The newest decision on each proposal (its id), by document."""


def decisions_by_document(store: Store, documents: Iterable[str]) -> Decisions:
    """Return the decisions on ``documents``, which the caller has read through the access filter."""
    wanted = set(documents)
    newest: dict[str, dict[str, Decision]] = defaultdict(dict)
    with Session(store.database) as session:
        for row in session.scalars(select(RequestDecisionRow).order_by(RequestDecisionRow.id)):
            if row.document in wanted:
                newest[row.document][row.proposal] = decision_from(row)
    return newest


def decided_values(row: Found, document: str, field: str, decisions: Decisions) -> list[Found]:
    """Return the proposals of a field that nobody rejected, each with its ``id`` and ``state``.

    A correction replaces a value that is text, and the date of a deadline.
    """
    newest = decisions.get(document, {})
    kept: list[Found] = []
    for found in with_decided(row.get("fields", {}), newest.values()).get(field, ()):
        identifier = proposal_id(field, found["value"])
        decision = newest.get(identifier)
        if decision is None:
            kept.append({**found, "id": identifier, "state": "proposed"})
        elif decision.verdict != REJECTED:
            value = _corrected(field, found["value"], decision)
            kept.append({**found, "id": identifier, "value": value, "state": decision.verdict})
    return kept


def first_value(row: Found, document: str, field: str, decisions: Decisions) -> str:
    """Return the first value of a field that is text, empty where there is none."""
    values = decided_values(row, document, field, decisions)
    return str(values[0]["value"]) if values else ""


def _corrected(field: str, value: Any, decision: Decision) -> Any:
    if decision.verdict != CORRECTED:
        return value
    if isinstance(value, str):
        return decision.text
    return {**value, "date": decision.text} if field == "deadlines" else value
