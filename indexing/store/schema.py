"""Database tables of the store. Every change requires a migration."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

MAX_NUMBER = 2**31 - 1
"""Largest integer id: databases reject queries for numbers beyond the range of the column."""

UNCONFIRMED = -1
"""The revision of an index entry between the start of a write and its confirmation by the engine."""


class Status(StrEnum):
    """Processing status of a document or of an item of a batch."""

    WAITING = "waiting"
    INDEXED = "indexed"
    DUPLICATE = "duplicate"
    FAILED = "failed"
    QUARANTINED = "quarantined"


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True), dict[str, Any]: JSON, dict[str, str]: JSON}  # noqa: RUF012


class CollectionRow(Base):
    """``quota`` is the limit of the bytes of its originals (``indexing.store.quotas``), None for no limit."""

    __tablename__ = "collections"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    authority: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[str] = mapped_column(String(8), default="", server_default="")
    quota: Mapped[int | None] = mapped_column(BigInteger, default=None)


class CaseFileRuleRow(Base):
    """Rules of a case file: ``restricted`` to accounts with an explicit grant, ``held`` against deletion."""

    __tablename__ = "case_file_rules"

    collection: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_file: Mapped[str] = mapped_column(Text, primary_key=True)
    restricted: Mapped[bool] = mapped_column(default=False)
    held: Mapped[bool] = mapped_column(default=False)


class LegalHoldRow(Base):
    """A document under legal hold, with the person who set the hold and its start."""

    __tablename__ = "legal_holds"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class PassageGrantRow(Base):
    """A passage of a document that an account may read without access to the document.

    ``digest`` is the SHA-256 of the passage: if the text has changed, the range names other words and is not shown.
    ``note`` is a message from the author of the grant to the account.
    """

    __tablename__ = "passage_grants"
    __table_args__ = (Index("passage_grants_once", "account", "document", "start", "end", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class QuarantineReleaseRow(Base):
    """Release of a document from quarantine by a person; the document is not quarantined again."""

    __tablename__ = "quarantine_releases"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


class DocumentRow(Base):
    """One document: digest of its bytes, origin, metadata and processing state.

    ``revision`` increases with every correction and new hint; ``processed_revision`` is the one from which the present
    annotations and entities were made. ``annotations`` is the fingerprint of the inputs of the annotations and names
    their file. ``validity`` is the period of validity with which records were last made.
    """

    __tablename__ = "documents"
    __table_args__ = (
        Index("documents_by_bytes", "collection", "sha256", "size"),
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


class DocumentTagRow(Base):
    """A tag of a document (``indexing.store.tags``)."""

    __tablename__ = "document_tags"

    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True, index=True)


class IndexEntryRow(Base):
    """State of one document in one engine, recorded after the engine confirmed the write.

    The entry refers to the index ``generation``. It is current while ``revision``, ``annotations`` and ``validity``
    equal those of the document; ``revision`` is ``UNCONFIRMED`` from the start of a write to its confirmation, so that
    interrupted writes are repeated. ``encoder`` is the version that made the vectors, empty without any.
    """

    __tablename__ = "index_entries"
    __table_args__ = (Index("index_entries_encoder", "engine", "encoder"),)

    engine: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    generation: Mapped[str] = mapped_column(String(64), default="")
    revision: Mapped[int] = mapped_column(Integer, default=UNCONFIRMED)
    annotations: Mapped[str] = mapped_column(String(32), default="")
    validity: Mapped[str] = mapped_column(Text, default="")
    encoder: Mapped[str] = mapped_column(Text, default="")


class IndexRemovalRow(Base):
    """A deleted or moved document of which a partition (``space``) of an engine may still have records.

    The row is deleted once they are removed.
    """

    __tablename__ = "index_removals"

    engine: Mapped[str] = mapped_column(String(32), primary_key=True)
    document: Mapped[str] = mapped_column(String(32), primary_key=True)
    space: Mapped[str] = mapped_column(Text, primary_key=True)


class ExpungeRow(Base):
    """A partition (``space``) whose index still has words of removed records, the last since ``requested``."""

    __tablename__ = "expunges"

    engine: Mapped[str] = mapped_column(String(32), primary_key=True)
    space: Mapped[str] = mapped_column(Text, primary_key=True)
    requested: Mapped[datetime]


class DatabaseOwnerRow(Base):
    """The home folder that the database belongs to, by a digest of its key; one row, none with SQLite."""

    __tablename__ = "database_owner"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(String(24))


class CorrectionRow(Base):
    """A value set by a user, which overrides all automatic processing; ``page`` is 0 except for page texts.

    ``revision`` is the document's revision created by the correction.
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
    """Record of a deletion: which document, by whom and when, without its content.

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
    """One ingest run; ``finished`` is NULL while it runs and after it was killed."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    author: Mapped[str] = mapped_column(String(64))
    started: Mapped[datetime]
    finished: Mapped[datetime | None] = mapped_column(default=None)


class ItemRow(Base):
    """Outcome of one file, member or attachment of a batch."""

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
    """A law (FRBR work) with one or more expressions in a collection; ``canonical`` is its id or empty.

    ``changed`` is the time of a change that index records may not reflect yet, see ``indexing.store.index_entries``.
    """

    __tablename__ = "works"
    __table_args__ = (Index("works_by_canonical", "collection", "canonical"),)

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    collection: Mapped[str] = mapped_column(ForeignKey("collections.id"), index=True)
    canonical: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[datetime | None] = mapped_column(index=True, default=None)


class ExpressionRow(Base):
    """A claim about a document as an expression of a work, known from ``known_from`` to ``known_to`` (bitemporal).

    Only ``known_to`` is ever updated; later claims are new rows. ``place`` is a file in a Git history.
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
    """The latest arrival or change of a document, recorded once it is searchable.

    ``id`` increases strictly; numbers of deleted rows are not reused.
    """

    __tablename__ = "arrivals"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True, unique=True)
