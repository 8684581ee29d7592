"""Deletion: database rows first, in a transaction that also records what remains to be removed from index and disk.

If the process is killed after that transaction, ``finish_removals`` of the next run completes the removal.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from indexing.engines.protocol import Engine
from indexing.store.database import insert, serialise
from indexing.store.holds import refuse_held
from indexing.store.index_entries import begin_writes, forget_versions, index_lock, require_write
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, collection_from
from indexing.store.schema import (
    CollectionRow,
    CorrectionRow,
    DeletionRow,
    DocumentRow,
    ExpungeRow,
    IndexEntryRow,
    IndexRemovalRow,
    ItemRow,
    Status,
)
from indexing.store.writing import lock_bytes, now, writing

_AT_ONCE = 1000

EXPORTS = "exports"
"""Folder in the home for files made of several documents; it is emptied when a document is deleted."""


def last_deletion(store: Store) -> int:
    """Return the number of the last deletion, 0 if there was none."""
    with Session(store.database) as session:
        return session.scalar(select(func.max(DeletionRow.id))) or 0


def remove_documents(
    store: Store,
    documents: Sequence[StoredDocument],
    author: str,
    engine: str,
    also: Callable[[Session], object] = lambda _: None,
) -> None:
    """Delete the rows of documents, members before their container, and record the deletions.

    Raises ``indexing.legal_hold`` for a document under legal hold. Index entries, originals and derived results are
    left to ``finish_removals``. A copy linked to a deleted document takes its place and will be indexed. The deletion
    records do not reveal other collections. ``also`` writes what belongs into the same transaction.
    """
    with writing(store) as session:
        existing = locked(session, documents)
        refuse_held(session, documents)
        documents = [document for document in documents if document.id in existing]
        ids = [document.id for document in documents]
        for document in documents:
            require_removal(session, document, engine)
            hand_over(session, document.id, ids, engine)
        session.execute(delete(CorrectionRow).where(CorrectionRow.document.in_(ids)))
        forget_versions(session, ids)
        session.execute(update(ItemRow).where(ItemRow.document.in_(ids)).values(source="", error_facts={}))
        for document in documents:
            session.execute(delete(DocumentRow).where(DocumentRow.id == document.id))
            _record_deletion(session, document, author)
        also(session)


def finish_removals(store: Store, engine: Engine, partitions: Collection[str] | None = None) -> None:
    """Remove the remains of deleted documents from ``partitions`` of ``engine`` (by default from all) and from disk."""
    for partition in _partitions(store, engine.name):
        if partitions is not None and partition not in partitions:
            continue
        with index_lock(store, engine.name, partition):
            _remove_records(store, engine, partition)
    with Session(store.database) as session:
        lines = session.scalars(select(DeletionRow).where(DeletionRow.files_left)).all()
    for line in lines:
        shutil.rmtree(store.derived.home / EXPORTS, ignore_errors=True)
        with writing(store) as session:
            _remove_files(session, store, line.sha256, line.document)
            session.execute(update(DeletionRow).where(DeletionRow.id == line.id).values(files_left=False))


def remove_derived(store: Store, document: StoredDocument) -> None:
    """Delete files that were derived from a document after its deletion."""
    with writing(store) as session:
        _remove_files(session, store, document.sha256, document.id)


def remove_refused(store: Store, sha256: str) -> None:
    """Delete an original that was stored for a file which was then refused, unless a document has the same bytes."""
    with writing(store) as session:
        _remove_bytes(session, store, sha256)


def locked(session: Session, documents: Sequence[StoredDocument], also: str = "") -> set[str]:
    """Take the locks of a deletion or move in the common order; return the ids of documents that still exist.

    ``also`` is the collection to which they are moved.
    """
    for collection in sorted({document.collection for document in documents} | ({also} if also else set())):
        serialise(session, "works", collection)
    for sha256 in sorted({document.sha256 for document in documents}):
        lock_bytes(session, sha256)
    rows = select(DocumentRow.id).where(DocumentRow.id.in_([document.id for document in documents]))
    return set(session.scalars(rows.order_by(DocumentRow.id).with_for_update()))


def require_removal(session: Session, document: StoredDocument, engine: str) -> None:
    """Record the pending removal for every engine that may have records of the document."""
    engines = session.scalars(select(IndexEntryRow.engine).where(IndexEntryRow.document == document.id))
    collection = session.get_one(CollectionRow, document.collection)
    partition = collection_from(collection).partition
    for name in {engine, *engines}:
        row = insert(session, IndexRemovalRow).values(engine=name, document=document.id, space=partition)
        session.execute(row.on_conflict_do_nothing())


def hand_over(session: Session, document_id: str, deleted: Sequence[str], engine: str) -> None:
    """Let the oldest copy take the place of a deleted document; other copies are linked to it."""
    copies = select(DocumentRow).where(DocumentRow.duplicate_of == document_id, DocumentRow.id.not_in(deleted))
    rows = session.scalars(copies.order_by(DocumentRow.added, DocumentRow.id)).all()
    for row in rows:
        row.duplicate_of = rows[0].id
    if rows:
        rows[0].duplicate_of = None
        rows[0].status = Status.WAITING
        session.flush()
        require_write(session, engine, rows[0].id)


def _record_deletion(session: Session, document: StoredDocument, author: str) -> None:
    holders = session.scalars(select(DocumentRow.collection).where(DocumentRow.sha256 == document.sha256))
    line = DeletionRow(
        document=document.id,
        collection=document.collection,
        sha256=document.sha256,
        original_removed=document.collection not in set(holders),
        author=author,
        made=now(),
        files_left=True,
    )
    session.add(line)
    session.flush()


def _partitions(store: Store, engine: str) -> list[str]:
    partitions = select(IndexRemovalRow.space).where(IndexRemovalRow.engine == engine).distinct()
    with Session(store.database) as session:
        return sorted(session.scalars(partitions))


def _remove_records(store: Store, engine: Engine, partition: str) -> None:
    """Execute the pending removals of a partition; documents that have arrived again are no longer listed.

    Documents that share a file of the index with removed records are marked for rewriting, so that the file can go.
    """
    pending = (IndexRemovalRow.engine == engine.name, IndexRemovalRow.space == partition)
    with Session(store.database) as session:
        removed = list(session.scalars(select(IndexRemovalRow.document).where(*pending)))
    beside: frozenset[str] = frozenset()
    if engine.generation(partition):
        engine.delete(partition, removed)
        engine.refresh(partition)
        beside = engine.documents_sharing_files(partition)
    with writing(store) as session:
        _rewrite(session, engine.name, beside)
        session.execute(delete(IndexRemovalRow).where(*pending, IndexRemovalRow.document.in_(removed)))
        if removed and engine.expunges_later(partition):
            request_expunge(session, engine.name, partition)


def _rewrite(session: Session, engine: str, documents: Collection[str]) -> None:
    """Let the next run write documents (ids) to the index again."""
    for some in _some(sorted(documents)):
        rewritten = select(DocumentRow.id).where(DocumentRow.id.in_(some), DocumentRow.duplicate_of.is_(None))
        # another process must not delete them before their entries are written
        kept = rewritten.order_by(DocumentRow.id).with_for_update(read=True, key_share=True)
        begin_writes(session, engine, session.scalars(kept).all())


def request_expunge(session: Session, engine: str, partition: str) -> None:
    """Let ``expunge_removed`` remove the words of deleted or replaced records from the index of a partition."""
    requested = insert(session, ExpungeRow).values(engine=engine, space=partition, requested=now())
    latest = {"requested": requested.excluded.requested}
    session.execute(requested.on_conflict_do_update(index_elements=("engine", "space"), set_=latest))


def expunge_removed(store: Store, engine: Engine) -> bool:
    """Remove the words of deleted and corrected documents from the indices that have them still.

    One process at a time does it; what is deleted meanwhile waits for the next call. Returns whether documents are
    left for ``process_pending`` to write again.
    """
    waiting = False
    for partition in _to_expunge(store, engine.name):
        with index_lock(store, engine.name, f"expunge {partition}"):
            requested = _to_expunge(store, engine.name).get(partition)
            if requested is None:  # another process did it meanwhile
                continue
            engine.expunge(partition)
            beside = engine.documents_sharing_files(partition)
            of_partition = (ExpungeRow.engine == engine.name, ExpungeRow.space == partition)
            with writing(store) as session:
                _rewrite(session, engine.name, beside)
                session.execute(delete(ExpungeRow).where(*of_partition, ExpungeRow.requested == requested))
            waiting = waiting or bool(beside)
    return waiting


def _to_expunge(store: Store, engine: str) -> dict[str, datetime]:
    """Return the partitions that have words of deleted documents, with the times of the last deletions."""
    query = select(ExpungeRow.space, ExpungeRow.requested).where(ExpungeRow.engine == engine)
    with Session(store.database) as session:
        return dict(session.execute(query).tuples().all())


def _some(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the documents in batches that fit into one statement."""
    for first in range(0, len(documents), _AT_ONCE):
        yield documents[first : first + _AT_ONCE]


def _has(session: Session, condition: ColumnElement[bool]) -> bool:
    return session.scalar(select(DocumentRow.id).where(condition).limit(1)) is not None


def _remove_files(session: Session, store: Store, sha256: str, document_id: str) -> None:
    """Delete the files of a deleted document, and its original if no other document has the same bytes."""
    if not sha256:  # a member without bytes; the path of an empty digest would be the parent folder
        return
    lock_bytes(session, sha256)
    if not _has(session, DocumentRow.id == document_id):
        store.derived.remove_annotations(sha256, document_id)
    _remove_bytes(session, store, sha256)


def _remove_bytes(session: Session, store: Store, sha256: str) -> None:
    lock_bytes(session, sha256)
    if not _has(session, DocumentRow.sha256 == sha256):
        store.derived.remove(sha256)
        store.originals.remove(sha256)
