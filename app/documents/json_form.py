"""The JSON form of documents, their text, annotations and structure, and of collections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.api_parameters import iso_time
from extraction.document import Document
from indexing.access import AccessFilter, Collection
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.tags import tags_of
from nlp.annotations import Annotations

DOCUMENT_FIELDS = (
    "id",
    "source",
    "title",
    "document_type",
    "jurisdiction",
    "date",
    "language",
    "collection",
    "case_file",
    "parent",
    "media_type",
    "size",
    "sha256",
    "pages",
    "passages",
    "status",
    "error",
    "duplicate_of",
    "warnings",
    "revision",
    "is_pending",
)


def document_json(stored: StoredDocument) -> dict[str, Any]:
    return {name: getattr(stored, name) for name in DOCUMENT_FIELDS} | {"added": iso_time(stored.added)}


def documents_json(stored: Sequence[StoredDocument], store: Store, access: AccessFilter) -> list[dict[str, Any]]:
    """Return documents with their tags."""
    tags = tags_of(store, access, [document.id for document in stored])
    return [document_json(document) | {"tags": list(tags.get(document.id, ()))} for document in stored]


def text_json(document: Document, start: int, end: int) -> dict[str, Any]:
    """Return the text between two offsets; ranges of pages and blocks are offsets of the whole text."""
    return {
        "start": start,
        "end": end,
        "length": len(document.text),
        "text": document.text[start:end],
        "pages": [
            {
                "number": p.number,
                "start": p.start,
                "end": p.end,
                "width": p.width,
                "height": p.height,
                "origin": p.origin,
                "confidence": p.confidence,
            }
            for p in document.pages
            if p.start < end or p.start == start
        ],
        "blocks": [
            {"start": b.start, "end": b.end, "kind": b.kind, "level": b.level}
            for b in document.blocks
            if b.start < end and b.end > start
        ],
    }


def annotations_json(annotations: Annotations, hidden: frozenset[str]) -> dict[str, Any]:
    """Return the annotations without spans whose label is in ``hidden``."""
    return {
        "document_type": asdict(annotations.document_type),
        "segments": [asdict(segment) for segment in annotations.segments],
        "spans": [asdict(span) for span in annotations.spans if span.label not in hidden],
        "identity": [asdict(reading) for reading in annotations.identity],
        "version": annotations.version,
    }


def structure_json(annotations: Annotations) -> list[dict[str, Any]]:
    return [asdict(unit) for unit in annotations.structure]


def collection_json(collection: Collection) -> dict[str, Any]:
    return asdict(collection) | {"public": collection.is_public}
