"""Table of the deadlines of requests: derived from readings, decisions, events and links."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RequestDeadlineRow(Base):
    """A deadline of a request, with the fields of ``app.requests.deadlines.deadlines.Deadline``."""

    __tablename__ = "request_deadlines"
    __table_args__ = (Index("request_deadlines_by_day", "met", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    day: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(16))
    instrument: Mapped[str] = mapped_column(String(64), default="")
    provision: Mapped[str] = mapped_column(String(64), default="")
    days: Mapped[int] = mapped_column(default=0)
    since: Mapped[str] = mapped_column(String(10), default="")
    since_event: Mapped[str] = mapped_column(String(32), default="")
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    proposal: Mapped[str] = mapped_column(String(16), default="")
    state: Mapped[str] = mapped_column(String(16), default="")
    met: Mapped[bool] = mapped_column(default=False)
