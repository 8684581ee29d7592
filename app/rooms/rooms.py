"""Workspaces: a comparison shared by members, each of whom sees only what his or her access allows.

For anybody but its members a workspace does not exist.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.accounts.accounts import account, accounts_exist
from app.accounts.limits import WORKSPACES, limit
from app.comparison.table import ComparisonRequest
from app.rooms.schema import RoomMemberRow, RoomRow
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.store.database import serialise
from indexing.store.reading import Store
from indexing.store.writing import now, writing

OWNER, MEMBER, READER = "owner", "member", "reader"
ROLES = (OWNER, MEMBER, READER)
MAX_MEMBERS = 200
MAX_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A member: owners may do everything, a ``member`` comments, takes snapshots, adds and removes provisions, a
    ``reader`` reads and exports. ``seen`` is the last visit.
    """

    principal: str
    role: str
    added: datetime
    seen: datetime | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A workspace as one of its members sees it; ``role`` is that member's."""

    id: str
    name: str
    question: ComparisonRequest
    author: str
    made: datetime
    role: str
    members: tuple[Member, ...]

    @property
    def may_write(self) -> bool:
        return self.role in (OWNER, MEMBER)

    @property
    def is_owned(self) -> bool:
        return self.role == OWNER


def open_room(store: Store, principal: Principal, name: str, question: ComparisonRequest) -> Room:
    """Create a workspace with ``principal`` as its owner.

    Raises ``indexing.room_without_name`` and ``indexing.too_many_rooms``.
    """
    name = _named(name)
    with writing(store) as session:
        _require_room_for_another(session, principal)
        row = RoomRow(
            id=uuid.uuid4().hex[:16],
            name=name,
            question=msgspec.to_builtins(question),
            author=principal.id,
            made=now(),
        )
        session.add(row)
        session.flush()
        session.add(RoomMemberRow(room=row.id, principal=principal.id, role=OWNER, added=now()))
        session.flush()
        return _room(session, row, principal)


def _require_room_for_another(session: Session, principal: Principal) -> None:
    """Raise ``indexing.too_many_rooms`` if as many workspaces exist as an account may create.

    Those that their author left count too, so that nobody gets around the limit; the single user has none.
    """
    if principal == LOCAL_USER:
        return
    serialise(session, "rooms", principal.id)
    most = limit(WORKSPACES)
    created = select(func.count()).select_from(RoomRow).where(RoomRow.author == principal.id)
    if (session.scalar(created) or 0) >= most:
        raise RogatioError("indexing.too_many_rooms", most=most)


def rooms(store: Store, principal: Principal) -> tuple[Room, ...]:
    """Return the workspaces of a principal, newest first."""
    with Session(store.database) as session:
        rows = session.scalars(_of(principal).order_by(RoomRow.made.desc(), RoomRow.id))
        return tuple(_room(session, row, principal) for row in rows.all())


def room(store: Store, principal: Principal, room_id: str) -> Room:
    """Return a workspace; raises ``indexing.no_such_room``, also for non-members."""
    with Session(store.database) as session:
        return member_room(session, principal, room_id)


def member_room(session: Session, principal: Principal, room_id: str, roles: Collection[str] = ROLES) -> Room:
    """Return a workspace within a transaction; raises ``indexing.not_your_part`` without one of ``roles``."""
    row = session.scalar(_of(principal).where(RoomRow.id == room_id))
    if row is None:
        raise RogatioError("indexing.no_such_room", room=room_id[:40])
    found = _room(session, row, principal)
    if found.role not in roles:
        raise RogatioError("indexing.not_your_part")
    return found


def rename(store: Store, principal: Principal, room_id: str, name: str) -> None:
    """Rename a workspace; only for owners."""
    name = _named(name)
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER,))
        _row(session, room_id).name = name


def change_question(store: Store, principal: Principal, room_id: str, question: ComparisonRequest) -> None:
    """Change the question of a workspace; its snapshots and comments are kept."""
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER,))
        _row(session, room_id).question = msgspec.to_builtins(question)


def close_room(store: Store, principal: Principal, room_id: str) -> None:
    """Delete a workspace with all its comments and snapshots."""
    with writing(store) as session:
        member_room(session, principal, room_id, (OWNER,))
        session.delete(_row(session, room_id))


def set_member(store: Store, principal: Principal, room_id: str, member: str, role: str) -> None:
    """Add a principal to a workspace, or change the role of a member.

    An installation without accounts takes any name. Raises ``indexing.no_such_role``, ``indexing.last_owner``,
    ``indexing.room_full`` and, for somebody new without an account, ``app.no_such_account``.
    """
    member = member.strip()
    if role not in ROLES or not 0 < len(member) <= 64:
        raise RogatioError("indexing.no_such_role", role=role[:40], roles=", ".join(ROLES))
    with writing(store) as session:
        found = member_room(session, principal, room_id, (OWNER,))
        _leave_an_owner(found, member, role)
        row = session.scalar(_member(room_id, member))
        if row is not None:
            row.role = role
        elif len(found.members) >= MAX_MEMBERS:
            raise RogatioError("indexing.room_full", most=MAX_MEMBERS)
        else:
            if accounts_exist(store):
                account(store, member)
            session.add(RoomMemberRow(room=room_id, principal=member, role=role, added=now()))


def remove_member(store: Store, principal: Principal, room_id: str, member: str) -> None:
    """Remove a member; an owner may remove anybody, other members only themselves."""
    with writing(store) as session:
        found = member_room(session, principal, room_id)
        if not found.is_owned and member != principal.id:
            raise RogatioError("indexing.not_your_part")
        _leave_an_owner(found, member, "")
        row = session.scalar(_member(room_id, member))
        if row is not None:
            session.delete(row)


def _leave_an_owner(found: Room, member: str, role: str) -> None:
    owners = {member.principal for member in found.members if member.role == OWNER}
    if role != OWNER and owners == {member}:
        raise RogatioError("indexing.last_owner")


def _named(name: str) -> str:
    """Return a name on one line; raises ``indexing.room_without_name`` if no character would be visible."""
    name = " ".join(name.split())[:MAX_NAME_LENGTH]
    if not any(character.isprintable() and character != " " for character in name):
        raise RogatioError("indexing.room_without_name")
    return name


def _of(principal: Principal) -> Select[tuple[RoomRow]]:
    own_rooms = select(RoomMemberRow.room).where(RoomMemberRow.principal == principal.id)
    return select(RoomRow).where(RoomRow.id.in_(own_rooms))


def _member(room_id: str, member: str) -> Select[tuple[RoomMemberRow]]:
    return select(RoomMemberRow).where(RoomMemberRow.room == room_id, RoomMemberRow.principal == member)


def _row(session: Session, room_id: str) -> RoomRow:
    return session.get_one(RoomRow, room_id)


def _room(session: Session, row: RoomRow, principal: Principal) -> Room:
    rows = session.scalars(select(RoomMemberRow).where(RoomMemberRow.room == row.id).order_by(RoomMemberRow.id))
    members = tuple(Member(row.principal, row.role, row.added, row.seen) for row in rows)
    role = next(member.role for member in members if member.principal == principal.id)
    question = msgspec.convert(row.question, ComparisonRequest)
    return Room(row.id, row.name, question, row.author, row.made, role, members)
