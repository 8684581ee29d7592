"""Table of the values by which request files are searched: derived from readings and decisions."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base

MAX_VALUE_LENGTH = 200


class RequestValueRow(Base):
    """A value of a field of one request document, in the form in which it is compared."""

    __tablename__ = "request_values"
    __table_args__ = (Index("request_values_by_value", "field", "value", "document"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(16))
    value: Mapped[str] = mapped_column(String(MAX_VALUE_LENGTH))
