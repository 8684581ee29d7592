"""Corrections and deletion of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.ingest.ingest import process_pending
from indexing.search.query_fields import known_value
from indexing.store.deletion import finish_removals, remove_documents
from indexing.store.reading import Selection, Store
from indexing.store.rows import PAGE_TEXT, StoredDocument
from indexing.store.writing import record_correction

if TYPE_CHECKING:
    from indexing.installation import Installation


def correct(
    installation: Installation,
    document_id: str,
    field: str,
    value: str,
    principal: Principal = LOCAL_USER,
    *,
    page: int = 0,
) -> None:
    """Set a field of ``CORRECTABLE``, or the ``page_text`` of a page (from 1), and index the document anew.

    A country and a type are kept by their codes: ``España`` is ``ES``. Raises ``indexing.no_such_document``,
    ``indexing.not_correctable``, ``indexing.unknown_value`` or ``indexing.no_such_page``.
    """
    access = installation.store.access(principal)
    installation.store.document(access, document_id)
    if field == PAGE_TEXT:
        installation.store.page_text(access, document_id, page)
    else:
        value = known_value(field, value)
    record_correction(installation.store, document_id, field, value, principal.id, page=page)
    process_pending(installation)


def delete(installation: Installation, document_id: str, principal: Principal = LOCAL_USER) -> tuple[str, ...]:
    """Delete a document with everything made of it, and what was attached to it or inside it; return all their ids.

    Where a copy with the same bytes was linked to it, that copy is indexed in its place.
    """
    store = installation.store
    access = store.access(principal)
    document = store.document(access, document_id)
    removed = [*_inside(store, access, document), document]
    remove_documents(store, removed, principal.id, installation.engine.name)
    finish_removals(store, installation.engine)
    process_pending(installation)
    return tuple(one.id for one in removed)


def _inside(store: Store, access: AccessFilter, document: StoredDocument) -> Iterator[StoredDocument]:
    """Yield what is attached to a document or inside it, each behind its own members."""
    for member in list(store.every_document(access, Selection(parent=document.id))):
        yield from _inside(store, access, member)
        yield member
