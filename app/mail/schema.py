"""Tables of e-mail: addresses with what they are sent, the outbox, and the deadlines already announced."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class MailPreferenceRow(Base):
    """The address of an account; ``declined`` are the kinds of messages that it does not want.

    ``alerts_reached`` is the id of the last match of an alert that a message announced.
    """

    __tablename__ = "mail_preferences"

    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    declined: Mapped[list[Any]] = mapped_column(JSON, default=list)
    alerts_reached: Mapped[int] = mapped_column(Integer, default=0)


class MailOutboxRow(Base):
    """A message to an account: ``occasion`` is the day of a digest (ISO 8601) or the number of an invitation.

    ``secret`` is that of an invitation, encrypted, removed once the message is finished. ``due`` is the time of the
    next attempt; ``outcome`` is empty until the message is finished.
    """

    __tablename__ = "mail_outbox"
    __table_args__ = (
        Index("mail_outbox_once", "account", "kind", "occasion", unique=True),
        Index("mail_outbox_due", "outcome", "due"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    occasion: Mapped[str] = mapped_column(String(16))
    secret: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime]
    due: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    outcome: Mapped[str] = mapped_column(String(16), default="")


class MailDeadlineRow(Base):
    """A deadline that was announced to an account; ``days`` is the mark of days before it that was reached."""

    __tablename__ = "mail_deadlines"

    account: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
