"""Background jobs: a queue with a consumer that resumes after a restart.

The queue is SQLite in the installation's home, Redis where ``ROGATIO_REDIS_URL`` is set. Ingest works in processes of
its own, so that a thread is enough for the consumer.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from traceback import format_tb
from typing import Any

from flask import current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer

from app.gap_matrix.stored_proposals import compute_proposals
from app.uploads import job_records
from app.uploads.job_records import Job
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.batch_log import IngestEvent
from indexing.ingest.ingest import ingest
from indexing.installation import Installation
from indexing.settings import Settings
from nlp.elements.instruments import instrument

log = logging.getLogger(__name__)

OPTIONS = ("case_file", "document_type", "jurisdiction", "title", "date")


def open_queue(settings: Settings) -> Huey:
    if settings.redis_url:
        return RedisHuey("rogatio", url=settings.redis_url)
    return SqliteHuey("rogatio", filename=str(settings.home / "jobs.sqlite"))


class _Consumer(Consumer):  # type: ignore[misc]
    """A consumer inside of the server, which handles signals itself."""

    def _set_signal_handlers(self) -> None:
        pass


@dataclass(slots=True)
class Jobs:
    """The queue of an application, its tasks, and the consumer once it was started.

    ``look`` has a model instrument (its id) looked for in the law of countries on a day, for gap matrices.
    """

    installation: Installation
    principal: Principal
    queue: Huey
    run: Callable[[str], Any]
    compute_proposals: Callable[[str, Sequence[str], str], Any]
    consumer: Consumer | None = None

    @classmethod
    def of(cls, installation: Installation, principal: Principal = LOCAL_USER) -> Jobs:
        queue = open_queue(installation.settings)
        job_records.create_tables(installation.store)
        task = queue.task(name="ingest")(lambda job_id: run_job(installation, principal, job_id))
        looking = queue.task(name="look")(lambda *asked: run_look(installation, principal, *asked))
        return cls(installation, principal, queue, task, looking)

    def start(self) -> None:
        """Start the consumer and take up what an earlier one left unfinished."""
        self.queue.flush()
        for job_id in job_records.unfinished_jobs(self.installation.store):
            self.run(job_id)
        self.consumer = _Consumer(self.queue, workers=1, periodic=False, max_delay=1.0)
        self.consumer.start()

    def stop(self) -> None:
        """Stop the consumer after the job that it is at; what waits is done by the next one."""
        if self.consumer is not None:
            self.consumer.stop(graceful=True)


def jobs() -> Jobs:
    held: Jobs = current_app.extensions["jobs"]
    return held


def run_look(
    installation: Installation, principal: Principal, instrument_id: str, countries: Sequence[str], day: str
) -> None:
    """Look through the law of countries on a day for the elements of an instrument, as ``principal`` may see it."""
    store = installation.store
    compute_proposals(store, installation.engine, store.access(principal), instrument(instrument_id), countries, day)


def run_job(installation: Installation, principal: Principal, job_id: str) -> None:
    """Ingest the files of a job and write down what became of each; one consumer alone works at a job."""
    folder = job_records.staging(installation.settings.home, job_id)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # another consumer is at it; if that one is killed, the next start takes it up
            return
        job = job_records.job(installation.store, installation.store.access(principal), job_id)
        if not job.finished:
            _run(installation, principal, job, folder)
    shutil.rmtree(folder, ignore_errors=True)


def _run(installation: Installation, principal: Principal, job: Job, folder: Path) -> None:
    store = installation.store
    job_records.begin(store, job.id)
    staged = [f for f in job_records.job_files(store, job.id) if f.name]
    try:
        options = IngestOptions(collection=job.collection, password=job.password, **_said(job.options))
        files = [upload(folder / str(f.ordinal), f.name, options) for f in staged]
        ingest(installation, files, options, principal, lambda event: _note(installation, job.id, event))
    except RogatioError as error:
        job_records.finish(store, job.id, error)
    except Exception as error:
        # where it happened, never the message: it may hold content of a document
        log.error("job %s: %s at\n%s", job.id, type(error).__name__, "".join(format_tb(error.__traceback__)))
        job_records.finish(store, job.id, RogatioError("app.job_failed", job=job.id))
    else:
        job_records.finish(store, job.id)


def _said(options: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in OPTIONS}


def _note(installation: Installation, job_id: str, event: IngestEvent) -> None:
    error = event.error
    said = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    job_records.settle(
        installation.store, job_id, event.source, status=event.status, document=event.document_id, **said
    )
