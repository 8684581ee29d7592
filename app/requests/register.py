"""Lines of the register of requests: who asks whom for what, the nearest deadline, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.requests.readings import StoredReading
from indexing.store.rows import StoredDocument

SOON = 14
"""Days before a deadline within which it is shown as near."""


@dataclass(frozen=True, slots=True)
class RegisteredRequest:
    """One line of the register; states are ISO 3166 codes, empty where unknown.

    ``deadline`` is the first one that is not past, else the last, as ISO 8601; ``days_left`` is negative once past.
    """

    document: StoredDocument
    is_read: bool
    requesting: str
    requested: str
    reference: str
    measures: tuple[str, ...]
    offences: tuple[str, ...]
    deadline: str
    days_left: int | None
    missing: int
    urgent: bool


def register_line(stored: StoredReading, day: date) -> RegisteredRequest:
    """Return the line of a request on ``day``."""
    row = stored.row or {}
    fields: Mapping[str, list[Mapping[str, Any]]] = row.get("fields", {})
    deadline = _deadline((found["value"]["date"] for found in fields.get("deadlines", ())), day)
    return RegisteredRequest(
        document=stored.document,
        is_read=stored.row is not None,
        requesting=_first(fields, "requesting_state"),
        requested=_first(fields, "requested_state"),
        reference=_first(fields, "own_reference"),
        measures=tuple(dict.fromkeys(found["value"]["measure"] for found in fields.get("measures", ()))),
        offences=tuple(dict.fromkeys(found["value"]["concept"] for found in fields.get("offences", ()))),
        deadline=deadline,
        days_left=(date.fromisoformat(deadline) - day).days if deadline else None,
        missing=sum(check["state"] != "present" for check in row.get("preflight", ())),
        urgent=bool(fields.get("urgency")),
    )


def _first(fields: Mapping[str, list[Mapping[str, Any]]], key: str) -> str:
    found = fields.get(key)
    return str(found[0]["value"]) if found else ""


def _deadline(days: Iterable[Any], today: date) -> str:
    """Return the first whole day that is not past, else the last; empty where there is none."""
    whole = sorted(day for day in days if isinstance(day, str) and len(day) == 10)
    return next((day for day in whole if day >= today.isoformat()), whole[-1] if whole else "")
