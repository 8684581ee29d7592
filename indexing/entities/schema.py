"""The tables of entities: what occurs in which document, made anew with its annotations, and what people said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class EntityRow(Base):
    """One entity of one document; ``key`` is what the outside knows it by, ``within`` its key in the annotations.

    ``places`` are [start, end, page, unit] of its first mentions, ``mentions`` counts all.
    """

    __tablename__ = "entities"
    __table_args__ = (Index("entities_of_document", "document", "within"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(32), index=True)
    within: Mapped[str] = mapped_column(String(32))
    label: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    identifiers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    candidates: Mapped[list[Any]] = mapped_column(JSON, default=list)
    places: Mapped[list[Any]] = mapped_column(JSON, default=list)
    mentions: Mapped[int] = mapped_column(Integer)
    confidence: Mapped[float] = mapped_column(Float)


class EntityMarkRow(Base):
    """What a person can be found by in other documents: an identifier, or a word of the name."""

    __tablename__ = "entity_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str] = mapped_column(Text, index=True)


class VerdictRow(Base):
    """What a person said of two mentions of persons in two documents; the newest line of a pair counts.

    The sides are documents and names as they are compared, so that a verdict outlives every reading of the files.
    """

    __tablename__ = "entity_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    other_document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    other_name: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
