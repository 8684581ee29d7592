"""Table of deletions awaiting a second person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class DeletionRequestRow(Base):
    """Deletion request of an account; another account confirms it."""

    __tablename__ = "deletion_requests"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
