"""Acceptance of uploaded files: staged on disk, recorded as a job, queued."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from werkzeug.datastructures import FileStorage

from app.collection_names import collection_name
from app.jobs import Jobs
from app.uploads import job_records, partial_uploads
from app.uploads.job_records import StagedFile
from app.uploads.repetitions import REQUEST, JobIdentity, identity_of, is_repetition
from app.uploads.staging import give, new_folder
from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.ingest.ingest import new_collection
from indexing.ingest.manifests import DAYS, MANIFEST, Row, checked_rows
from indexing.search.query_fields import known_value
from indexing.store.writing import ensure_collection

NOT_UPLOADED = frozenset({*DAYS, "password"})
"""Columns of a manifest that an upload does not take: a password would be stored with the file's row."""

DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


UNCERTAIN = frozenset({"app.no_such_upload", "indexing.database_failed"})
"""Errors of a request whose job may be recorded nevertheless."""


@dataclass(frozen=True, slots=True)
class UploadRequest:
    """What is uploaded, by whom and where to; ``uploads`` are ids of finished resumable uploads."""

    principal: Principal
    files: Sequence[FileStorage]
    uploads: Sequence[str]
    collection: str
    options: Mapping[str, str]
    password: str = field(repr=False)


def accept_upload(
    jobs: Jobs,
    principal: Principal,
    files: Sequence[FileStorage],
    collection: str,
    options: Mapping[str, str],
    password: str = "",
    uploads: Sequence[str] = (),
    key: str = "",
) -> str:
    """Stage ``files`` and the finished resumable ``uploads`` (ids), record the job, queue it, and return its id.

    A request with a ``key`` that an earlier one of the principal had, or without key with the same ``uploads``, is a
    repetition: the job of the first one is returned, whichever server was asked. The database decides which was first.

    ``options`` are fields of ``IngestOptions``, each made one line; a file ``manifest.csv`` among the files gives those
    of each file and is checked before anything is read. Raises ``app.no_files``, ``app.bad_collection``,
    ``indexing.unknown_value``, ``indexing.no_such_collection``, ``app.collection_read_only`` for one that the principal
    may only read, ``app.case_file_refused``, ``app.no_such_upload``, ``app.upload_incomplete``,
    ``indexing.quota_exceeded``, ``app.key_used_otherwise`` for a repetition with other files or another destination,
    and the problems of a manifest; nothing is stored then, and resumable uploads are kept.
    """
    options = {name: one_line(value or "") for name, value in options.items()}
    named = [file for file in files if file.filename]
    chosen = list(dict.fromkeys(uploads))
    if not named and not chosen:
        raise RogatioError("app.no_files")
    request = UploadRequest(principal, named, chosen, collection, options, password)
    identity = _identity(request, key)
    if not _is_known(jobs, request, identity):
        try:
            _accept(jobs, request, identity)
        except RogatioError as error:
            # another server was faster with the same request, or only the confirmation of the database was lost
            if error.code not in UNCERTAIN or not _is_known(jobs, request, identity):
                raise
        jobs.submit(identity.id)
    return identity.id


def _is_known(jobs: Jobs, request: UploadRequest, identity: JobIdentity) -> bool:
    """Return whether the job of a request is recorded; what is left of its resumable uploads is then removed."""
    if not is_repetition(jobs.installation.store, identity):
        return False
    home = jobs.installation.settings.home
    for upload_id in request.uploads:
        with suppress(RogatioError):  # removed before
            partial_uploads.abandon(home, partial_uploads.partial_upload(home, request.principal.id, upload_id))
    return True


