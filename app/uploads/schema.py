"""Tables of upload jobs and their files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base, Status


class JobRow(Base):
    """``password`` is that of encrypted files and is deleted when the job ends.

    ``held`` is ``paused`` or ``cancelled``, else empty. ``done`` is the last ordinal of the finished slices,
    ``served`` the start of the last slice. Jobs of one author are done by ``priority``, the highest first.
    """

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    author: Mapped[str] = mapped_column(String(64))
    collection: Mapped[str] = mapped_column(String(64), index=True)
    options: Mapped[dict[str, str]] = mapped_column(default=dict)
    password: Mapped[str] = mapped_column(Text, default="")
    added: Mapped[datetime]
    finished: Mapped[datetime | None] = mapped_column(default=None)
    error: Mapped[str] = mapped_column(String(64), default="")
    error_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    held: Mapped[str] = mapped_column(String(16), default="")
    priority: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    served: Mapped[datetime | None] = mapped_column(default=None)


class JobFileRow(Base):
    """An uploaded file (``uploaded``), or one found inside an uploaded file by the slice that begins at ``part``.

    ``options`` are its row of a manifest until the job ends.
    """

    __tablename__ = "job_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(ForeignKey("jobs.id"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    uploaded: Mapped[bool] = mapped_column(default=True)
    part: Mapped[int] = mapped_column(Integer, default=0)
    size: Mapped[int] = mapped_column(Integer, default=0)
    status: Mapped[str] = mapped_column(String(16), default=Status.WAITING)
    document: Mapped[str] = mapped_column(String(32), default="")
    error: Mapped[str] = mapped_column(String(64), default="")
    error_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    options: Mapped[dict[str, str]] = mapped_column(default=dict)
