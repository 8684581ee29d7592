"""Moves of documents between collections and case files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.corrections import require_write, with_members
from indexing.ingest.ingest import new_collection
from indexing.installation import Installation
from indexing.store.deletion import finish_removals
from indexing.store.moving import move_documents
from indexing.store.rows import StoredDocument
from indexing.store.writing import ensure_collection


def move(
    installation: Installation,
    document_ids: Sequence[str],
    collection: str,
    case_file: str,
    principal: Principal = LOCAL_USER,
    forget: Callable[[Session, Sequence[str]], None] = lambda session, documents: None,
) -> tuple[str, ...]:
    """Move documents with their members and attachments and return the ids of all; ``process_pending`` indexes them.

    The collection is created if it is missing, and ``case_file`` is made one line. Raises
    ``indexing.no_such_document``, ``indexing.not_writable``,
    ``indexing.no_such_collection``, ``indexing.moved_member``, ``indexing.legal_hold`` and ``indexing.quota_exceeded``;
    nothing is moved then.
    """
    store, case_file = installation.store, one_line(case_file)
    chosen = tuple(_movable(installation, document_ids, principal))
    ensure_collection(store, new_collection(collection), principal, case_file)
    if not store.access(principal).allows_document(collection, case_file):  # restricted to others
        raise RogatioError("indexing.no_such_collection", collection=collection)
    everything = store.access(LOCAL_USER)
    moved = [member for document in chosen for member in with_members(store, everything, document)]
    move_documents(store, moved, collection, case_file, installation.engine.name, forget)
    finish_removals(store, installation.engine)
    return tuple(document.id for document in moved)


def _movable(installation: Installation, document_ids: Sequence[str], principal: Principal) -> Iterator[StoredDocument]:
    store = installation.store
    access = store.access(principal)
    for document_id in dict.fromkeys(document_ids):
        document = store.document(access, document_id)
        require_write(store, access, document, principal)
        if document.parent:
            raise RogatioError("indexing.moved_member", document=document_id)
        yield document
