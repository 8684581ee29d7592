"""A file that is protected by a password, read again with it from its stored original or its outermost container's."""

from __future__ import annotations

from werkzeug.datastructures import FileStorage

from app.jobs import Jobs
from app.uploads.uploading import accept_upload
from extraction.errors import LOCKED, RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument


def read_with_password(jobs: Jobs, principal: Principal, document_id: str, password: str) -> str:
    """Upload a locked document's stored bytes again with its ``password``; return the id of the job.

    A file found inside another one is read with the outermost one, of which every locked file is tried. Raises
    ``indexing.no_such_document``, ``app.argument_missing`` without a password, ``app.not_locked`` for another document,
    ``indexing.no_original``, and what ``accept_upload`` raises.
    """
    store, access = jobs.installation.store, jobs.installation.store.access(principal)
    document = store.document(access, document_id)
    if document.error not in LOCKED:
        raise RogatioError("app.not_locked")
    if not password:
        raise RogatioError("app.argument_missing", name="password")
    outermost = _outermost(store, access, document)
    with store.original(access, outermost.id).open("rb") as stream:
        file = FileStorage(stream, outermost.source)
        options = {"case_file": outermost.case_file}
        return accept_upload(jobs, principal, [file], outermost.collection, options, password)


def _outermost(store: Store, access: AccessFilter, document: StoredDocument) -> StoredDocument:
    while document.parent:
        document = store.document(access, document.parent)
    return document
