"""Table of the rules that a desk removed; rules themselves follow from its decisions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base

MAX_PHRASE_LENGTH = 200


class RemovedRuleRow(Base):
    """A rule that a person of the desk removed: its collection, field and phrase."""

    __tablename__ = "request_removed_rules"

    collection: Mapped[str] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    phrase: Mapped[str] = mapped_column(String(MAX_PHRASE_LENGTH), primary_key=True)
    principal: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
