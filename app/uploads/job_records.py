"""Jobs and the state of each of their files, so that a restart can resume."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.secret_box import decrypt, encrypt
from app.uploads.schema import JobFileRow, JobRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.schema import Status
from indexing.store.writing import writing

FORGOTTEN = {"forgotten": "yes"}
"""The options of a job of which a document was deleted."""


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

    def sentence(self, language: str) -> str:
        """Return the cause of the error of the whole job and the remedy."""
        return RogatioError(self.error, **self.error_facts).sentence(language) if self.error else ""


@dataclass(frozen=True, slots=True)
class JobFile:
    ordinal: int
    name: str
    uploaded: bool
    size: int
    status: Status
    document: str
    error: str
    error_facts: Mapping[str, Any]

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
    files: Sequence[tuple[str, int]],
) -> None:
    """Add a job with its files (name, size), which are in its staging folder."""
    with writing(store) as session:
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
        for ordinal, (name, size) in enumerate(files, 1):
            session.add(JobFileRow(job=job, ordinal=ordinal, name=name, size=size))


def new_job_id() -> str:
    return uuid.uuid4().hex


def job(store: Store, access: AccessFilter, job_id: str) -> Job:
    """Return a job; raises ``app.no_such_job``, also if its collection may not be seen."""
    with Session(store.database) as session:
        row = session.get(JobRow, job_id)
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
            forgotten = {"name": "", "error_facts": {}}
            session.execute(update(JobFileRow).where(JobFileRow.document == document).values(**forgotten))


def unfinished_jobs(store: Store) -> list[str]:
    query = select(JobRow.id).where(JobRow.finished.is_(None)).order_by(JobRow.added)
    with Session(store.database) as session:
        return list(session.scalars(query))


def job_files(store: Store, job_id: str) -> list[JobFile]:
    """Return the files of a job returned by :func:`job`."""
    query = select(JobFileRow).where(JobFileRow.job == job_id).order_by(JobFileRow.ordinal, JobFileRow.id)
    with Session(store.database) as session:
        return [_job_file(row) for row in session.scalars(query)]


def begin(store: Store, job_id: str) -> None:
    """Reset a job; an interrupted run is repeated from the first file."""
    waiting = {"status": Status.WAITING, "error": "", "error_facts": {}}
    with writing(store) as session:
        session.execute(delete(JobFileRow).where(JobFileRow.job == job_id, ~JobFileRow.uploaded))
        session.execute(update(JobFileRow).where(JobFileRow.job == job_id).values(**waiting))


def settle(store: Store, job_id: str, name: str, **values: Any) -> None:
    """Record the outcome of a file: the first waiting one of its name, else one found inside another."""
    with writing(store) as session:
        waiting = select(JobFileRow).where(
            JobFileRow.job == job_id, JobFileRow.name == name, JobFileRow.status == Status.WAITING
        )
        row = session.scalar(waiting.order_by(JobFileRow.ordinal).limit(1))
        if row is None:
            last = session.scalar(select(func.max(JobFileRow.ordinal)).where(JobFileRow.job == job_id)) or 0
            row = JobFileRow(job=job_id, ordinal=last + 1, name=name, uploaded=False)
            session.add(row)
        for column, value in values.items():
            setattr(row, column, value)


def finish(store: Store, job_id: str, error: RogatioError | None = None) -> None:
    """Finish a job and delete its password."""
    columns = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    with writing(store) as session:
        session.execute(
            update(JobRow).where(JobRow.id == job_id).values(finished=datetime.now(UTC), password="", **columns)
        )


def _may_see(access: AccessFilter, row: JobRow) -> bool:
    if row.options == FORGOTTEN:  # its case file may have been restricted
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
    )


def _job_file(row: JobFileRow) -> JobFile:
    return JobFile(
        row.ordinal, row.name, row.uploaded, row.size, Status(row.status), row.document, row.error, row.error_facts
    )
