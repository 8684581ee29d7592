"""Table of background exports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class ExportRow(Base):
    """``request`` is the requested address, encrypted, kept until the export is finished.

    ``done`` of ``total`` counts results; ``name`` and ``media_type`` are those of the file.
    """

    __tablename__ = "exports"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    author: Mapped[str] = mapped_column(String(64), index=True)
    request: Mapped[str] = mapped_column(Text)
    endpoint: Mapped[str] = mapped_column(String(64))
    added: Mapped[datetime]
    finished: Mapped[datetime | None] = mapped_column(default=None)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    name: Mapped[str] = mapped_column(Text, default="")
    media_type: Mapped[str] = mapped_column(Text, default="")
    error: Mapped[str] = mapped_column(String(64), default="")
    error_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
