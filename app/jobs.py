"""Background jobs: a queue shared by several servers, with consumers in each of them.

The queue is SQLite in the installation's home, or Redis if ``ROGATIO_REDIS_URL`` is set. It is never flushed, because
it may contain jobs of other servers. Jobs of a server that died are queued again, once. Ingest runs in processes of its
own, so a thread is sufficient for the consumer.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from huey import Huey
from huey.consumer import Consumer

from app.job_queue import TRANSIENT, InlineConsumer, open_queue, queue_failures
from app.job_steps import job_lock, run_next, run_pending, run_proposals
from app.retention.deletion import has_unfinished
from app.uploads import job_records
from app.uploads.staging import remove_abandoned
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.store.deletion import expunge_removed

log = logging.getLogger(__name__)

INGEST = "ingest"

REQUEUE_SECONDS = 60.0


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
        return job_lock(job_records.staging(self.installation.settings.home, job_id))

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
