"""Tables of workspaces: members, comments, snapshots."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RoomRow(Base):
    """A room; ``question`` is the comparison that it is about (``ComparisonRequest``) as JSON."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    question: Mapped[dict[str, Any]] = mapped_column(JSON)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class RoomMemberRow(Base):
    """A principal of a room and what it may do there; ``role`` is one of ``app.rooms.rooms.ROLES``."""

    __tablename__ = "room_members"
    __table_args__ = (Index("room_members_once", "room", "principal", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"))
    principal: Mapped[str] = mapped_column(String(64), index=True)
    role: Mapped[str] = mapped_column(String(16))
    added: Mapped[datetime]


class RoomCommentRow(Base):
    """What somebody said of a cell (``source``, ``element`` and ``jurisdiction``), or in reply to a ``parent``.

    ``collections`` are those, public law aside, that the cell quoted for its author: who may not see all of them does
    not see the comment. ``resolved`` is set at the head of a thread alone.
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
    """A comparison as it was, never changed: ``digest`` is the SHA-256 of ``content`` with all that stands beside it.

    ``content`` is ``app.rooms.snapshots.Frozen`` as JSON: public law with its text, all else as ranges and
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
