"""The steps of background jobs: a slice of an upload, what is pending, and the proposals of a gap matrix.

A step runs in the thread of a consumer (``app/jobs.py``); ingest runs in processes of its own.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import format_tb
from typing import Any

from app.accounts.accounts import acting_principal
from app.gap_matrix.stored_proposals import compute_proposals
from app.job_queue import TRANSIENT
from app.requests.readings import read_pending
from app.retention.deletion import delete_next
from app.uploads import job_progress, job_records
from app.uploads.job_records import Job
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions, upload, with_row
from indexing.ingest.batch_log import IngestEvent
from indexing.ingest.ingest import add_vectors, ingest, process_pending
from indexing.installation import Installation
from nlp.elements.instruments import instrument

log = logging.getLogger(__name__)

OPTIONS = ("case_file", "document_type", "jurisdiction", "title", "date")

SLICE = 25
"""Files of a job that are done at once; after them the next job in turn is served, or a pause takes effect."""


def run_proposals(
    installation: Installation, principal: Principal, instrument_id: str, countries: Sequence[str], day: str
) -> None:
    """Compute the proposals of an instrument in the law of countries on a day, as ``principal`` may see it."""
    store = installation.store
    compute_proposals(store, installation.engine, store.access(principal), instrument(instrument_id), countries, day)


def run_pending(installation: Installation, principal: Principal = LOCAL_USER) -> bool:
    """Delete due documents, process those not current in the index, read requests not current, and add vectors.

    Vectors wait until all uploaded files are found by words. ``principal`` is that of an installation without accounts.
    Returns whether documents were deleted or vectors added, and more may be left.
    """
    deleted = delete_next(installation, lambda name: acting_principal(installation.store, name, principal))
    process_pending(installation)
    read_pending(installation.store)
    if deleted is not None:
        return True
    return not job_records.jobs_in_turn(installation.store) and add_vectors(installation, SLICE) > 0


def run_next(installation: Installation, principal: Principal, job_id: str, again: Callable[[str], Any]) -> None:
    """Do a slice of the job in turn, and queue ``job_id`` again until it is done.

    Each job that waits has an entry in the queue; whose turn it is when one is taken depends on the users.
    """
    home = installation.settings.home
    waiting = job_records.jobs_in_turn(installation.store)
    here = [job for job in waiting if job_records.staging(home, job).is_dir()]
    is_done = any(run_slice(installation, principal, job) is not None for job in here)
    if is_done and job_id in job_records.unfinished_jobs(installation.store):
        again(job_id)


def run_slice(installation: Installation, principal: Principal, job_id: str) -> bool | None:
    """Ingest the next files of a job and record the outcome of each; return whether more are to be done.

    Only one consumer works on a job: returns None where it is another one. Raises an error of ``TRANSIENT``; the slice
    is then done again later.
    """
    folder = job_records.staging(installation.settings.home, job_id)
    folder.mkdir(parents=True, exist_ok=True)
    with job_lock(folder) as is_free:
        if not is_free:  # if that one dies, the job is queued again
            return None
        store = installation.store
        job = job_records.job(store, store.access(principal), job_id)
        if not job.finished and job.held == job_records.CANCELLED:
            job_progress.finish_cancelled(store, job_id)
        elif not job.finished and job.held == job_records.PAUSED:
            return False
        elif not job.finished and _run(installation, principal, job, folder):
            return True
        shutil.rmtree(folder, ignore_errors=True)
        return False


@contextmanager
def job_lock(folder: Path) -> Iterator[bool]:
    """Hold the lock of a job's folder, released when the process ends; yield False if another process holds it."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _run(installation: Installation, principal: Principal, job: Job, folder: Path) -> bool:
    """Do the next slice of a job; return whether files are left. A job without any, or that fails, is finished."""
    store = installation.store
    part = job_progress.begin_slice(store, job.id, SLICE)
    ordinals = [f.ordinal for f in part]
    try:
        options = IngestOptions(collection=job.collection, password=job.password, **_ingest_options(job.options))
        files = [upload(folder / str(f.ordinal), f.name, with_row(options, f.options)) for f in part if f.name]
        if files:
            ingest(
                installation,
                files,
                options,
                principal,
                lambda event: _note(installation, job.id, ordinals, event),
                on_vectors=None,
            )
            read_pending(store)
        if len(part) == SLICE:
            job_progress.end_slice(store, job.id, ordinals[-1])
            return True
    except RogatioError as error:
        if error.code in TRANSIENT:
            raise
        job_progress.finish(store, job.id, error)
    except Exception as error:
        # the location only: the message may contain document content
        log.error("job %s: %s at\n%s", job.id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        job_progress.finish(store, job.id, RogatioError("app.job_failed", job=job.id))
    else:
        job_progress.finish(store, job.id)
    return False


def _ingest_options(options: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in OPTIONS}


def _note(installation: Installation, job_id: str, part: Sequence[int], event: IngestEvent) -> None:
    error = event.error
    columns = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    job_progress.settle(
        installation.store, job_id, event.source, part, status=event.status, document=event.document_id, **columns
    )
