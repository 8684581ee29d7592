"""Deletion by two persons: one requests it, another confirms it. The operator's command line needs only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.documents.schema import DeletionRequestRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import refuse_if_held, remove, require_write
from indexing.installation import Installation
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DeletionRow, DocumentRow
from indexing.store.writing import now, writing

WAITING = timedelta(days=30)
"""A deletion that nobody confirmed for so long has to be asked for again."""


@dataclass(frozen=True, slots=True)
class DeletionRequest:
    """The request to delete a document, which another person has to confirm."""

    account: str
    made: datetime


def deletion_request(store: Store, document_id: str) -> DeletionRequest | None:
    """Return the pending deletion request of a document that was read through the access filter."""
    with Session(store.database) as session:
        return pending_request(session.get(DeletionRequestRow, document_id))


def pending_request(row: DeletionRequestRow | None) -> DeletionRequest | None:
    """Return the deletion request of a row, None if there is none or it has lapsed."""
    if row is None:
        return None
    found = DeletionRequest(row.account, utc(row.made))
    return found if now() - found.made < WAITING else None


def request_deletion(installation: Installation, document_id: str, principal: Principal) -> None:
    """Request the deletion of a document, which remains until ``delete_by_two`` confirms it.

    Raises ``indexing.no_such_document``, ``indexing.not_writable``, ``indexing.legal_hold`` if it, its case file or a
    part of it is held, and, if the same person has requested it already, ``app.second_person_needed``.
    """
    store = installation.store
    access = store.access(principal)
    document = store.document(access, document_id)
    require_write(store, access, document, principal)
    refuse_if_held(store, access, document)
    before = deletion_request(store, document_id)
    if before is not None and before.account == principal.id:
        raise RogatioError("app.second_person_needed")
    with writing(store) as session:
        session.merge(DeletionRequestRow(document=document_id, account=principal.id, made=now()))


def delete_by_two(
    installation: Installation,
    document_id: str,
    principal: Principal,
    on_removed: Callable[[Sequence[str]], object],
) -> tuple[str, ...]:
    """Delete a document if another person has requested it, and return the ids of all deleted documents.

    Without a request, record that of ``principal`` and return nothing. Raises what ``request_deletion`` and
    ``indexing.ingest.corrections.remove`` do.
    """
    store = installation.store
    store.document(store.access(principal), document_id)
    if not is_asked_by_another(store, document_id, principal):
        request_deletion(installation, document_id, principal)
        return ()
    return remove(installation, document_id, principal, on_removed)


def is_asked_by_another(store: Store, document_id: str, principal: Principal) -> bool:
    """Return whether somebody other than ``principal`` has requested the deletion of a document."""
    request = deletion_request(store, document_id)
    return request is not None and request.account != principal.id


def deletions_to_confirm(
    store: Store, access: AccessFilter, limit: int
) -> list[tuple[StoredDocument, DeletionRequest]]:
    """Return the documents whose deletion somebody else has requested and the principal may confirm, oldest first."""
    requested = DeletionRequestRow
    query = select(DocumentRow, requested).join(requested, requested.document == DocumentRow.id)
    query = query.where(visible_documents(access), DocumentRow.collection.in_(access.writable))
    query = query.where(requested.account != access.principal, requested.made > now() - WAITING)
    with Session(store.database) as session:
        rows = session.execute(query.order_by(requested.made, requested.document).limit(limit)).tuples()
        return [(document_from(row), DeletionRequest(of.account, utc(of.made))) for row, of in rows]


def withdraw_deletion(store: Store, document_id: str, principal: Principal) -> None:
    """Withdraw the deletion request of a document.

    Raises ``indexing.no_such_document`` and ``indexing.not_writable``.
    """
    access = store.access(principal)
    require_write(store, access, store.document(access, document_id), principal)
    with writing(store) as session:
        row = session.get(DeletionRequestRow, document_id)
        if row is not None:
            session.delete(row)


def was_deleted_by(store: Store, document_id: str, principal: Principal) -> bool:
    """Return whether ``principal`` deleted the document, so that nothing new is told by saying so."""
    query = select(DeletionRow.id).where(DeletionRow.document == document_id, DeletionRow.author == principal.id)
    with Session(store.database) as session:
        return session.scalar(query.limit(1)) is not None
