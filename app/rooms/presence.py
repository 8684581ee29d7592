"""Who is in a workspace now: the members who opened one of its pages within the last minutes.

Of each member only the last time is kept, per workspace and to the minute; it is shown to members alone, as a name
without a time, and overwritten by the next visit.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.rooms.rooms import Room
from app.rooms.schema import RoomMemberRow
from indexing.access import Principal
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.writing import now, writing

PRESENT_FOR = timedelta(minutes=5)
_NOTED_EVERY = timedelta(minutes=1)


def note_presence(store: Store, principal: Principal, room_id: str) -> None:
    """Record that a member opened a page of a workspace, at most once a minute; nothing for anybody else."""
    moment = now().replace(second=0, microsecond=0)
    own = select(RoomMemberRow).where(RoomMemberRow.room == room_id, RoomMemberRow.principal == principal.id)
    with Session(store.database) as session:
        row = session.scalar(own)
        if row is None or (row.seen is not None and moment - utc(row.seen) < _NOTED_EVERY):
            return
    with writing(store) as session:
        if row := session.scalar(own):
            row.seen = moment


def present(room: Room, principal: Principal, at: datetime) -> tuple[str, ...]:
    """Return the other members who are in a workspace at a time, in the order of the list of members."""
    return tuple(
        member.principal
        for member in room.members
        if member.principal != principal.id and member.seen is not None and at - utc(member.seen) < PRESENT_FOR
    )
