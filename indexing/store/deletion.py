"""Deletion of documents with everything derived from them."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import CorrectionRow, DeletionRow, DocumentRow, ItemRow, Status
from indexing.store.work_marks import forget_versions
from indexing.store.writing import lock_bytes, now, writing


def remove_documents(store: Store, document: StoredDocument, author: str) -> str:
    """Delete a document's rows, original and derived results; leave the line that says so.

    The bytes stay where another document has the same, but the line does not tell of those in other collections.
    Returns the id of the copy that takes its place, or "".
    """
    with writing(store) as session:
        lock_bytes(session, document.sha256)
        heir = _hand_over(session, document.id)
        session.execute(delete(CorrectionRow).where(CorrectionRow.document == document.id))
        forget_versions(session, [document.id])
        session.execute(update(ItemRow).where(ItemRow.document == document.id).values(source="", error_facts={}))
        session.execute(delete(DocumentRow).where(DocumentRow.id == document.id))
        holders = list(session.scalars(select(DocumentRow.collection).where(DocumentRow.sha256 == document.sha256)))
        session.add(
            DeletionRow(
                document=document.id,
                collection=document.collection,
                sha256=document.sha256,
                original_removed=document.collection not in holders,
                author=author,
                made=now(),
            )
        )
        _leave_nothing(session, store, document)
    return heir


def remove_derived(store: Store, document: StoredDocument) -> None:
    """Delete what was still made of a document after it was deleted."""
    with writing(store) as session:
        lock_bytes(session, document.sha256)
        _leave_nothing(session, store, document)


def _leave_nothing(session: Session, store: Store, document: StoredDocument) -> None:
    if not document.sha256:  # a member without bytes: the path of an empty digest is the folder of all
        return
    store.derived.remove_said(document.sha256, document.id)
    if session.scalar(select(DocumentRow.id).where(DocumentRow.sha256 == document.sha256).limit(1)) is None:
        store.derived.remove(document.sha256)
        store.originals.remove(document.sha256)


def _hand_over(session: Session, document_id: str) -> str:
    """Make the oldest copy of a document that goes the one that its other copies are linked to."""
    copies = select(DocumentRow).where(DocumentRow.duplicate_of == document_id)
    rows = session.scalars(copies.order_by(DocumentRow.added, DocumentRow.id)).all()
    for row in rows:
        row.duplicate_of = rows[0].id
    if not rows:
        return ""
    rows[0].duplicate_of = None
    rows[0].status = Status.WAITING
    session.flush()
    return rows[0].id
