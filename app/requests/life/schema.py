"""Tables of the life of requests: what happened when, links between letters, and what lists show of each request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RequestEventRow(Base):
    """A state or milestone of a request; rows are only added, a mistake is retracted by a row that names it.

    ``day`` is the day of the event (ISO 8601), ``made`` the time of recording. ``source`` is the id of the document
    that shows it, or empty.
    """

    __tablename__ = "request_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(32))
    day: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    ground: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[str] = mapped_column(String(32), default="")
    retracts: Mapped[int] = mapped_column(default=0)
    principal: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class RequestLinkRow(Base):
    """A decision that ``letter`` belongs to ``request`` as ``kind``, or does not; the newest of a pair counts."""

    __tablename__ = "request_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    request: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    principal: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class ProposedLinkRow(Base):
    """A link between two letters that the program proposes, with the keys of its reasons; derived from readings."""

    __tablename__ = "request_proposed_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    letter: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    request: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    reasons: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[float]


class RequestSummaryRow(Base):
    """What lists of requests show and count of each, from its reading and the decisions on it.

    ``requesting`` and ``requested`` are the first values as ISO 3166 codes, empty where unknown. ``outcome`` is the
    state that an answer reports, with its place in the text and its words; empty for other letters.
    """

    __tablename__ = "request_summaries"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(64))
    requesting: Mapped[str] = mapped_column(String(16), default="")
    requested: Mapped[str] = mapped_column(String(16), default="")
    reference: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str] = mapped_column(String(32), default="")
    outcome_start: Mapped[int] = mapped_column(default=0)
    outcome_end: Mapped[int] = mapped_column(default=0)
    outcome_quote: Mapped[str] = mapped_column(Text, default="")
