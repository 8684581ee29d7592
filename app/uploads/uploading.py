"""Acceptance of uploaded files: staged on disk, recorded as a job, queued."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from werkzeug.datastructures import FileStorage

from app.collection_names import collection_name
from app.jobs import Jobs
from app.uploads import job_records
from extraction.characters import one_line
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.ingest.ingest import new_collection
from indexing.search.query_fields import known_value
from indexing.store.writing import ensure_collection

DATE = r"\d{4}(-\d{2}(-\d{2})?)?"


def accept_upload(
    jobs: Jobs,
    principal: Principal,
    files: Sequence[FileStorage],
    collection: str,
    options: Mapping[str, str],
    password: str = "",
) -> str:
    """Stage ``files``, record the job, queue it, and return its id.

    ``options`` are fields of ``IngestOptions``. Raises ``app.no_files``, ``app.bad_collection``,
    ``indexing.unknown_value``, ``indexing.no_such_collection`` and ``app.case_file_refused``.
    """
    named = [file for file in files if file.filename]
    if not named:
        raise RogatioError("app.no_files")
    _check(collection, options)
    store, case_file = jobs.installation.store, options.get("case_file") or ""
    ensure_collection(store, new_collection(collection), principal, case_file)
    if not store.access(principal).allows_document(collection, case_file):  # restricted to others
        raise RogatioError("app.case_file_refused")
    job_id = job_records.new_job_id()
    folder = job_records.staging(jobs.installation.settings.home, job_id)
    folder.mkdir(parents=True)
    try:
        staged = [_stage(file, folder / str(ordinal)) for ordinal, file in enumerate(named, 1)]
        given_options = {name: value for name, value in options.items() if value}
        job_records.add_job(jobs.installation.store, job_id, principal.id, collection, given_options, password, staged)
    except BaseException:
        shutil.rmtree(folder)
        raise
    jobs.submit(job_id)
    return job_id


def _check(collection: str, options: Mapping[str, str]) -> None:
    collection_name(collection)
    for name in ("document_type", "jurisdiction", "date"):
        known_value(name, options.get(name) or "")


def _stage(file: FileStorage, path: Path) -> tuple[str, int]:
    """Write the uploaded bytes and return the file name, without folders, and the size in bytes."""
    file.save(path)
    name = one_line((file.filename or "").replace("\\", "/").rpartition("/")[2])
    return name or "document", path.stat().st_size