def _accept(jobs: Jobs, request: UploadRequest, identity: JobIdentity) -> None:
    """Stage the files of a request and record its job."""
    home, author = jobs.installation.settings.home, request.principal.id
    finished = [partial_uploads.partial_upload(home, author, upload_id) for upload_id in request.uploads]
    _check(jobs, request.principal, request.collection, request.options)
    with new_folder(home) as folder:
        staged = [_stage(file, folder / str(ordinal)) for ordinal, file in enumerate(request.files, 1)]
        with partial_uploads.claimed(home, finished, identity.id):
            for ordinal, upload in enumerate(finished, len(staged) + 1):
                partial_uploads.link(home, upload, folder / str(ordinal))
                staged.append(StagedFile(upload.name, upload.length, ordinal))
            described = list(_described(jobs, request.principal, request.collection, folder, staged))
            _record(jobs, request, identity, described, folder)


def _record(
    jobs: Jobs, request: UploadRequest, identity: JobIdentity, staged: Sequence[StagedFile], folder: Path
) -> None:
    """Record the job and give it its ``folder``, unless another server has just done so for the same request."""
    store, home = jobs.installation.store, jobs.installation.settings.home
    options = {name: value for name, value in request.options.items() if value}
    if identity.request:
        options[REQUEST] = identity.request
    if any(file.options for file in staged):
        options |= job_records.WITH_MANIFEST
    author, collection, password = request.principal.id, request.collection, request.password
    is_added = job_records.add_job(
        store, identity.id, author, collection, options, password, staged, lambda: give(folder, home, identity.id)
    )
    if not is_added:
        is_repetition(store, identity)


def _identity(request: UploadRequest, key: str) -> JobIdentity:
    files = (f"file {file_name(file.filename or '')} {_size(file)}" for file in request.files)
    options = (f"option {name} {value}" for name, value in request.options.items() if value)
    requested = (f"collection {request.collection}", *options, *files)
    return identity_of(request.principal.id, key, request.uploads, requested)


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    return size


def _check(jobs: Jobs, principal: Principal, collection: str, options: Mapping[str, str]) -> None:
    """Check the values of an upload, or of a row of a manifest, and the right to write to its collection."""
    collection_name(collection)
    for name in ("document_type", "jurisdiction", "date"):
        known_value(name, options.get(name) or "")
    store, case_file, place = jobs.installation.store, options.get("case_file") or "", new_collection(collection)
    try:
        ensure_collection(store, place, principal, case_file)
    except RogatioError as error:
        is_refused = error.code == "indexing.no_such_collection"  # not a database that does not answer
        is_law = place.is_public and principal.reads_public  # read by it even before the first law was added
        if is_refused and (is_law or store.access(principal).allows_document(collection, case_file)):
            raise RogatioError("app.collection_read_only", collection=collection) from error
        raise
    if not store.access(principal).allows_document(collection, case_file):  # restricted to others
        raise RogatioError("app.case_file_refused")


def _described(
    jobs: Jobs, principal: Principal, collection: str, folder: Path, staged: Sequence[StagedFile]
) -> Iterator[StagedFile]:
    """Yield the files other than the manifest, each with its row; raises the first problem of the manifest."""
    by_name = {file.name: file for file in staged}
    manifest = by_name.pop(MANIFEST, None)
    rows = dict[str, Row]()
    if manifest is not None:
        for checked in checked_rows(folder / str(manifest.ordinal), MANIFEST, by_name.__contains__):
            if checked.problems:
                raise checked.problems[0]
            row = checked.values
            if unsupported := set(row) & NOT_UPLOADED:
                raise RogatioError("indexing.manifest_column", path=MANIFEST, columns=", ".join(sorted(unsupported)))
            _check(
                jobs, principal, row.get("collection", collection), {"case_file": one_line(row.get("case_file", ""))}
            )
            rows[checked.file] = row
    for file in staged:
        if file is not manifest:
            yield StagedFile(file.name, file.size, file.ordinal, rows.get(file.name, {}))


def file_name(given: str) -> str:
    """Return the name of an uploaded file without folders and control characters."""
    return one_line(given.replace("\\", "/").rpartition("/")[2]) or "document"


def _stage(file: FileStorage, path: Path) -> StagedFile:
    """Write the uploaded bytes and return the file's name, without folders, and its size in bytes."""
    file.save(path)
    return StagedFile(file_name(file.filename or ""), path.stat().st_size, int(path.name))
