"""Tables of retention rules and of the deletions that they led to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
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


class RetentionDeletionRow(Base):
    """A deletion of due documents that ``author`` confirmed at ``added``, as the operator if ``alone``.

    ``done`` of ``total`` counts the due documents, without their members.
    """

    __tablename__ = "retention_deletions"

    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str] = mapped_column(String(64), index=True)
    alone: Mapped[bool] = mapped_column(Boolean, default=False)
    added: Mapped[datetime]
    finished: Mapped[datetime | None] = mapped_column(default=None)
    total: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str] = mapped_column(String(64), default="")


class RetentionDeletionDocumentRow(Base):
    """A due document that a confirmed deletion has still to delete, in the order of ``position``."""

    __tablename__ = "retention_deletion_documents"

    deletion: Mapped[int] = mapped_column(ForeignKey("retention_deletions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    document: Mapped[str] = mapped_column(String(32))
