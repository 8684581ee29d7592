"""Stored readings of request documents: computed once per state of a document, within the access of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.rows import request_row
from app.requests.schema import RequestReadingRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Selection, Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import writing
from nlp.requests.reading import VERSION, read_request

REQUEST_TYPES = (
    "rogatory_letter",
    "mla_request",
    "eio",
    "tca_request",
    "preservation_request",
    "epoc",
    "epoc_pr",
    "extradition_request",
    "provisional_arrest_request",
    "supplement",
    "reminder",
    "service_request",
    "civil_request",
    "response",
    "mla_response",
)


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A request document with its reading in the machine form of ``rogatio request``; None while it was not read."""

    document: StoredDocument
    row: dict[str, Any] | None


def stored_reading(store: Store, access: AccessFilter, document_id: str) -> StoredReading:
    """Return the reading of a document, computing and storing it where there is no current one.

    Raises ``indexing.no_such_document`` for what ``access`` does not allow, ``app.no_request`` for a document of
    another type, ``indexing.not_read`` for one without a text.
    """
    document = store.document(access, document_id)
    if document.document_type not in REQUEST_TYPES:
        raise RogatioError("app.no_request")
    return StoredReading(document, _current(store, document) or _compute(store, access, document))


def request_readings(store: Store, access: AccessFilter) -> Iterator[StoredReading]:
    """Yield every visible request document, newest first, with its stored reading; nothing is computed."""
    documents = sorted(_requests(store, access), key=lambda one: (one.date or "", one.added.isoformat()), reverse=True)
    current = _all_current(store)
    for document in documents:
        yield StoredReading(document, current.get((document.id, document.processed_revision, document.annotations)))


def read_new_requests(store: Store, access: AccessFilter) -> int:
    """Read the visible request documents that have no current reading; return how many were read."""
    unread = [one.document for one in request_readings(store, access) if one.row is None]
    for document in unread:
        _compute(store, access, document)
    return len(unread)


def _requests(store: Store, access: AccessFilter) -> Iterator[StoredDocument]:
    for document_type in REQUEST_TYPES:
        selection = Selection(status=Status.INDEXED.value, document_type=document_type)
        yield from store.every_document(access, selection)


def _current(store: Store, document: StoredDocument) -> dict[str, Any] | None:
    with Session(store.database) as session:
        row = session.get(RequestReadingRow, document.id)
        state = (VERSION, document.processed_revision, document.annotations)
        return row.reading if row and (row.version, row.revision, row.annotations) == state else None


def _all_current(store: Store) -> dict[tuple[str, int, str], dict[str, Any]]:
    with Session(store.database) as session:
        rows = session.scalars(select(RequestReadingRow).where(RequestReadingRow.version == VERSION))
        return {(row.document, row.revision, row.annotations): row.reading for row in rows}


def _compute(store: Store, access: AccessFilter, document: StoredDocument) -> dict[str, Any]:
    read = store.reading(access, document.id)
    reading = read_request(read.text, store.annotations(access, document.id), read.blocks)
    row = request_row(document.id, reading)
    with writing(store) as session:
        session.merge(
            RequestReadingRow(
                document=document.id,
                version=VERSION,
                revision=document.processed_revision,
                annotations=document.annotations,
                reading=row,
            )
        )
    return row
