"""Plain frozen data from rows of the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from indexing.access import Collection
from indexing.records.record import DocumentFacts
from indexing.store.schema import BatchRow, CollectionRow, CorrectionRow, DeletionRow, DocumentRow, ItemRow, Status
from nlp.annotations import Hints

CORRECTABLE = ("document_type", "jurisdiction", "title", "date")
ANNOTATED = ("document_type", "jurisdiction")
"""The fields that decide how a document is annotated; another title or date leaves its annotations as they are."""

PAGE_TEXT = "page_text"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the store; ``place`` is where it came from, ``parent`` what it is attached to or a member of.

    ``error`` and ``error_facts`` are the code and facts of why it failed, ``duplicate_of`` the document of the
    same collection with the same bytes that came first. ``revision`` rises with each correction and each new hint; the
    text, annotations and entities that the store gives out are those of ``processed_revision``. ``annotations`` names
    the file of the annotations.
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
        """Whether a correction is recorded that text, annotations and entities do not show yet."""
        read = self.status is Status.INDEXED and bool(self.annotations)
        return read and self.revision != self.processed_revision

    def facts(self, collection: Collection, said: Hints) -> DocumentFacts:
        """Return what is known of the document before it is read; ``collection`` is the one that it lies in."""
        return DocumentFacts(
            document_id=self.id,
            collection=self.collection,
            partition=collection.partition,
            source=self.source,
            title=said.title,
            document_type=said.document_type,
            jurisdiction=said.jurisdiction,
            date=said.date,
            language=said.language,
            case_file=self.case_file,
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person set: a field of ``CORRECTABLE``, or ``page_text`` with its page (from 1).

    ``revision`` is the revision of the document that the correction made.
    """

    field: str
    value: str
    author: str
    made: datetime
    page: int = 0
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Deletion:
    """What is left of a document that was deleted: that it was, when and by whom."""

    document: str
    collection: str
    sha256: str
    original_removed: bool
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """One run of ingest; ``finished`` is None while it runs and after it was killed."""

    id: str
    collection: str
    author: str
    started: datetime
    finished: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """One file, member or attachment of a batch and what became of it."""

    batch: str
    ordinal: int
    document: str
    source: str
    status: Status
    error: str
    error_facts: Mapping[str, Any]


def collection_from(row: CollectionRow) -> Collection:
    return Collection(row.id, row.name, row.authority)


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
