"""Tables of matching: parties of requests with their blocking keys, proposed pairs, decisions, and blind notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class RequestPartyRow(Base):
    """A person, company or identifier of one request; ``compared`` is its normal form.

    ``number`` is the document of a person. ``start`` is the place of its mention.
    """

    __tablename__ = "request_parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    compared: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[str] = mapped_column(String(10), default="")
    number: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(String(16), default="")
    start: Mapped[int] = mapped_column(Integer)


class RequestPartyKeyRow(Base):
    """A blocking key of a party within ``partition``, the files of one authority."""

    __tablename__ = "request_party_keys"
    __table_args__ = (Index("request_party_keys_by_key", "partition", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    party: Mapped[int] = mapped_column(ForeignKey("request_parties.id", ondelete="CASCADE"), index=True)
    partition: Mapped[str] = mapped_column(String(80))
    key: Mapped[str] = mapped_column(String(120))


class RequestMatchRow(Base):
    """Two parties of two requests of one authority that may be the same, as compared by the program.

    ``key`` is the same if the requests are read again with the same parties.
    """

    __tablename__ = "request_matches"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), unique=True, index=True)
    left: Mapped[int] = mapped_column(ForeignKey("request_parties.id", ondelete="CASCADE"), index=True)
    right: Mapped[int] = mapped_column(ForeignKey("request_parties.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    score: Mapped[float] = mapped_column(Float)
    reasons: Mapped[list[Any]] = mapped_column(JSON)


class MatchDecisionRow(Base):
    """A person's decision on a match (its key); rows are only added, the newest is valid.

    It is deleted with either document.
    """

    __tablename__ = "request_match_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(24), index=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    other_document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    principal: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class BlindKeyRow(Base):
    """A keyed hash of an identifier of a request, which reveals nothing without the installation's key."""

    __tablename__ = "request_blind_keys"
    __table_args__ = (Index("request_blind_keys_by_digest", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    partition: Mapped[str] = mapped_column(String(80))
    digest: Mapped[str] = mapped_column(String(24))


class BlindNoticeRow(Base):
    """A shared identifier with a request of another authority (its partition), from the side of ``document``.

    Each pair of requests gives two rows, one for each authority; neither contains data of the other's file.
    """

    __tablename__ = "request_blind_notices"
    __table_args__ = (Index("request_blind_notices_of_pair", "document", "other_document", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    other_document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    other_partition: Mapped[str] = mapped_column(String(80))
    found: Mapped[datetime]
    seen_by: Mapped[str] = mapped_column(String(64), default="")
    seen: Mapped[datetime | None] = mapped_column(default=None)
