"""Tables of the store. A change needs a migration."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

MOST_NUMBER = 2**31 - 1
"""The greatest number that a record has: a database refuses to look for one that its column cannot hold."""

UNCONFIRMED = -1
"""The revision of an index entry between the start of a write and its confirmation by the engine."""


class Status(StrEnum):
    """Where a document, or an item of a batch, stands."""

    WAITING = "waiting"
    INDEXED = "indexed"
    DUPLICATE = "duplicate"
    FAILED = "failed"


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSON, dict[str, str]: JSON}  # noqa: RUF012


class CollectionRow(Base):
    __tablename__ = "collections"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(String(64), default="")


class CaseFileRuleRow(Base):
    """What holds for a case file: ``restricted`` to those who were granted it by name, ``held`` against deletion."""

    __tablename__ = "case_file_rules"

    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_file: Mapped[str] = mapped_column(Text, primary_key=True)
    restricted: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)


class LegalHoldRow(Base):
    """A document that is not to be deleted, by whom it was held and since when."""

    __tablename__ = "legal_holds"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class DocumentRow(Base):
    """One document as it came in: its bytes, where they came from, what is known of it and how far it got.

    ``revision`` rises with every correction and every new hint; ``processed_revision`` is the one that the annotations
    and entities held now were made from. ``annotations`` is the fingerprint of what the annotations were made from and
    names their file. ``validity`` is the period in force with which records were last made.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_by_bytes", "collection", "sha256"),
        Index("documents_by_case_file", "collection", "case_file"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    source: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    parent: Mapped[str | None] = mapped_column(ForeignKey("documents.id"), index=True, default=None)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    case_file: Mapped[str] = mapped_column(Text, default="")
    hints: Mapped[dict[str, str]] = mapped_column(default=dict)
    document_type: Mapped[str] = mapped_column(String(64), default="")
    jurisdiction: Mapped[str] = mapped_column(String(8), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    date: Mapped[str] = mapped_column(String(32), default="")
    language: Mapped[str] = mapped_column(String(8), default="")
    media_type: Mapped[str] = mapped_column(Text, default="")
    pages: Mapped[int] = mapped_column(Integer, default=0)
    passages: Mapped[int] = mapped_column(Integer, default=0)
    warnings: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(16), default=Status.WAITING, index=True)
    error: Mapped[str] = mapped_column(String(64), default="")
    error_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    duplicate_of: Mapped[str | None] = mapped_column(String(32), index=True, default=None)
    reader_version: Mapped[str] = mapped_column(Text, default="")
    annotation_version: Mapped[str] = mapped_column(Text, default="")
    annotations: Mapped[str] = mapped_column(String(32), default="")
    text_sha256: Mapped[str] = mapped_column(String(64), default="")
    validity: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(Integer, default=0)
    processed_revision: Mapped[int] = mapped_column(Integer, default=0)
    added: Mapped[datetime]


class IndexEntryRow(Base):
    """What one engine holds of one document, recorded after the engine confirmed the write.

    The entry is about the index ``generation`` and no other. It is current while ``revision``, ``annotations`` and
    ``validity`` equal those of the document; ``revision`` is ``UNCONFIRMED`` from the start of a write to its
    confirmation, so that an interrupted write is repeated. ``encoder`` is the version that made the vectors.
    """

    __tablename__ = "index_entries"

    engine: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    generation: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int] = mapped_column(Integer, default=UNCONFIRMED)
    annotations: Mapped[str] = mapped_column(String(32), default="")
    validity: Mapped[str] = mapped_column(Text, default="")
    encoder: Mapped[str] = mapped_column(Text, default="")


class IndexRemovalRow(Base):
    """A deleted document of which an engine may still hold records; the row goes once the engine has removed them."""

    __tablename__ = "index_removals"

    engine: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(String(32), primary_key=True)
    space: Mapped[str] = mapped_column(Text)


class CorrectionRow(Base):
    """What a person set; it wins over every reading of the file, now and later. ``page`` is 0 but for page texts.

    ``revision`` is the document's revision that the correction made.
    """

    __tablename__ = "corrections"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    field: Mapped[str] = mapped_column(String(32))
    page: Mapped[int] = mapped_column(Integer, default=0)
    value: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    revision: Mapped[int] = mapped_column(Integer, default=0)


class DeletionRow(Base):
    """The line that a deletion leaves: which document, by whom and when; nothing of its content.

    ``files_left`` is set until its files are removed.
    """

    __tablename__ = "deletions"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(String(32))
    collection: Mapped[str] = mapped_column(String(64), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    original_removed: Mapped[bool]
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]
    files_left: Mapped[bool] = mapped_column(default=False)


class BatchRow(Base):
    """One run of ingest; ``finished`` is empty while it runs and after it was killed."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    author: Mapped[str] = mapped_column(String(64))
    started: Mapped[datetime]
    finished: Mapped[datetime | None] = mapped_column(default=None)


class ItemRow(Base):
    """One file of a batch, or a member or attachment of one, and what became of it."""

    __tablename__ = "items"
    __table_args__ = (Index("items_of_batch", "batch", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(ForeignKey("batches.id"))
    ordinal: Mapped[int] = mapped_column(Integer)
    document: Mapped[str] = mapped_column(String(32), default="")
    source: Mapped[str] = mapped_column(Text)
    collection: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    error: Mapped[str] = mapped_column(String(64), default="")
    error_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class WorkRow(Base):
    """A law as such, of which a collection has one or several versions; ``canonical`` is empty where it has no id.

    ``changed`` is when something was learned that its records may not tell yet, see ``indexing.store.work_marks``.
    """

    __tablename__ = "works"
    __table_args__ = (Index("works_by_canonical", "collection", "canonical"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    canonical: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[datetime | None] = mapped_column(index=True, default=None)


class ExpressionRow(Base):
    """What was known, from ``known_from`` to ``known_to``, of a document as a version of a work.

    Nothing is changed but ``known_to``: what is learned later is a row of its own. ``place`` is a file of a history.
    """

    __tablename__ = "expressions"
    __table_args__ = (Index("expressions_by_place", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    work: Mapped[str] = mapped_column(ForeignKey("works.id"), index=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    start: Mapped[str] = mapped_column(String(10), default="")
    end: Mapped[str] = mapped_column(String(10), default="")
    earliest: Mapped[str] = mapped_column(String(10), default="")
    latest: Mapped[str] = mapped_column(String(10), default="")
    ended: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(16))
    basis: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Text, default="")
    known_from: Mapped[datetime]
    known_to: Mapped[datetime | None] = mapped_column(default=None)


class ArrivalRow(Base):
    """That a document came in or that its text changed, once it can be found: the newest time of each document.

    ``id`` only grows: also where the newest row goes, no later one has its number.
    """

    __tablename__ = "arrivals"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True, unique=True)
