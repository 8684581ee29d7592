"""Progress of jobs: slices of files, their outcome, pauses and the end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from app.uploads.job_records import CANCELLED, CANCELLED_FILE, JobFile, job_file
from app.uploads.schema import JobFileRow, JobRow
from extraction.errors import RogatioError
from indexing.store.reading import Store
from indexing.store.schema import Status
from indexing.store.writing import writing


def begin_slice(store: Store, job_id: str, most: int) -> list[JobFile]:
    """Return the next files of a job, at most ``most``; those of a slice that was killed are processed again."""
    with writing(store) as session:
        row = session.get_one(JobRow, job_id)
        row.served = datetime.now(UTC)
        part = (JobFileRow.job == job_id, JobFileRow.ordinal > row.done, JobFileRow.uploaded)
        found = session.scalars(select(JobFileRow).where(*part).order_by(JobFileRow.ordinal).limit(most)).all()
        inside = (JobFileRow.job == job_id, ~JobFileRow.uploaded, JobFileRow.part > row.done)
        session.execute(delete(JobFileRow).where(*inside))
        for file_row in found:
            file_row.status, file_row.error, file_row.error_facts = Status.WAITING, "", {}
        return [job_file(file_row) for file_row in found]


def end_slice(store: Store, job_id: str, done: int) -> None:
    """Record that the files up to the ordinal ``done`` are processed."""
    with writing(store) as session:
        session.execute(update(JobRow).where(JobRow.id == job_id).values(done=done))


def settle(store: Store, job_id: str, name: str, part: Sequence[int], **values: Any) -> None:
    """Record the outcome of a file: the first waiting one of its name, else one found inside another.

    ``part`` are the ordinals of the slice.
    """
    with writing(store) as session:
        waiting = select(JobFileRow).where(
            JobFileRow.job == job_id,
            JobFileRow.name == name,
            JobFileRow.status == Status.WAITING,
            JobFileRow.ordinal.between(part[0], part[-1]),
        )
        row = session.scalar(waiting.order_by(JobFileRow.ordinal).limit(1))
        if row is None:
            last = session.scalar(select(func.max(JobFileRow.ordinal)).where(JobFileRow.job == job_id)) or 0
            row = JobFileRow(job=job_id, ordinal=last + 1, name=name, uploaded=False, part=part[0])
            session.add(row)
        for column, value in values.items():
            setattr(row, column, value)


def hold(store: Store, job_id: str, held: str) -> None:
    """Pause (``paused``), cancel (``cancelled``) or resume (``""``) an unfinished job.

    Raises ``app.job_is_over`` if it is finished or cancelled.
    """
    with writing(store) as session:
        row = session.get_one(JobRow, job_id, with_for_update=True)
        if row.finished is not None or row.held == CANCELLED:
            raise RogatioError("app.job_is_over", job=job_id)
        row.held = held


def prioritise(store: Store, job_id: str, priority: int) -> None:
    """Set the priority of a job; waiting jobs with a higher one are processed first."""
    with writing(store) as session:
        session.execute(update(JobRow).where(JobRow.id == job_id).values(priority=priority))


def finish(store: Store, job_id: str, error: RogatioError | None = None) -> None:
    """Finish a job and delete its password; ``error`` of the whole job is that of its files not read yet, too."""
    columns = {"error": error.code, "error_facts": dict(error.facts)} if error else {}
    with writing(store) as session:
        if columns:
            left = (JobFileRow.job == job_id, JobFileRow.status == Status.WAITING)
            session.execute(update(JobFileRow).where(*left).values(status=Status.FAILED, **columns))
        session.execute(
            update(JobRow).where(JobRow.id == job_id).values(finished=datetime.now(UTC), password="", **columns)
        )
        session.execute(update(JobFileRow).where(JobFileRow.job == job_id).values(options={}))


def finish_cancelled(store: Store, job_id: str) -> None:
    """Finish a cancelled job and mark its unread files as cancelled."""
    cancelled = {"status": Status.FAILED, "error": CANCELLED_FILE}
    with writing(store) as session:
        left = (JobFileRow.job == job_id, JobFileRow.status == Status.WAITING)
        session.execute(update(JobFileRow).where(*left).values(**cancelled))
    finish(store, job_id)
