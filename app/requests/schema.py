"""Tables of requests: the reading of each request document, and the decisions of people on its proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from indexing.store.schema import Base
from nlp.requests.letter_types.annexes import ANNEX
from nlp.requests.letter_types.statements import ANSWERS

_BELONGING_LETTERS = (*ANSWERS, "supplement", "reminder", "withdrawal", "info_request")
BELONGING = (*_BELONGING_LETTERS, ANNEX)
"""Types of documents that belong to a request and are none themselves."""
REQUEST_TYPES = (
    "rogatory_letter",
    "mla_request",
    "eio",
    "tca_request",
    "preservation_request",
    "epoc",
    "epoc_pr",
    "emergency_disclosure",
    "freezing_certificate",
    "confiscation_certificate",
    "extradition_request",
    "provisional_arrest_request",
    "eaw",
    "mercosur_aw",
    "service_request",
    "civil_request",
    *_BELONGING_LETTERS,
)
"""Types of letters in the register."""
READ_TYPES = (*REQUEST_TYPES, ANNEX)
"""Types of documents that the readers of letters read: those of the register, and annexes in files of their own."""


class RequestReadingRow(Base):
    """The proposals for a document by ``version`` of the readers, from the annotations of ``revision``."""

    __tablename__ = "request_readings"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[str] = mapped_column(String(32))
    revision: Mapped[int] = mapped_column(Integer)
    annotations: Mapped[str] = mapped_column(String(32))
    reading: Mapped[dict[str, Any]] = mapped_column(JSON)


class RequestDecisionRow(Base):
    """A decision on a proposal of a field; rows are only added, the newest of a proposal is valid.

    ``value`` is the decided value; for a correction it is the entered one. ``start`` and ``end`` are the evidence at
    that time. ``phrase`` are the words by which the decision holds in other letters of the desk.
    """

    __tablename__ = "request_decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(32))
    proposal: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    value: Mapped[Any] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text, default="")
    phrase: Mapped[str] = mapped_column(String(200), default="", server_default="")
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    principal: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
