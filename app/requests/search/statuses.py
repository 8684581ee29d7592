"""Current states of requests in the search: conditions over recorded events, and the side that has to act."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Subquery, and_, or_, select

from app.requests.direction import INCOMING, OUTGOING, directions
from app.requests.life.events import current_states
from app.requests.life.statuses import is_ended, statuses, waits_for
from indexing.store.schema import DocumentRow

REQUESTING, REQUESTED, OWN, FOREIGN = "requesting", "requested", "own", "foreign"
"""Sides that have to act: by name, and as the authority sees them whose file the request is."""
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


def waits_on(sides: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that one of ``sides`` has to act on a document."""
    return or_(*(_waits_on(side) for side in sides))


def _waits_on(side: str) -> ColumnElement[bool]:
    if side in (REQUESTING, REQUESTED):
        current = current_states()
        codes = [code for code in statuses() if waits_for(code) == side]
        return DocumentRow.id.in_(select(current.c.document).where(current.c.code.in_(codes)))
    incoming, outgoing = (REQUESTED, REQUESTING) if side == OWN else (REQUESTING, REQUESTED)
    return or_(and_(_has_direction(INCOMING), _waits_on(incoming)), and_(_has_direction(OUTGOING), _waits_on(outgoing)))


def _has_direction(direction: str) -> ColumnElement[bool]:
    ways = directions().subquery()
    return DocumentRow.id.in_(select(ways.c.document).where(ways.c.direction == direction))
