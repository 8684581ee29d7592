"""Writing side of the store; each change is one transaction."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert as bulk_insert
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from extraction.errors import LOCKED, RogatioError
from indexing.access import Collection, Principal
from indexing.store.database import insert, serialise
from indexing.store.quotas import require_space
from indexing.store.reading import Store
from indexing.store.rows import CORRECTABLE, PAGE_TEXT, StoredDocument, collection_from, document_from
from indexing.store.schema import (
    BatchRow,
    CollectionRow,
    CorrectionRow,
    DocumentRow,
    ItemRow,
    Status,
)


@contextmanager
def writing(store: Store) -> Iterator[Session]:
    """Open a writing transaction, committed on exit."""
    with Session(store.database.execution_options(writes=True)) as session, session.begin():
        yield session


def lock_bytes(session: Session, sha256: str) -> None:
    """Serialise transactions that enter or remove documents with these bytes, until the transaction ends.

    A deletion that removes an original thus sees every document that uses it.
    """
    if sha256:
        serialise(session, "bytes", sha256)


def now() -> datetime:
    """Return the present time in UTC."""
    return datetime.now(UTC)


def ensure_collection(store: Store, collection: Collection, principal: Principal, case_file: str = "") -> None:
    """Create a missing collection; ``case_file`` is the one that is to be written to.

    Raises ``indexing.no_such_collection`` if ``principal`` may not write to it, whether or not it exists.
    """
    with Session(store.database) as session:
        row = session.get(CollectionRow, collection.id)
        existing = collection_from(row) if row else None
    if not principal.may_write(existing or collection, case_file):
        raise RogatioError("indexing.no_such_collection", collection=collection.id)
    if existing:
        return
    values = {"id": collection.id, "name": collection.name, "authority": collection.authority}
    with writing(store) as session:
        session.execute(insert(session, CollectionRow).values(values).on_conflict_do_nothing())


def settle(store: Store, changes: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """Update columns of documents, given as (id, column -> value), in one transaction."""
    with writing(store) as session:
        for document_id, changed in changes:
            session.execute(update(DocumentRow).where(DocumentRow.id == document_id).values(**storable(changed)))


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return column values without NUL characters, which PostgreSQL rejects in text."""
    return {name: value.replace("\0", "") if isinstance(value, str) else value for name, value in values.items()}


def outdate_copies(store: Store, read: Sequence[tuple[StoredDocument, str]]) -> None:
    """Increase the revision of other documents with the bytes of ``read`` (document, reader) and another reader.

    They share the text, which was read again, so that their annotations no longer match it; a run processes them again.
    """
    readers = {document.sha256: reader for document, reader in read}
    ids = [document.id for document, _ in read]
    with writing(store) as session:
        copies = select(DocumentRow).where(
            DocumentRow.sha256.in_(readers),
            DocumentRow.id.not_in(ids),
            DocumentRow.status == Status.INDEXED,
            DocumentRow.passages > 0,
        )
        for row in session.scalars(copies.order_by(DocumentRow.sha256, DocumentRow.id).with_for_update()):
            if row.reader_version != readers[row.sha256]:
                row.revision += 1


def begin_batch(store: Store, collection: str, author: str) -> str:
    """Record the start of an ingest run and return its id."""
    batch = uuid.uuid4().hex
    with writing(store) as session:
        session.add(BatchRow(id=batch, collection=collection, author=author, started=now()))
    return batch


def finish_batch(store: Store, batch: str) -> None:
    """Record the end of an ingest run."""
    with writing(store) as session:
        session.execute(update(BatchRow).where(BatchRow.id == batch).values(finished=now()))


def add_items(store: Store, batch: str, items: Iterable[Mapping[str, Any]]) -> None:
    """Write the outcomes of files, each with ``ordinal source document collection status error error_facts``."""
    with writing(store) as session:
        session.execute(bulk_insert(ItemRow), [{"batch": batch, **item} for item in items])


def record_corrections(
    store: Store,
    document_id: str,
    values: Mapping[str, str],
    author: str,
    *,
    page: int = 0,
    revision: int | None = None,
) -> None:
    """Record corrections of fields of ``CORRECTABLE`` and of the ``page_text`` of ``page`` as one new revision.

    The caller has checked access. Raises ``indexing.not_correctable``, ``indexing.no_such_document``, and
    ``indexing.document_changed`` if ``revision`` is given and no longer current.
    """
    for name in values.keys() - {*CORRECTABLE, PAGE_TEXT}:
        raise RogatioError("indexing.not_correctable", field=name)
    with writing(store) as session:
        row = session.get(DocumentRow, document_id, with_for_update=True)
        if row is None:
            raise RogatioError("indexing.no_such_document", document=document_id)
        if revision not in (None, row.revision):
            raise RogatioError("indexing.document_changed")
        row.revision += 1
        for name, value in storable(values).items():
            if name in CORRECTABLE:
                setattr(row, name, value)
            at = page if name == PAGE_TEXT else 0
            session.add(_correction(row, name, value, author, at))


def _correction(row: DocumentRow, name: str, value: str, author: str, page: int) -> CorrectionRow:
    return CorrectionRow(
        document=row.id, field=name, page=page, value=value, author=author, made=now(), revision=row.revision
    )


