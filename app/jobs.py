"""Background jobs: a queue shared by several servers, with consumers in each of them.

The queue is SQLite in the installation's home, or Redis if ``ROGATIO_REDIS_URL`` is set. It is never flushed, because
it may contain jobs of other servers. Jobs of a server that died are queued again, once. Ingest runs in processes of its
own, so a thread is sufficient for the consumer.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_tb
from typing import Any

from flask import current_app
from huey import Huey
from huey.consumer import Consumer

from app.accounts.accounts import acting_principal
from app.gap_matrix.stored_proposals import compute_proposals
from app.job_queue import TRANSIENT, InlineConsumer, open_queue, queue_failures
from app.requests.readings import read_pending
from app.retention.deletion import delete_next, has_unfinished
from app.uploads import job_progress, job_records
from app.uploads.job_records import Job
from app.uploads.staging import remove_abandoned
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.arrivals import IngestOptions, upload, with_row
from indexing.ingest.batch_log import IngestEvent
from indexing.ingest.ingest import add_vectors, ingest, process_pending
from indexing.installation import Installation
from indexing.store.deletion import expunge_removed
from nlp.elements.instruments import instrument

log = logging.getLogger(__name__)

INGEST = "ingest"

OPTIONS = ("case_file", "document_type", "jurisdiction", "title", "date")


REQUEUE_SECONDS = 60.0

SLICE = 25
"""Files of a job that are done at once; after them the next job in turn is served, or a pause takes effect."""


@dataclass(slots=True)
class Jobs:
    """The queue of an application, its tasks, and its consumers once started.

    ``compute_proposals`` computes the proposals of a gap matrix: for an instrument (id), in the law of countries on a
    day. ``process`` deletes due documents whose deletion was confirmed, processes documents not current in the index,
    for instance corrected ones, reads requests and adds vectors; it has a queue and a consumer of its own, so that a
    correction does not wait for a long ingest.
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
    failures: int = 0
    retry: threading.Timer | None = None

    @classmethod
    def of(cls, installation: Installation, principal: Principal = LOCAL_USER) -> Jobs:
        """Return the queues of an installation, not started; ``principal`` is who processes the jobs."""
        queue, pending = open_queue(installation.settings), open_queue(installation.settings, "pending")

        def ingest_task(job_id: str) -> None:
            with held.repeated_if_unavailable():
                run_next(installation, principal, job_id, task)
                if not job_records.jobs_in_turn(installation.store):
                    held.submit_pending()  # the vectors of what was ingested

        def process_task() -> None:
            with held.repeated_if_unavailable():
                if run_pending(installation, principal):
                    held.submit_pending()

        task: Callable[[str], Any] = queue.task(name=INGEST)(ingest_task)
        looking = queue.task(name="look")(lambda *arguments: run_proposals(installation, principal, *arguments))
        process = pending.task(name="process")(process_task)
        held = cls(installation, principal, queue, task, looking, pending, process)
        return held

    def start(self) -> None:
        """Start the consumers; queue unfinished jobs of dead servers again, now and every minute.

        This happens before the consumers start, since a job that one of them has just taken would look abandoned.
        """
        self.submit_pending()
        self._requeue_or_later()
        for queue in (self.queue, self.pending):
            self.consumers.append(InlineConsumer(queue, workers=1, periodic=False, max_delay=1.0))
            self.consumers[-1].start()
        for repeated in (self._requeue_or_later, self._expunge_or_later):
            threading.Thread(target=self._repeat_until_stopped, args=(repeated,), daemon=True).start()

    def stop(self) -> None:
        """Stop the consumers after their current jobs; waiting jobs are left to the next consumers."""
        self.stopped.set()
        if self.retry:
            self.retry.cancel()
        for consumer in self.consumers:
            consumer.stop(graceful=True)

    def submit(self, job_id: str) -> None:
        """Queue a job; if the queue is unreachable, the job is queued later (see ``start``)."""
        try:
            self.run(job_id)
        except queue_failures(self.installation.settings) as error:
            log.warning("job %s is not queued yet: %s", job_id, type(error).__name__)

    def submit_pending(self) -> None:
        """Queue the processing of pending documents; if the queue is unreachable, the next run does it."""
        try:
            if not self.pending.pending_count():  # a waiting job will process all
                self.process()
        except queue_failures(self.installation.settings) as error:
            log.warning("corrections and vectors are not queued: %s", type(error).__name__)

    @contextmanager
    def repeated_if_unavailable(self) -> Iterator[None]:
        """Repeat later what fails in the context because the database or the engine does not answer."""
        try:
            yield
        except RogatioError as error:
            if error.code not in TRANSIENT:
                raise
            log.warning("jobs wait: %s", error.code)
            self._retry_later()
        else:
            self.failures = 0

    def _retry_later(self) -> None:
        """Queue all that is unfinished after 1, 2, 4 seconds and so on, at most ``REQUEUE_SECONDS``."""
        if self.stopped.is_set() or (self.retry and self.retry.is_alive()):
            return
        self.retry = threading.Timer(min(REQUEUE_SECONDS, 2.0**self.failures), self._try_again)
        self.retry.daemon = True
        self.failures += 1
        self.retry.start()

    def _try_again(self) -> None:
        self.retry = None
        self.submit_pending()
        if not self._requeue_or_later():
            self._retry_later()

    def requeue(self) -> None:
        """Queue the unfinished jobs that are neither waiting in the queue nor being processed.

        A job that is queued twice is processed once: the second time it is already finished. A deletion that another
        server began is continued.
        """
        queued = {task.args[0] for task in self.queue.pending() if task.name == INGEST}
        for job_id in job_records.unfinished_jobs(self.installation.store):
            if job_id not in queued and self._is_abandoned(job_id):
                self.run(job_id)
        remove_abandoned(self.installation.store, self.installation.settings.home)
        if has_unfinished(self.installation.store):
            self.submit_pending()

    def working_at(self, job_id: str) -> AbstractContextManager[bool]:
        """Hold the lock of a job for the duration of the context; yield False if another process holds it."""
        return _held(job_records.staging(self.installation.settings.home, job_id))

    def _is_abandoned(self, job_id: str) -> bool:
        """Whether the files of a job are in this home folder and no process works on it."""
        if not job_records.staging(self.installation.settings.home, job_id).is_dir():
            return False
        with self.working_at(job_id) as is_free:
            return is_free

    def _requeue_or_later(self) -> bool:
        """Call ``requeue``; return False if the database or the queue does not respond (repeated after a minute)."""
        failures: tuple[type[Exception], ...] = (RogatioError, *queue_failures(self.installation.settings))
        try:
            self.requeue()
        except failures as error:
            log.warning("the search for unfinished jobs is retried later: %s", type(error).__name__)
            return False
        return True

    def _expunge_or_later(self) -> None:
        """Remove the words of deleted and corrected documents from the indices, later where no engine answers."""
        try:
            if expunge_removed(self.installation.store, self.installation.engine):
                self.submit_pending()
        except RogatioError as error:
            log.warning("words of deleted documents are removed later: %s", error.code)

    def _repeat_until_stopped(self, act: Callable[[], object]) -> None:
        while not self.stopped.wait(REQUEUE_SECONDS):
            act()


def jobs() -> Jobs:
    """Return the jobs of the current Flask application."""
    held: Jobs = current_app.extensions["jobs"]
    return held


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
    with _held(folder) as is_free:
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
def _held(folder: Path) -> Iterator[bool]:
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
