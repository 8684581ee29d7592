"""Corrections and deletion of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.ingest.ingest import process_pending
from indexing.installation import Installation
from indexing.search.query_fields import known_value
from indexing.store.database import forget_deleted
from indexing.store.deletion import finish_removals, remove_documents
from indexing.store.holds import refuse_held
from indexing.store.reading import Selection, Store
from indexing.store.rows import PAGE_TEXT, StoredDocument
from indexing.store.writing import record_corrections


def correct(
    installation: Installation,
    document_id: str,
    fields: Mapping[str, str],
    principal: Principal = LOCAL_USER,
    *,
    page: int = 0,
    revision: int | None = None,
) -> None:
    """Record corrections with :func:`enter_corrections` and process the document."""
    enter_corrections(installation, document_id, fields, principal, page=page, revision=revision)
    process_pending(installation)


def enter_corrections(
    installation: Installation,
    document_id: str,
    fields: Mapping[str, str],
    principal: Principal = LOCAL_USER,
    *,
    page: int = 0,
    revision: int | None = None,
) -> None:
    """Record fields of ``CORRECTABLE`` and the ``page_text`` of a page (from 1); ``process_pending`` applies them.

    Country and type are normalised to codes (``España`` becomes ``ES``). ``revision`` is the one the person edited.
    Raises ``indexing.no_such_document``, ``indexing.not_writable``, ``indexing.not_correctable``,
    ``indexing.unknown_value``, ``indexing.no_such_page`` or ``indexing.document_changed``.
    """
    store = installation.store
    access = store.access(principal)
    require_write(store, access, store.document(access, document_id), principal)
    if PAGE_TEXT in fields:
        store.page_text(access, document_id, page)
    values = {name: value if name == PAGE_TEXT else known_value(name, value) for name, value in fields.items()}
    record_corrections(store, document_id, values, principal.id, page=page, revision=revision)


def require_write(store: Store, access: AccessFilter, document: StoredDocument, principal: Principal) -> None:
    """Raise ``indexing.not_writable`` if ``principal`` may read a document but not change it."""
    if not principal.may_write(store.collection(access, document.collection), document.case_file):
        raise RogatioError("indexing.not_writable")


def newest_page_text(store: Store, access: AccessFilter, document_id: str, page: int) -> str:
    """Return the latest corrected text of a page, even if not yet processed; raises what ``Store.page_text`` does."""
    texts = store.page_texts(access, document_id, store.document(access, document_id).revision)
    return texts[page] if page in texts else store.page_text(access, document_id, page)


def delete(installation: Installation, document_id: str, principal: Principal = LOCAL_USER) -> tuple[str, ...]:
    """Delete with :func:`remove` and index copies that take the place of deleted documents; return the deleted ids."""
    removed = remove(installation, document_id, principal)
    process_pending(installation)
    forget_deleted(installation.store.database)
    return removed


def remove(
    installation: Installation,
    document_id: str,
    principal: Principal = LOCAL_USER,
    on_removed: Callable[[Sequence[str]], object] = lambda _: None,
) -> tuple[str, ...]:
    """Delete a document, its members and attachments, and everything derived from them; return all their ids.

    A copy with the same bytes that was linked to it takes its place and is indexed by ``process_pending``.
    ``on_removed`` is called as by :func:`remove_several`. Raises ``indexing.no_such_document``.
    """
    return remove_several(installation, (document_id,), principal, on_removed)


def remove_several(
    installation: Installation,
    document_ids: Iterable[str],
    principal: Principal = LOCAL_USER,
    on_removed: Callable[[Sequence[str]], object] = lambda _: None,
    also: Callable[[Session], object] = lambda _: None,
) -> tuple[str, ...]:
    """Delete documents like :func:`remove`, with one change of the index for all of them.

    The ids are taken one after another; where one may not be deleted, those before it are. ``on_removed`` is called
    with the ids of what was deleted, also in that case, before the log of the database is emptied; ``also`` writes into
    the transaction of each document.
    """
    store, removed = installation.store, list[str]()
    access = store.access(principal)
    try:
        for document_id in document_ids:
            document = store.document(access, document_id)
            require_write(store, access, document, principal)
            members = list(with_members(store, access, document))
            remove_documents(store, members, principal.id, installation.engine.name, also)
            removed += (member.id for member in members)
    finally:
        if removed:
            finish_removals(store, installation.engine)
            on_removed(removed)
            forget_deleted(store.database)
    return tuple(removed)


def refuse_if_held(store: Store, access: AccessFilter, document: StoredDocument) -> None:
    """Raise ``indexing.legal_hold`` if a document, a part of it or its case file is under legal hold."""
    with Session(store.database) as session:
        refuse_held(session, list(with_members(store, access, document)))


def with_members(store: Store, access: AccessFilter, document: StoredDocument) -> Iterator[StoredDocument]:
    """Yield the members and attachments of a document recursively, each after its own members, then the document."""
    for member in list(store.every_document(access, Selection(parent=document.id))):
        yield from with_members(store, access, member)
    yield document