@dataclass(frozen=True, slots=True)
class Arrival:
    """An incoming file: digest, size, name (``source``), origin (``place``) and metadata (``hints``).

    A ``version`` of a law is never a copy of another, because the same wording may come into force again. ``uploaded``
    files have no path that identifies them. An ``unlocked`` one came with a password.
    """

    sha256: str
    size: int
    source: str
    place: str
    collection: str
    case_file: str = ""
    parent: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    version: bool = False
    uploaded: bool = False
    unlocked: bool = False

    @property
    def document_id(self) -> str:
        """The id, a digest of collection, case file, parent, origin and content."""
        parts = (self.collection, self.case_file, self.parent, self.place, self.sha256)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def arrive(store: Store, arrival: Arrival) -> StoredDocument:
    """Enter a file and return its document, which may exist already; new hints increase its revision.

    A member that a password has opened (``unlocked``) gives its bytes to the document that was listed without them.

    Raises ``indexing.no_such_document`` if its parent was deleted in the meantime, and ``indexing.quota_exceeded`` if
    the bytes of a new document do not fit into its collection.
    """
    with writing(store) as session:
        lock_bytes(session, arrival.sha256)
        if arrival.parent and session.get(DocumentRow, arrival.parent, with_for_update={"read": True}) is None:
            raise RogatioError("indexing.no_such_document", document=arrival.parent)
        values = _new_row(session, arrival) | {"id": _id(session, arrival)}
        if session.get(DocumentRow, values["id"]) is None:
            require_space(session, arrival.collection, {arrival.sha256: arrival.size})
        session.execute(insert(session, DocumentRow).values(values).on_conflict_do_nothing())
        row = session.get_one(DocumentRow, values["id"], with_for_update=True)
        if arrival.unlocked and arrival.sha256 and not row.sha256:
            row.sha256, row.size, row.duplicate_of = arrival.sha256, arrival.size, values["duplicate_of"]
            row.status, row.error, row.error_facts = Status.WAITING, "", {}
        if row.duplicate_of is None and not arrival.hints.items() <= row.hints.items():
            row.hints = {**row.hints, **arrival.hints}
            row.revision += 1
        return document_from(row)


def _id(session: Session, arrival: Arrival) -> str:
    """Return the id of the document of an arrival, which may have been moved to another collection or case file.

    A moved document is recognised for members and files of a folder. An upload becomes a new document, because its
    uploader may not see the place of the moved one.
    """
    if arrival.parent:
        same = (DocumentRow.place == arrival.place, DocumentRow.sha256 == arrival.sha256)
        inside = select(DocumentRow.id).where(DocumentRow.parent == arrival.parent)
        locked = (DocumentRow.place == arrival.place, DocumentRow.sha256 == "", DocumentRow.error.in_(LOCKED))
        member = session.scalar(inside.where(*same).limit(1))
        if member is None and arrival.unlocked:
            member = session.scalar(inside.where(*locked).limit(1))
        return member or arrival.document_id
    found, number = arrival.document_id, 0
    while arrival.uploaded and (row := session.get(DocumentRow, found)) is not None:
        if (row.collection, row.case_file) == (arrival.collection, arrival.case_file):
            break
        number += 1
        found = hashlib.sha256(f"{arrival.document_id} {number}".encode()).hexdigest()[:24]
    return found


def has_locked_members(store: Store, container: str) -> bool:
    """Return whether a container has members without bytes that a password may open."""
    locked = (DocumentRow.parent == container, DocumentRow.sha256 == "", DocumentRow.error.in_(LOCKED))
    with Session(store.database) as session:
        return session.scalar(select(DocumentRow.id).where(*locked).limit(1)) is not None


def _new_row(session: Session, arrival: Arrival) -> dict[str, Any]:
    place = arrival.sha256, arrival.collection, arrival.case_file
    return {
        "id": arrival.document_id,
        "sha256": arrival.sha256,
        "size": arrival.size,
        "source": arrival.source,
        "place": arrival.place,
        "parent": arrival.parent or None,
        "collection": arrival.collection,
        "case_file": arrival.case_file,
        "hints": dict(arrival.hints),
        "duplicate_of": None if arrival.version else first_copy(session, *place, arrival.document_id),
        "added": now(),
    }


def first_copy(session: Session, sha256: str, collection: str, case_file: str, document_id: str) -> str | None:
    """Return the first document with bytes in a case file, of which the one named is a copy there, or None.

    Empty files are alike without being copies: each fails by itself. So does what came after a copy that could not be
    read: it is read, perhaps now with its password, and nobody is told that it is there already.
    """
    query = select(DocumentRow.id).where(
        DocumentRow.collection == collection,
        DocumentRow.case_file == case_file,
        DocumentRow.sha256 == sha256,
        DocumentRow.sha256 != "",
        DocumentRow.size > 0,
        DocumentRow.duplicate_of.is_(None),
        DocumentRow.status != Status.FAILED,
        DocumentRow.id != document_id,
    )
    return session.scalar(query.order_by(DocumentRow.added, DocumentRow.id).limit(1))
