"""Background jobs: a queue that several servers share, and a consumer for each of them.

The queue is SQLite in the installation's home, Redis where ``ROGATIO_REDIS_URL`` is set. It is never emptied: what
waits in it may be another server's. What a server that died had taken from it is queued again, once. Ingest works in
processes of its own, so that a thread is enough for the consumer.
"""

from __future__ import annotations

import fcntl
import hashlib
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_tb
from typing import Any

from flask import current_app
from huey import Huey, RedisHuey, SqliteHuey
from huey.consumer import Consumer

from app.gap_matrix.stored_proposals import compute_proposals
from app.requests.readings import read_pending
from app.uploads import job_records
from app.uploads.job_records import Job
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.batch_log import IngestEvent
from indexing.ingest.ingest import ingest, process_pending
from indexing.installation import Installation
from indexing.settings import Settings, secret_key
from nlp.elements.instruments import instrument

log = logging.getLogger(__name__)

INGEST = "ingest"

OPTIONS = ("case_file", "document_type", "jurisdiction", "title", "date")


REQUEUE_SECONDS = 60.0


def open_queue(settings: Settings, name: str = "jobs") -> Huey:
    """Open a queue of the servers that share this home folder: no other can reach the files that wait in it."""
    if settings.redis_url:
        home = hashlib.sha256(secret_key(settings.home).encode()).hexdigest()[:16]
        return RedisHuey(f"rogatio-{name}-{home}", url=settings.redis_url)
    return SqliteHuey("rogatio", filename=str(settings.home / f"{name}.sqlite"))


def _queue_failures(settings: Settings) -> tuple[type[Exception], ...]:
    """Return what a queue raises that cannot be reached or written; ``redis`` is installed only where it is used."""
    if not settings.redis_url:
        return (sqlite3.Error, OSError)
    from redis import RedisError

    return (RedisError, OSError)


class _Consumer(Consumer):  # type: ignore[misc]
    """A consumer inside of the server, which handles signals itself."""

    def _set_signal_handlers(self) -> None:
        pass


@dataclass(slots=True)
class Jobs:
    """The queue of an application, its tasks, and the consumer once it was started.

    ``compute_proposals`` looks for a model instrument (its id) in the law of countries on a day, for gap matrices.
    ``process`` processes corrected documents and what else is not current in the index, and reads requests; it has a
    queue and a consumer of its own, so that a correction does not wait for a long ingest.
    """

    installation: Installation
    principal: Principal
    queue: Huey
    run: Callable[[str], Any]
    compute_proposals: Callable[[str, Sequence[str], str], Any]
    pending: Huey
    process: Callable[[], Any]
    consumers: list[Consumer] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def of(cls, installation: Installation, principal: Principal = LOCAL_USER) -> Jobs:
        queue = open_queue(installation.settings)
        task = queue.task(name=INGEST)(lambda job_id: run_job(installation, principal, job_id))
        looking = queue.task(name="look")(lambda *arguments: run_look(installation, principal, *arguments))
        pending = open_queue(installation.settings, "pending")
        process = pending.task(name="process")(lambda: run_pending(installation))
        return cls(installation, principal, queue, task, looking, pending, process)

    def start(self) -> None:
        """Start the consumers, and queue again what a server that died left unfinished, now and every minute.

        Before the consumers: a job that one of them has just taken would look abandoned.
        """
        self.submit_pending()
        self._requeue_or_later()
        for queue in (self.queue, self.pending):
            self.consumers.append(_Consumer(queue, workers=1, periodic=False, max_delay=1.0))
            self.consumers[-1].start()
        threading.Thread(target=self._requeue_until_stopped, daemon=True).start()

    def stop(self) -> None:
        """Stop the consumers after the jobs that they are at; what waits is done by the next ones."""
        self.stopped.set()
        for consumer in self.consumers:
            consumer.stop(graceful=True)

    def submit(self, job_id: str) -> None:
        """Queue a job; where the queue does not answer, the job is queued later (see ``start``)."""
        try:
            self.run(job_id)
        except _queue_failures(self.installation.settings) as error:
            log.warning("job %s is not queued yet: %s", job_id, type(error).__name__)

    def submit_pending(self) -> None:
        """Have what is pending processed; where the queue does not answer, the next run of any kind does it."""
        try:
            if not self.pending.pending_count():  # one that waits will process all
                self.process()
        except _queue_failures(self.installation.settings) as error:
            log.warning("corrections are not queued: %s", type(error).__name__)

    def requeue(self) -> None:
        """Queue the unfinished jobs that neither wait in the queue nor are being worked at.

        A job that is queued twice all the same is done once: the second time it is finished.
        """
        queued = {task.args[0] for task in self.queue.pending() if task.name == INGEST}
        for job_id in job_records.unfinished_jobs(self.installation.store):
            if job_id not in queued and self._is_abandoned(job_id):
                self.run(job_id)

    def working_at(self, job_id: str) -> AbstractContextManager[bool]:
        """Hold a job for as long as the block runs; gives False where somebody else holds it."""
        return _held(job_records.staging(self.installation.settings.home, job_id))

    def _is_abandoned(self, job_id: str) -> bool:
        """Whether the files of a job wait in this home folder and nobody works at it."""
        if not job_records.staging(self.installation.settings.home, job_id).is_dir():
            return False
        with self.working_at(job_id) as is_free:
            return is_free

    def _requeue_or_later(self) -> None:
        """Call ``requeue``; where the records or the queue do not answer, the next minute does it."""
        failures: tuple[type[Exception], ...] = (RogatioError, *_queue_failures(self.installation.settings))
        try:
            self.requeue()
        except failures as error:
            log.warning("unfinished jobs are looked for again later: %s", type(error).__name__)

    def _requeue_until_stopped(self) -> None:
        while not self.stopped.wait(REQUEUE_SECONDS):
            self._requeue_or_later()


def jobs() -> Jobs:
    held: Jobs = current_app.extensions["jobs"]
    return held


def run_look(
    installation: Installation, principal: Principal, instrument_id: str, countries: Sequence[str], day: str
) -> None:
    """Look through the law of countries on a day for the elements of an instrument, as ``principal`` may see it."""
    store = installation.store
    compute_proposals(store, installation.engine, store.access(principal), instrument(instrument_id), countries, day)


def run_pending(installation: Installation) -> None:
    """Process what is not current in the index, then read the requests whose reading is not current."""
    process_pending(installation)
    read_pending(installation.store)


def run_job(installation: Installation, principal: Principal, job_id: str) -> None:
    """Ingest the files of a job and write down what became of each; one consumer alone works at a job."""
    folder = job_records.staging(installation.settings.home, job_id)
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder) as is_free:
        if not is_free:  # another consumer is at it; if that one dies, the job is queued again
            return
        job = job_records.job(installation.store, installation.store.access(principal), job_id)
        if not job.finished:
            _run(installation, principal, job, folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[bool]:
    """Hold the lock of a job's folder, which goes with the process; gives False where somebody else holds it."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _run(installation: Installation, principal: Principal, job: Job, folder: Path) -> None:
    store = installation.store
    job_records.begin(store, job.id)
    staged = [f for f in job_records.job_files(store, job.id) if f.name]
    try:
        options = IngestOptions(collection=job.collection, password=job.password, **_said(job.options))
        files = [upload(folder / str(f.ordinal), f.name, options) for f in staged]
        ingest(installation, files, options, principal, lambda event: _note(installation, job.id, event))
        read_pending(store)
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
    columns = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    job_records.settle(
        installation.store, job_id, event.source, status=event.status, document=event.document_id, **columns
    )
