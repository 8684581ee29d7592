"""Acceptance of uploaded files: staged on disk, recorded as a job, queued."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from werkzeug.datastructures import FileStorage

from app.collection_names import collection_name
from app.jobs import Jobs
from app.uploads import job_records, partial_uploads
from app.uploads.job_records import StagedFile
from app.uploads.partial_uploads import PartialUpload
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


def accept_upload(
    jobs: Jobs,
    principal: Principal,
    files: Sequence[FileStorage],
    collection: str,
    options: Mapping[str, str],
    password: str = "",
    uploads: Sequence[str] = (),
) -> str:
    """Stage ``files`` and the finished resumable ``uploads`` (ids), record the job, queue it, and return its id.

    ``options`` are fields of ``IngestOptions``; a file ``manifest.csv`` among the files gives those of each file and is
    checked before anything is read. Raises ``app.no_files``, ``app.bad_collection``, ``indexing.unknown_value``,
    ``indexing.no_such_collection``, ``app.case_file_refused``, ``app.no_such_upload``, ``app.upload_incomplete``,
    ``indexing.quota_exceeded`` and the problems of a manifest; nothing is stored then, and resumable uploads are kept.
    """
    named = [file for file in files if file.filename]
    home = jobs.installation.settings.home
    finished = [partial_uploads.partial_upload(home, principal.id, upload_id) for upload_id in dict.fromkeys(uploads)]
    if not named and not finished:
        raise RogatioError("app.no_files")
    _check(jobs, principal, collection, options)
    job_id = job_records.new_job_id()
    folder = job_records.staging(home, job_id)
    folder.mkdir(parents=True)
    taken: list[tuple[PartialUpload, Path]] = []
    try:
        staged = [_stage(file, folder / str(ordinal)) for ordinal, file in enumerate(named, 1)]
        for ordinal, upload in enumerate(finished, len(staged) + 1):
            partial_uploads.take(home, upload, folder / str(ordinal))
            taken.append((upload, folder / str(ordinal)))
            staged.append(StagedFile(upload.name, upload.length, ordinal))
        staged = list(_described(jobs, principal, collection, folder, staged))
        given_options = {name: value for name, value in options.items() if value}
        if any(file.options for file in staged):
            given_options |= job_records.WITH_MANIFEST
        job_records.add_job(jobs.installation.store, job_id, principal.id, collection, given_options, password, staged)
    except BaseException:
        for upload, path in taken:
            partial_uploads.give_back(home, upload, path)
        shutil.rmtree(folder)
        raise
    jobs.submit(job_id)
    return job_id


def _check(jobs: Jobs, principal: Principal, collection: str, options: Mapping[str, str]) -> None:
    """Check the values of an upload, or of a row of a manifest, and the right to write to its collection."""
    collection_name(collection)
    for name in ("document_type", "jurisdiction", "date"):
        known_value(name, options.get(name) or "")
    store, case_file = jobs.installation.store, options.get("case_file") or ""
    ensure_collection(store, new_collection(collection), principal, case_file)
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
        for name, row in checked_rows(folder / str(manifest.ordinal), MANIFEST, by_name.__contains__):
            if isinstance(row, RogatioError):
                raise row
            if unsupported := set(row) & NOT_UPLOADED:
                raise RogatioError("indexing.manifest_column", path=MANIFEST, columns=", ".join(sorted(unsupported)))
            _check(jobs, principal, row.get("collection", collection), {"case_file": row.get("case_file", "")})
            rows[name] = row
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
