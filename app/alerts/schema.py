"""Tables of alerts and their notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class AlertRow(Base):
    """A saved search, or a watched provision of a law (all of it where ``unit`` is empty).

    ``reached`` is the arrival up to which it has looked. ``identities`` are the canonical ids of what is watched,
    ``known`` its text in each version that was looked at (document id -> digest).
    """

    __tablename__ = "alerts"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    principal: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    query: Mapped[str] = mapped_column(Text, default="")
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    language: Mapped[str] = mapped_column(String(8), default="")
    work: Mapped[str] = mapped_column(String(24), default="")
    unit: Mapped[str] = mapped_column(Text, default="")
    identities: Mapped[list[Any]] = mapped_column(JSON, default=list)
    known: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reached: Mapped[int] = mapped_column(Integer)
    made: Mapped[datetime]
    looked: Mapped[datetime]


class AlertMatchRow(Base):
    """What an alert found: a place in a document, without a word of it. ``seen`` is empty while it is new."""

    __tablename__ = "alert_matches"
    __table_args__ = (Index("alert_matches_once", "alert", "document", "kind", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    alert: Mapped[str] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"))
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(Text)
    page: Mapped[int] = mapped_column(Integer)
    start: Mapped[int] = mapped_column(Integer)
    places: Mapped[int] = mapped_column(Integer)
    found: Mapped[datetime]
    seen: Mapped[datetime | None] = mapped_column(default=None)
