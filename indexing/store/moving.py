"""Moves of documents between collections and case files: database rows first, in one transaction.

A moved document keeps its id, corrections and original. It is processed again, so that its records are written to the
index of the new collection; the pending removal from the former one is recorded in the same transaction and executed by
``finish_removals``, also after a kill.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from indexing.store.deletion import hand_over, locked, require_removal
from indexing.store.entities import EntityRow
from indexing.store.holds import refuse_held
from indexing.store.index_entries import forget_versions, require_write
from indexing.store.quotas import require_space
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, collection_from
from indexing.store.schema import UNCONFIRMED, CollectionRow, DocumentRow, IndexEntryRow, Status
from indexing.store.tags import forget_tags
from indexing.store.writing import first_copy, writing


def move_documents(
    store: Store,
    documents: Sequence[StoredDocument],
    collection: str,
    case_file: str,
    engine: str,
    forget: Callable[[Session, Sequence[str]], None] = lambda session, documents: None,
) -> None:
    """Move documents, including all their members, to a case file of an existing collection.

    ``forget`` removes in the same transaction what other modules derived from them in the former place. A document with
    a copy in the new place becomes a duplicate of it; in the former place the oldest copy takes over. Raises
    ``indexing.legal_hold`` and ``indexing.quota_exceeded``.
    """
    with writing(store) as session:
        existing = locked(session, documents, also=collection)
        refuse_held(session, documents)
        moved = [document for document in documents if document.id in existing]
        ids = [document.id for document in moved]
        others = {document.sha256: document.size for document in moved if document.collection != collection}
        require_space(session, collection, others)
        for document in moved:
            hand_over(session, document.id, ids, engine)
        forget_versions(session, ids)
        forget(session, ids)
        forget_tags(session, ids, collection)
        for document in sorted(moved, key=lambda document: (document.added, document.id)):
            if _leaves_partition(session, document.collection, collection):
                require_removal(session, document, engine)
            _place(session, document, collection, case_file, engine)
        session.execute(update(IndexEntryRow).where(IndexEntryRow.document.in_(ids)).values(revision=UNCONFIRMED))


def _leaves_partition(session: Session, former: str, new: str) -> bool:
    """Return whether two collections have different partitions."""
    of = [collection_from(session.get_one(CollectionRow, name)).partition for name in (former, new)]
    return of[0] != of[1]


def _place(session: Session, document: StoredDocument, collection: str, case_file: str, engine: str) -> None:
    """Record the new place of a document, as a duplicate if the same bytes are there already."""
    row = session.get_one(DocumentRow, document.id)
    row.collection, row.case_file, row.validity = collection, case_file, ""
    row.revision += 1
    original = first_copy(session, row.sha256, collection, case_file, row.id)
    if original is not None:
        require_removal(session, document, engine)
        row.duplicate_of, row.status, row.passages = original, Status.DUPLICATE, 0
        session.execute(delete(EntityRow).where(EntityRow.document == row.id))
    elif row.duplicate_of is not None or row.status == Status.QUARANTINED:  # it is read, and screened, in its place
        row.duplicate_of, row.status, row.error, row.error_facts = None, Status.WAITING, "", {}
        require_write(session, engine, row.id)
    session.flush()
