"""The documents beside a letter in its case file, which its completeness check does not read."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.requests.schema import REQUEST_TYPES
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, visible_documents
from indexing.store.schema import DocumentRow, Status

MOST = 10
"""The most documents that are named."""


def documents_beside(store: Store, access: AccessFilter, document: StoredDocument) -> list[StoredDocument]:
    """Return the readable documents in the case file of a letter that are no letters, by name; none without one."""
    if not document.case_file:
        return []
    query = (
        select(DocumentRow.id)
        .where(visible_documents(access), DocumentRow.status == Status.INDEXED, DocumentRow.id != document.id)
        .where(DocumentRow.collection == document.collection, DocumentRow.case_file == document.case_file)
        .where(DocumentRow.document_type.not_in(REQUEST_TYPES))
        .order_by(DocumentRow.source, DocumentRow.id)
        .limit(MOST)
    )
    with Session(store.database) as session:
        ids = session.scalars(query).all()
    return [store.document(access, one) for one in ids]
