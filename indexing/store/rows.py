"""Immutable data classes of database rows, and the access filter as an SQL condition on documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from indexing.access import AccessFilter, Collection, PartialAccess
from indexing.records.record import DocumentFacts
from indexing.store.schema import BatchRow, CollectionRow, CorrectionRow, DeletionRow, DocumentRow, ItemRow, Status
from nlp.annotations import Hints

CORRECTABLE = ("document_type", "jurisdiction", "title", "date")
ANNOTATED = ("document_type", "jurisdiction")
"""The correctable fields that influence annotation; title and date do not."""

PAGE_TEXT = "page_text"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the store; ``place`` is its origin, ``parent`` the id of its container or message.

    ``error`` and ``error_facts`` are code and facts of a failure; ``duplicate_of`` is the first document of the same
    collection with the same bytes. ``revision`` increases with each correction and new hint; text, annotations and
    entities are those of ``processed_revision``. ``annotations`` is the fingerprint that names the annotations file.
    """

    id: str
    sha256: str
    size: int
    source: str
    place: str
    parent: str
    collection: str
    case_file: str
    document_type: str
    jurisdiction: str
    title: str
    date: str
    language: str
    media_type: str
    pages: int
    passages: int
    warnings: tuple[str, ...]
    status: Status
    error: str
    error_facts: Mapping[str, Any]
    duplicate_of: str
    added: datetime
    annotation_version: str = ""
    reader_version: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    annotations: str = ""
    text_sha256: str = ""
    revision: int = 0
    processed_revision: int = 0

    @property
    def is_pending(self) -> bool:
        """Whether a correction is not yet reflected in text, annotations and entities."""
        read = self.status is Status.INDEXED and bool(self.annotations)
        return read and self.revision != self.processed_revision

    def facts(self, collection: Collection, hints: Hints) -> DocumentFacts:
        """Return the metadata known before the document is read; ``collection`` is its own."""
        return DocumentFacts(
            document_id=self.id,
            collection=self.collection,
            partition=collection.partition,
            source=self.source,
            title=hints.title,
            document_type=hints.document_type,
            jurisdiction=hints.jurisdiction,
            date=hints.date,
            language=hints.language,
            case_file=self.case_file,
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """A value set by a user: a field of ``CORRECTABLE``, or ``page_text`` with its page (from 1).

    ``revision`` is the document's revision created by the correction.
    """

    field: str
    value: str
    author: str
    made: datetime
    page: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Deletion:
    """Record of a deleted document: when and by whom it was deleted."""

    document: str
    collection: str
    sha256: str
    original_removed: bool
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """One ingest run; ``finished`` is None while it runs and after it was killed."""

    id: str
    collection: str
    author: str
    started: datetime
    finished: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """Outcome of one file, member or attachment of a batch."""

    batch: str
    ordinal: int
    document: str
    source: str
    status: Status
    error: str
    error_facts: Mapping[str, Any]


def collection_from(row: CollectionRow) -> Collection:
    return Collection(row.id, row.name, row.authority, row.state)


def document_from(row: DocumentRow) -> StoredDocument:
    return StoredDocument(
        id=row.id,
        sha256=row.sha256,
        size=row.size,
        source=row.source,
        place=row.place,
        parent=row.parent or "",
        collection=row.collection,
        case_file=row.case_file,
        document_type=row.document_type,
        jurisdiction=row.jurisdiction,
        title=row.title,
        date=row.date,
        language=row.language,
        media_type=row.media_type,
        pages=row.pages,
        passages=row.passages,
        warnings=tuple(row.warnings.split()),
        status=Status(row.status),
        error=row.error,
        error_facts=row.error_facts,
        duplicate_of=row.duplicate_of or "",
        added=row.added,
        annotation_version=row.annotation_version,
        reader_version=row.reader_version,
        hints=row.hints,
        annotations=row.annotations,
        text_sha256=row.text_sha256,
        revision=row.revision,
        processed_revision=row.processed_revision,
    )


def correction_from(row: CorrectionRow) -> Correction:
    return Correction(row.field, row.value, row.author, row.made, row.page, row.revision)


def deletion_from(row: DeletionRow) -> Deletion:
    return Deletion(row.document, row.collection, row.sha256, row.original_removed, row.author, row.made)


def batch_from(row: BatchRow) -> Batch:
    return Batch(row.id, row.collection, row.author, row.started, row.finished)


def item_from(row: ItemRow) -> Item:
    return Item(row.batch, row.ordinal, row.document, row.source, Status(row.status), row.error, row.error_facts)


def visible_documents(access: AccessFilter) -> ColumnElement[bool]:
    """Return the SQL condition that a document is readable; every query of documents must include it.

    A document granted individually is visible without its attachments. A quarantined document is visible to persons
    with write access to its collection.
    """
    whole = DocumentRow.collection.in_(access.whole)
    readable = or_(whole, *map(_part, access.partial)) if access.partial else whole
    if access.sees_every_quarantine:
        return readable
    outside = DocumentRow.status != Status.QUARANTINED
    return and_(readable, or_(outside, DocumentRow.collection.in_(access.writable)))


def _part(part: PartialAccess) -> ColumnElement[bool]:
    others = false() if part.hidden is None else DocumentRow.case_file.not_in(part.hidden)
    named = (DocumentRow.case_file.in_(part.case_files), DocumentRow.id.in_(part.documents))
    return and_(DocumentRow.collection == part.collection, or_(others, *named))
