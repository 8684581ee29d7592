"""Stored readings of request documents: computed once per state of a document, within the reader's access.

Each reading names the revision of the document and the annotations from which it was made. It is stored only while
these are current; a document that changed in the meantime is read again.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Collection, Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from app.requests.derived import DERIVED_VERSION, refresh_derived
from app.requests.reading_task import ReadingTask, read_task
from app.requests.rows import Row
from app.requests.rules.desk_rules import desk_rules, with_rules
from app.requests.schema import READ_TYPES, REQUEST_TYPES, RequestReadingRow
from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import writing
from nlp.requests.reading import VERSION

log = logging.getLogger(__name__)

READING_VERSION = f"{VERSION} {DERIVED_VERSION}"
"""A stored reading of another version is computed again, with what is derived from it."""

WAITING_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A request document with its reading in the machine form of ``rogatio request``; None if not read yet."""

    document: StoredDocument
    row: dict[str, Any] | None


def stored_reading(
    store: Store, access: AccessFilter, document_id: str, types: Collection[str] = REQUEST_TYPES
) -> StoredReading:
    """Return the reading of a document of one of ``types``; compute and store it if it is not current.

    Raises ``indexing.no_such_document`` for documents outside of ``access``, ``app.no_request`` for a document of
    another type, ``indexing.not_read`` for one without a text.
    """
    document = store.document(access, document_id)
    if document.document_type not in types:
        raise RogatioError("app.no_request")
    row = _current(store, document)
    if row is None:
        row = read_task(_task(store, document))
        store_reading(store, document, row)
        row = _current(store, document) or row
    return StoredReading(document, row)


def readings_of(store: Store, documents: Iterable[StoredDocument]) -> dict[str, Row]:
    """Return by id the current readings of ``documents``, which were read through the access filter."""
    current = {document.id: (document.processed_revision, document.annotations) for document in documents}
    statement = select(RequestReadingRow).where(
        RequestReadingRow.version == READING_VERSION, RequestReadingRow.document.in_(current)
    )
    with Session(store.database) as session:
        rows = session.scalars(statement).all()
    return {row.document: row.reading for row in rows if (row.revision, row.annotations) == current[row.document]}


def unread_requests(store: Store, access: AccessFilter) -> list[StoredDocument]:
    """Return the visible requests and annexes of requests without a current reading."""
    with Session(store.database) as session:
        rows = session.scalars(_unread().where(visible_documents(access)))
        return [document_from(row) for row in rows]


def read_pending(store: Store) -> int:
    """Read the requests and annexes without a current reading, in worker processes; return their number.

    An interrupted run is continued by the next call. A document that cannot be read is logged by its error code and
    left to the next call; it does not affect the others.
    """
    unread = unread_requests(store, store.access(LOCAL_USER))
    if not unread:
        return 0
    with Workers(preload=(read_task.__module__,)) as workers:
        waiting: deque[tuple[StoredDocument, Future[Row]]] = deque()
        read = 0
        for document in unread:
            try:
                waiting.append((document, workers.submit(read_task, _task(store, document))))
            except RogatioError:  # it was deleted in the meantime
                continue
            if len(waiting) > WAITING_PER_WORKER * workers.count:
                read += _collect(store, workers, *waiting.popleft())
        return read + sum(_collect(store, workers, *task) for task in waiting)


def _collect(store: Store, workers: Workers, document: StoredDocument, future: Future[Row]) -> bool:
    try:
        return store_reading(store, document, workers.outcome(future))
    except RogatioError as error:
        log.warning("request %s could not be read: %s", document.id, error.code)
        return False


def _unread() -> Select[tuple[DocumentRow]]:
    """Select indexed requests and annexes whose reading is missing or of another version, revision or annotations."""
    row = RequestReadingRow
    current = and_(
        row.version == READING_VERSION,
        row.revision == DocumentRow.processed_revision,
        row.annotations == DocumentRow.annotations,
    )
    return (
        select(DocumentRow)
        .outerjoin(row, row.document == DocumentRow.id)
        .where(DocumentRow.status == Status.INDEXED, DocumentRow.document_type.in_(READ_TYPES))
        .where(or_(row.document.is_(None), ~current))
        .order_by(DocumentRow.added, DocumentRow.id)
    )


def _current(store: Store, document: StoredDocument) -> dict[str, Any] | None:
    with Session(store.database) as session:
        row = session.get(RequestReadingRow, document.id)
        state = (READING_VERSION, document.processed_revision, document.annotations)
        return row.reading if row and (row.version, row.revision, row.annotations) == state else None


def _task(store: Store, document: StoredDocument) -> ReadingTask:
    page_texts = store.page_texts(store.access(LOCAL_USER), document.id, document.processed_revision)
    return ReadingTask(store.derived.home, document.id, document.sha256, document.annotations, page_texts)


def store_reading(store: Store, document: StoredDocument, row: Row) -> bool:
    """Store the reading of ``document`` unless it was changed or deleted; return whether it was stored."""
    with Session(store.database) as session:
        rules = desk_rules(session, [document.collection])
    if rules:
        row = with_rules(row, rules, store.text(store.access(LOCAL_USER), document.id))
    with writing(store) as session:
        now = session.get(DocumentRow, document.id, with_for_update=True)
        made_from = (document.processed_revision, document.annotations)
        if now is None or (now.processed_revision, now.annotations) != made_from:
            return False
        session.merge(
            RequestReadingRow(
                document=document.id,
                version=READING_VERSION,
                revision=document.processed_revision,
                annotations=document.annotations,
                reading=row,
            )
        )
        session.flush()
        refresh_derived(session, store, document.id)
    return True
