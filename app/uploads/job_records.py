"""Jobs and their files: how they are added and read, and who may see them; ``job_progress`` records what is done."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.secret_box import decrypt, encrypt
from app.uploads.schema import JobFileRow, JobRow
from app.uploads.space import require_space_for_uploads
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, PUBLIC_PARTITION, AccessFilter
from indexing.store.database import serialise
from indexing.store.reading import Store
from indexing.store.schema import Status
from indexing.store.writing import writing

FORGOTTEN = {"forgotten": "yes"}
"""The options of a job of which a document was deleted."""

WITH_MANIFEST = {"manifest": "yes"}
"""The options of a job whose files may be in several collections and case files: its author alone sees it."""

PAUSED, CANCELLED = "paused", "cancelled"

CANCELLED_FILE = "app.upload_cancelled"
"""The error of a file that was not read because its job was cancelled."""


@dataclass(frozen=True, slots=True)
class Job:
    """``error`` is the error of the whole job; files have their own."""

    id: str
    author: str
    collection: str
    options: Mapping[str, str]
    password: str = field(repr=False)
    added: datetime
    finished: datetime | None
    error: str
    error_facts: Mapping[str, Any]
    held: str = ""
    priority: int = 0
    done: int = 0

    def sentence(self, language: str) -> str:
        """Return the cause of the error of the whole job and the remedy."""
        return RogatioError(self.error, **self.error_facts).sentence(language) if self.error else ""

    @property
    def state(self) -> str:
        """``finished``, ``cancelled`` (the current slice is still finished), ``paused`` or ``waiting``."""
        return "finished" if self.finished else self.held or "waiting"


class StagedFile(NamedTuple):
    """A waiting file, staged under its ``ordinal`` (0: its position), with its row of a manifest."""

    name: str
    size: int
    ordinal: int = 0
    options: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class JobFile:
    """A file of a job: ``ordinal`` is its number in the staging folder, ``error`` a code or empty."""

    ordinal: int
    name: str
    uploaded: bool
    size: int
    status: Status
    document: str
    error: str
    error_facts: Mapping[str, Any]
    options: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, language: str) -> str:
        """Return the cause of the error and the remedy, empty without an error."""
        return RogatioError(self.error, **self.error_facts).sentence(language) if self.error else ""


def staging(home: Path, job: str) -> Path:
    """Return the staging folder of a job; file number ``N`` is stored there under that number."""
    return home / "uploads" / job


def add_job(
    store: Store,
    job: str,
    author: str,
    collection: str,
    options: Mapping[str, str],
    password: str,
    files: Sequence[tuple[str, int] | StagedFile],
    give: Callable[[], None] = lambda: None,
) -> bool:
    """Add a job with its files (name, size) and return True, unless it was recorded by another process.

    ``give`` gives it its staging folder before the transaction ends. Raises ``indexing.quota_exceeded`` if the files do
    not fit into their collections.
    """
    staged = [StagedFile(*given) for given in files]
    with writing(store) as session:
        if job_lock(session, job):
            return False
        require_space_for_uploads(session, ((file.options.get("collection", collection), file.size) for file in staged))
        session.add(
            JobRow(
                id=job,
                author=author,
                collection=collection,
                options=dict(options),
                password=encrypt(store.derived.home, password),
                added=datetime.now(UTC),
            )
        )
        session.flush()
        for position, file in enumerate(staged, 1):
            ordinal, described = file.ordinal or position, dict(file.options)
            session.add(JobFileRow(job=job, ordinal=ordinal, name=file.name, size=file.size, options=described))
        session.flush()
        give()
    return True


def job_lock(session: Session, job_id: str) -> bool:
    """Exclude other processes from recording a job until the transaction ends; return whether it is recorded."""
    serialise(session, "job", job_id)
    return session.scalar(select(JobRow.id).where(JobRow.id == job_id)) is not None


def new_job_id() -> str:
    """Return a random id of 32 hexadecimal digits."""
    return uuid.uuid4().hex


def job(store: Store, access: AccessFilter, job_id: str) -> Job:
    """Return a job; raises ``app.no_such_job``, also if its collection may not be seen."""
    # the condition on the collection is part of the query: a hidden job takes no longer than one that does not exist
    query = select(JobRow).where(JobRow.id == job_id, JobRow.collection.in_(access.collections))
    with Session(store.database) as session:
        row = session.scalar(query)
        if row is None or not _may_see(access, row):
            raise RogatioError("app.no_such_job", job=job_id)
        return _job(store, row)


def jobs(store: Store, access: AccessFilter, limit: int = 50) -> list[Job]:
    """Return the newest jobs."""
    query = select(JobRow).where(JobRow.collection.in_(access.collections)).order_by(JobRow.added.desc())
    with Session(store.database) as session:
        seen = (row for row in session.scalars(query.execution_options(yield_per=limit)) if _may_see(access, row))
        return [_job(store, row) for row in islice(seen, limit)]


def forget(store: Store, documents: Iterable[str]) -> None:
    """Remove the names of deleted documents and the messages about their uploads."""
    with writing(store) as session:
        for document in documents:
            jobs_of = select(JobFileRow.job).where(JobFileRow.document == document)
            session.execute(update(JobRow).where(JobRow.id.in_(jobs_of)).values(options=FORGOTTEN))
            forgotten = {"name": "", "error_facts": {}, "options": {}}
            session.execute(update(JobFileRow).where(JobFileRow.document == document).values(**forgotten))


def unfinished_jobs(store: Store) -> list[str]:
    """Return the jobs to be processed, without paused ones."""
    query = select(JobRow.id).where(JobRow.finished.is_(None), JobRow.held != PAUSED).order_by(JobRow.added)
    with Session(store.database) as session:
        return list(session.scalars(query))


def jobs_in_turn(store: Store) -> list[str]:
    """Return the jobs to be processed, in order: the longest waiting author first, then by priority, then by age."""
    last = select(JobRow.author, func.max(JobRow.served).label("served")).group_by(JobRow.author).subquery()
    query = select(JobRow.id).join(last, last.c.author == JobRow.author)
    query = query.where(JobRow.finished.is_(None), JobRow.held != PAUSED)
    turn = (last.c.served.is_not(None), last.c.served, JobRow.priority.desc(), JobRow.added, JobRow.id)
    with Session(store.database) as session:
        return list(session.scalars(query.order_by(*turn)))


def job_files(store: Store, job_id: str) -> list[JobFile]:
    """Return the files of a job returned by :func:`job`."""
    query = select(JobFileRow).where(JobFileRow.job == job_id).order_by(JobFileRow.ordinal, JobFileRow.id)
    with Session(store.database) as session:
        return [job_file(row) for row in session.scalars(query)]


def file_counts(store: Store, job_ids: Sequence[str]) -> dict[str, Counter[str]]:
    """Return the number of files by status of each of these jobs, which :func:`jobs` returned."""
    query = select(JobFileRow.job, JobFileRow.status, func.count()).where(JobFileRow.job.in_(job_ids))
    counted = {job_id: Counter[str]() for job_id in job_ids}
    with Session(store.database) as session:
        for job_id, status, count in session.execute(query.group_by(JobFileRow.job, JobFileRow.status)).tuples():
            counted[job_id][status] = count
    return counted


def failed_files(store: Store, job_id: str) -> int:
    """Return how many files of a job, which :func:`jobs` returned, could not be read; cancelled ones do not count."""
    failed = (JobFileRow.job == job_id, JobFileRow.status == Status.FAILED, JobFileRow.error != CANCELLED_FILE)
    with Session(store.database) as session:
        return session.scalar(select(func.count()).where(*failed)) or 0


def may_control(access: AccessFilter, job: Job) -> bool:
    """Return whether a principal may pause or cancel a job: its author, or who may write to its collection."""
    return job.author == access.principal or job.collection in access.writable


def _may_see(access: AccessFilter, row: JobRow) -> bool:
    if WITH_MANIFEST.items() <= row.options.items():
        return access.principal in (row.author, LOCAL_USER.id)
    public = dict(access.readable).get(PUBLIC_PARTITION, frozenset())
    if row.collection in public and row.collection not in access.writable and row.author != access.principal:
        return False  # published law is read by all, its uploads are not
    if row.options == FORGOTTEN:  # its case file may have been a restricted one
        return access.allows(row.collection)
    return access.allows_document(row.collection, row.options.get("case_file", ""))


def _job(store: Store, row: JobRow) -> Job:
    return Job(
        row.id,
        row.author,
        row.collection,
        row.options,
        decrypt(store.derived.home, row.password),
        row.added,
        row.finished,
        row.error,
        row.error_facts,
        row.held,
        row.priority,
        row.done,
    )


def job_file(row: JobFileRow) -> JobFile:
    """Return the file of a row."""
    return JobFile(
        row.ordinal,
        row.name,
        row.uploaded,
        row.size,
        Status(row.status),
        row.document,
        row.error,
        row.error_facts,
        row.options,
    )
