"""Tables of gap matrices: proposals, verdicts with their evidence, second readings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base


class ProposalsRow(Base):
    """Proposals in one collection's law for an element, recomputed when ``state`` is no longer the law's.

    ``since`` (ISO 8601, empty if no day is known) is the day from which the evaluated expressions are in force.
    ``proposals`` are the fields of ``element_evidence.Proposal``, without words of a document.
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
    """A person's verdict on one cell of a collection's matrix.

    ``law_date`` (ISO 8601) is the day as of which the law was judged, ``passages`` the number of passages of evidence.
    The verdict of the latest ``law_date`` up to a day is valid on it, the newest of several.
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
    """A passage of evidence; ``digest`` tells whether its text is still the one judged."""

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
    """A second reader's opinion of a verdict."""

    __tablename__ = "element_second_readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[int] = mapped_column(ForeignKey("element_verdicts.id", ondelete="CASCADE"), index=True)
    agrees: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
