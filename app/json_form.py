"""The JSON of the API: frozen dataclasses as objects, with the names that ``rogatio search --json`` uses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from app.i18n import interface_language
from app.search.false_friend_rows import false_friend_row
from app.search.notices import elsewhen_row
from app.uploads.job_records import Job, JobFile
from extraction.document import Document
from indexing.access import Collection
from indexing.search.request import Hit, SearchResult
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations

HIT_FIELDS = (
    "document_id",
    "source",
    "title",
    "jurisdiction",
    "document_type",
    "date",
    "collection",
    "unit",
    "path",
    "language",
    "score",
    "page",
    "start",
    "end",
    "snippet",
    "snippet_start",
    "marks",
    "why",
    "group",
    "origin",
)
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
)


def hit_json(hit: Hit) -> dict[str, Any]:
    version = asdict(hit.version) if hit.version else None
    return {name: getattr(hit, name) for name in HIT_FIELDS} | {"version": version}


def result_json(result: SearchResult) -> dict[str, Any]:
    return {
        "query": result.request.query,
        "total": result.total,
        "hits": [hit_json(hit) for hit in result.hits],
        "facets": {name: [asdict(value) for value in values] for name, values in result.facets.items()},
        "understood": result.understood,
        "citations": [asdict(citation) for citation in result.citations],
        "nearest": result.nearest,
        "after": result.after,
        "by_meaning": result.by_meaning,
        "by_names": result.by_names,
        "not_in_force": result.not_in_force,
        "not_in_force_then": result.not_in_force_then,
        "perhaps_in_force": result.perhaps_in_force,
        "cited_elsewhen": [elsewhen_row(told, interface_language()) for told in result.cited_elsewhen],
        "false_friends": [false_friend_row(told, interface_language()) for told in result.false_friends],
    }


def document_json(stored: StoredDocument) -> dict[str, Any]:
    return {name: getattr(stored, name) for name in DOCUMENT_FIELDS} | {"added": moment(stored.added)}


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
    """Return the annotations without spans of the labels that are ``hidden``."""
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


def job_json(job: Job, files: list[JobFile], language: str) -> dict[str, Any]:
    return {
        "id": job.id,
        "collection": job.collection,
        "added": moment(job.added),
        "finished": moment(job.finished) if job.finished else None,
        "error": job.error,
        "message": job.sentence(language),
        "files": [
            {
                "name": f.name,
                "status": f.status,
                "document_id": f.document,
                "error": f.error,
                "message": f.sentence(language),
            }
            for f in files
        ],
    }


def moment(value: datetime) -> str:
    """SQLite gives times back without their zone, which is UTC."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
