"""Tables of alerts and their notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class AlertRow(Base):
    """A saved search, or a watched provision of a law (the whole law if ``unit`` is empty).

    ``reached`` is the number of the change up to which it was evaluated. ``identities`` are the canonical ids of what
    is watched, ``known`` the digest of its text in each expression already evaluated, by document id.
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
    """A match of an alert: a place in a document, without any content. ``seen`` is empty while it is new."""

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
