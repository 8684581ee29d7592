"""Tables of workspaces: members, comments, snapshots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RoomRow(Base):
    """A workspace; ``question`` is its comparison (``ComparisonRequest``) as JSON."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    question: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class RoomMemberRow(Base):
    """A member of a workspace; ``role`` is one of ``app.rooms.rooms.ROLES``, ``seen`` the last visit, to the minute."""

    __tablename__ = "room_members"
    __table_args__ = (Index("room_members_once", "room", "principal", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    principal: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[str] = mapped_column(String(16))
    added: Mapped[datetime]
    seen: Mapped[datetime | None] = mapped_column(default=None)


class RoomCommentRow(Base):
    """A comment on a cell (``source``, ``element`` and ``jurisdiction``), or a reply to ``parent``.

    ``collections`` are those, other than public law, that the cell quoted for its author: the comment is visible only
    to those who may see all of them. ``resolved`` is set only at the head of a thread.
    """

    __tablename__ = "room_comments"
    __table_args__ = (Index("room_comments_of_room", "room", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    parent: Mapped[int | None] = mapped_column(ForeignKey("room_comments.id", ondelete="CASCADE"), default=None)
    source: Mapped[str] = mapped_column(String(64))
    element: Mapped[str] = mapped_column(String(64))
    jurisdiction: Mapped[str] = mapped_column(String(8))
    collections: Mapped[list[Any]] = mapped_column(JSON, default=list)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    resolved: Mapped[datetime | None] = mapped_column(default=None)
    resolved_by: Mapped[str] = mapped_column(String(64), default="")


class RoomVersionRow(Base):
    """An immutable snapshot: ``digest`` is the SHA-256 of ``content`` and of the other columns.

    ``content`` is ``app.rooms.snapshots.Snapshot`` as JSON: public law with its text, other documents as ranges and
    hashes.
    """

    __tablename__ = "room_versions"
    __table_args__ = (Index("room_versions_once", "room", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class RoomProvisionChangeRow(Base):
    """A provision, by its id in the index, added to or removed from a workspace (``app.rooms.provisions``)."""

    __tablename__ = "room_provision_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    provision: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class RoomDecisionRow(Base):
    """A proposed decision; ``outcome`` is empty while the vote is open."""

    __tablename__ = "room_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    closed: Mapped[datetime | None] = mapped_column(default=None)
    closed_by: Mapped[str] = mapped_column(String(64), default="")
    outcome: Mapped[str] = mapped_column(String(16), default="")


class RoomVoteRow(Base):
    """A member's vote on a decision; ``choice`` is one of ``app.rooms.decisions.CHOICES``."""

    __tablename__ = "room_votes"
    __table_args__ = (Index("room_votes_once", "decision", "principal", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    decision: Mapped[int] = mapped_column(ForeignKey("room_decisions.id", ondelete="CASCADE"))
    principal: Mapped[str] = mapped_column(String(64))
    choice: Mapped[str] = mapped_column(String(16))
    made: Mapped[datetime]
