"""Table of retention rules."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RetentionRuleRow(Base):
    """Documents of a collection, of one type or (empty) of all other types, are due ``days`` after they were added.

    The rule takes effect once a second person has approved it.
    """

    __tablename__ = "retention_rules"
    __table_args__ = (Index("retention_rules_once", "collection", "document_type", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(String(64))
    document_type: Mapped[str] = mapped_column(String(64), default="")
    days: Mapped[int] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    approver: Mapped[str] = mapped_column(String(64), default="")
    approved: Mapped[datetime | None] = mapped_column(default=None)
