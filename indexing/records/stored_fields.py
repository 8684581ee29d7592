"""Stored fields of a record, from which hits are rendered."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from indexing.records.record import Record, RecordKind


@dataclass(frozen=True, slots=True)
class StoredFields:
    """Fields of a record that an engine stores for display: all except its tokens."""

    id: str
    scope_id: str
    kind: RecordKind
    document_id: str
    collection: str
    source: str
    title: str
    document_type: str
    jurisdiction: str
    date: str
    start: int
    end: int
    page: int
    unit: str
    path: tuple[str, ...]
    language: str
    text: str
    pages: tuple[tuple[int, int], ...]
    identity: tuple[str, ...]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(StoredFields)


def stored_fields(record: Record) -> StoredFields:
    """Return the stored fields of ``record``."""
    facts = record.facts
    return StoredFields(
        id=record.id,
        scope_id=record.scope_id,
        kind=record.kind,
        document_id=facts.document_id,
        collection=facts.collection,
        source=facts.source,
        title=facts.title,
        document_type=facts.document_type,
        jurisdiction=facts.jurisdiction,
        date=facts.date,
        start=record.start,
        end=record.end,
        page=record.page,
        unit=record.unit,
        path=record.path,
        language=record.language,
        text=record.text,
        pages=record.pages,
        identity=record.identity,
    )


def passage_id(scope: StoredFields, place: int) -> str:
    """Return the id of passage number ``place`` (from 0) of ``scope``; an undivided scope is its own passage."""
    return f"{scope.scope_id}:{place}" if scope.kind is RecordKind.SCOPE else scope.id


def pack(record: Record) -> bytes:
    """Return the stored fields of ``record`` as bytes for :func:`unpack`."""
    return _encoder.encode(stored_fields(record))


def unpack(packed: bytes) -> StoredFields:
    """Return the stored fields packed by :func:`pack`."""
    return _decoder.decode(packed)
