"""Fields of requests as people decided them: rejected proposals left out, corrected text in place of what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.review import CORRECTED, REJECTED, proposal_id
from app.requests.schema import RequestDecisionRow
from indexing.store.reading import Store

Found = Mapping[str, Any]
Decisions = Mapping[tuple[str, str, str], tuple[str, str]]
"""The newest verdict and correction by document, field and id of the proposal."""


def newest_decisions(store: Store, documents: Iterable[str]) -> Decisions:
    """Return the decisions on ``documents``, which the caller has read through the access filter."""
    wanted = set(documents)
    with Session(store.database) as session:
        rows = session.scalars(select(RequestDecisionRow).order_by(RequestDecisionRow.id))
        return {
            (row.document, row.field, row.proposal): (row.verdict, row.text) for row in rows if row.document in wanted
        }


def decided_values(row: Found, document: str, field: str, decisions: Decisions) -> list[Found]:
    """Return the proposals of a field that nobody rejected, each with its ``id`` and ``state``.

    A correction replaces a value that is text, and the date of a deadline.
    """
    kept: list[Found] = []
    for found in row.get("fields", {}).get(field, ()):
        identifier = proposal_id(field, found["value"])
        verdict, text = decisions.get((document, field, identifier), ("proposed", ""))
        if verdict != REJECTED:
            value = _corrected(field, found["value"], text) if verdict == CORRECTED else found["value"]
            kept.append({**found, "id": identifier, "value": value, "state": verdict})
    return kept


def first_value(row: Found, document: str, field: str, decisions: Decisions) -> str:
    """Return the first value of a field that is text, empty where there is none."""
    values = decided_values(row, document, field, decisions)
    return str(values[0]["value"]) if values else ""


def _corrected(field: str, value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    return {**value, "date": text} if field == "deadlines" else value
