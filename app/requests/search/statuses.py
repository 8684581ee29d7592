"""Current states of requests in the search: conditions and counts over recorded events."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Subquery, func, or_, select

from app.requests.life.schema import RequestEventRow
from app.requests.life.statuses import is_ended, statuses
from indexing.store.schema import DocumentRow

OPEN, ENDED, UNRECORDED = "open", "ended", "unrecorded"
GROUPS = (OPEN, ENDED, UNRECORDED)
"""Values beside the states: something is awaited or no state was recorded; nothing is; no state was recorded."""


def current_states() -> Subquery:
    """Return the newest state of each request (``document``, ``code``) that was not retracted."""
    row = RequestEventRow
    retracted = select(row.retracts).where(row.retracts != 0)
    newest = (
        select(func.max(row.id).label("id"))
        .where(row.code.in_(statuses()), row.retracts == 0, row.id.not_in(retracted))
        .group_by(row.document)
        .subquery()
    )
    return select(row.document, row.code).join(newest, newest.c.id == row.id).subquery()


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
