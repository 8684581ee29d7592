"""Current states of requests in the search: conditions and counts over recorded events."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Subquery, or_, select

from app.requests.life.events import current_states
from app.requests.life.statuses import is_ended, statuses
from indexing.store.schema import DocumentRow

OPEN, ENDED, UNRECORDED = "open", "ended", "unrecorded"
GROUPS = (OPEN, ENDED, UNRECORDED)
"""Values beside the states: something is awaited or no state was recorded; nothing is; no state was recorded."""


def has_status(values: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a document is in any of the states or groups ``values``."""
    current = current_states()
    return or_(*(_is_in(current, value) for value in values))


def _is_in(current: Subquery, value: str) -> ColumnElement[bool]:
    ended = [status for status in statuses() if is_ended(status)]
    if value == UNRECORDED:
        return DocumentRow.id.not_in(select(current.c.document))
    if value == OPEN:
        return DocumentRow.id.not_in(select(current.c.document).where(current.c.code.in_(ended)))
    codes = ended if value == ENDED else [value]
    return DocumentRow.id.in_(select(current.c.document).where(current.c.code.in_(codes)))
