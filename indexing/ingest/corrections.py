"""Corrections and deletion of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexing.access import LOCAL_USER, Principal
from indexing.engines.protocol import Engine
from indexing.ingest.index_writing import write_prepared
from indexing.ingest.ingest import resume
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import task_for, work_folder
from indexing.ingest.validity_reindex import expressions_to_reindex
from indexing.search.query_fields import known_value
from indexing.store.change_log import record_change
from indexing.store.deletion import remove_documents
from indexing.store.reading import Selection
from indexing.store.rows import PAGE_TEXT, StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import record_correction, writing

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
    document = installation.store.document(access, document_id)
    if field == PAGE_TEXT:
        installation.store.page_text(access, document_id, page)
    else:
        value = known_value(field, value)
    record_correction(installation.store, document_id, field, value, principal.id, page=page)
    if document.status is Status.INDEXED and document.passages:
        _write_anew(installation, document, installation.engine)
        reannotate(installation, document.collection, installation.engine)
        with writing(installation.store) as session:
            record_change(session, [document.id])


def _write_anew(installation: Installation, document: StoredDocument, engine: Engine, *, annotate: bool = True) -> None:
    """Index a document anew from the text that the store has."""
    with work_folder(installation.settings.home) as scratch:
        prepared = prepare_in_worker(task_for(installation, document, scratch, read=False, annotate=annotate))
        write_prepared(installation, engine, [(document, prepared)])


def reannotate(installation: Installation, collection: str, engine: Engine) -> None:
    """Write the versions of laws anew that another one ends, or no longer ends."""
    for late in expressions_to_reindex(installation.store, [collection]):
        for document_id in late:
            document = installation.store.document(installation.store.access(LOCAL_USER), document_id)
            _write_anew(installation, document, engine, annotate=False)


def delete(installation: Installation, document_id: str, principal: Principal = LOCAL_USER) -> tuple[str, ...]:
    """Delete a document with everything made of it, and what was attached to it or inside it; return all their ids.

    Where a copy with the same bytes was linked to it, that copy is indexed in its place.
    """
    store = installation.store
    access = store.access(principal)
    document = store.document(access, document_id)
    removed: tuple[str, ...] = ()
    for member in list(store.every_document(access, Selection(parent=document_id))):
        removed += delete(installation, member.id, principal)
    space = store.collection(access, document.collection).space
    installation.engine.delete(space, [document_id])
    installation.engine.refresh(space)
    heir = remove_documents(store, document, principal.id)
    # a rebuild that had read it from the store before the row was gone does not know of the first deletion
    installation.engine.delete(space, [document_id])
    if heir:
        resume(installation, [heir], principal)
    reannotate(installation, document.collection, installation.engine)
    return (*removed, document_id)
