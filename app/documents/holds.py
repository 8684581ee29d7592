"""Legal holds: functions shared by pages, API and commands, for persons with write access to the document."""

from __future__ import annotations

from app.accounts.granting import hold_case_file
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.ingest.corrections import require_write
from indexing.store import holds
from indexing.store.reading import Store


def hold(store: Store, document_id: str, principal: Principal, *, author: str, held: bool) -> None:
    """Put a document under legal hold, so that it cannot be deleted, or release it.

    Raises ``indexing.no_such_document`` and ``indexing.not_writable``.
    """
    access = store.access(principal)
    document = store.document(access, document_id)
    require_write(store, access, document, principal)
    holds.hold_document(store, document, author, held=held)


def hold_file(store: Store, collection: str, case_file: str, principal: Principal, *, held: bool) -> None:
    """Put a case file under legal hold, or release it; it may be empty.

    Raises ``indexing.no_such_collection``, ``indexing.not_writable`` and, if ``principal`` may not see the case file,
    ``app.no_such_case_file``.
    """
    access = store.access(principal)
    place = store.collection(access, collection)
    if not access.allows_document(collection, case_file):
        raise RogatioError("app.no_such_case_file", case_file=case_file[:200])
    if not principal.may_write(place, case_file):
        raise RogatioError("indexing.not_writable")
    hold_case_file(store, collection, case_file, held=held)
