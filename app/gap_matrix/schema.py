"""Tables of gap matrices: proposals, verdicts with their evidence, second readings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class ProposalsRow(Base):
    """What one collection's law offers as evidence of an element; made anew when ``state`` is no longer the law's.

    ``since`` (ISO 8601, empty where no day is known) is the day from which on the versions counted that were looked
    through. ``proposals`` are the fields of ``element_evidence.Proposal``, without a word of a document.
    """

    __tablename__ = "element_proposals"
    __table_args__ = (
        Index("element_proposals_of_cell", "collection", "jurisdiction", "instrument", "element", "since", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"))
    jurisdiction: Mapped[str] = mapped_column(String(2))
    instrument: Mapped[str] = mapped_column(String(32))
    element: Mapped[str] = mapped_column(String(32))
    since: Mapped[str] = mapped_column(String(10), default="")
    state: Mapped[str] = mapped_column(Text)
    proposals: Mapped[list[Any]] = mapped_column(JSON, default=list)
    made: Mapped[datetime]


class ElementVerdictRow(Base):
    """What a person said of one cell of a collection's matrix.

    ``law_date`` (ISO 8601) is the day as of which the law was judged, ``passages`` how many it rests on. On a day the
    line of the latest ``law_date`` up to it counts, of several the newest.
    """

    __tablename__ = "element_verdicts"
    __table_args__ = (Index("element_verdicts_of_cell", "collection", "instrument", "jurisdiction", "element"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"))
    instrument: Mapped[str] = mapped_column(String(32))
    element: Mapped[str] = mapped_column(String(32))
    jurisdiction: Mapped[str] = mapped_column(String(2))
    verdict: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")
    law_date: Mapped[str] = mapped_column(String(10))
    passages: Mapped[int] = mapped_column(Integer, default=0)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class VerdictEvidenceRow(Base):
    """A passage that a verdict rests on; ``digest`` tells whether its text is still the one that was judged."""

    __tablename__ = "element_verdict_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[int] = mapped_column(ForeignKey("element_verdicts.id", ondelete="CASCADE"), index=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    pinpoint: Mapped[str] = mapped_column(Text)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    page: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(16))


class SecondReadingRow(Base):
    """What a second person says of a verdict."""

    __tablename__ = "element_second_readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[int] = mapped_column(ForeignKey("element_verdicts.id", ondelete="CASCADE"), index=True)
    agrees: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
