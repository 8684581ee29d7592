"""Pending work on requests: near deadlines, letters to link, states to record, preservations without a request."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.requests.deadlines.radar import RadarFilter, RadarLine, radar
from app.requests.direction import INCOMING, OUTGOING, directions
from app.requests.life.course import reported_states
from app.requests.life.events import current_states
from app.requests.life.statuses import waits_for
from app.requests.life.stored_links import undecided_links
from app.requests.register import SOON
from app.requests.search.statuses import FOREIGN, OWN, REQUESTED, REQUESTING
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a person of the desk has to look at.

    ``near`` are the deadlines within 14 days, today's included, ``passed`` those of the last 30 days that still run,
    ``preservations`` those of data or liberty without a formal request. ``links`` counts proposed links,
    ``statuses`` states that answers report. ``requesting`` and ``requested`` count the requests in whose state that
    side has to act; ``own`` and ``foreign`` those of them that wait for the State of the authority, or for the other.
    """

    near: tuple[RadarLine, ...]
    passed: tuple[RadarLine, ...]
    links: int
    statuses: int
    preservations: int
    requesting: int
    requested: int
    own: int
    foreign: int

    @property
    def past(self) -> int:
        """Return the number of passed deadlines that still run."""
        return len(self.passed)

    @property
    def sides(self) -> dict[str, int]:
        """Return how many requests wait for each side: as the authority sees them, where its State is known."""
        known = {OWN: self.own, FOREIGN: self.foreign}
        sides = known if any(known.values()) else {REQUESTING: self.requesting, REQUESTED: self.requested}
        return {side: count for side, count in sides.items() if count}


def waiting(store: Store, access: AccessFilter, today: date) -> Waiting:
    """Return what waits over the visible requests: one definition for pages, API and command."""
    lines = radar(store, access, RadarFilter(ahead=SOON), today).lines
    near = tuple(line for line in lines if line.deadline.day >= today.isoformat())
    ending = radar(store, access, RadarFilter(follow_up=True), today).lines
    sides = _sides(store, access)
    return Waiting(
        near=near,
        passed=lines[: len(lines) - len(near)],
        links=len(undecided_links(store, access)),
        statuses=len(reported_states(store, access)),
        preservations=sum(line.lacks_follow_up for line in ending),
        requesting=sum(count for (side, _), count in sides.items() if side == REQUESTING),
        requested=sum(count for (side, _), count in sides.items() if side == REQUESTED),
        own=sides[REQUESTED, INCOMING] + sides[REQUESTING, OUTGOING],
        foreign=sides[REQUESTING, INCOMING] + sides[REQUESTED, OUTGOING],
    )


def _sides(store: Store, access: AccessFilter) -> Counter[tuple[str, str]]:
    """Count the visible requests by the side that has to act and by direction (empty if unknown)."""
    current, direction = current_states(), directions().subquery()
    query = (
        select(current.c.code, direction.c.direction, func.count())
        .join(DocumentRow, DocumentRow.id == current.c.document)
        .outerjoin(direction, direction.c.document == current.c.document)
        .where(visible_documents(access))
        .group_by(current.c.code, direction.c.direction)
    )
    sides = Counter[tuple[str, str]]()
    with Session(store.database) as session:
        for code, way, count in session.execute(query):
            sides[waits_for(code), way or ""] += count
    return sides
