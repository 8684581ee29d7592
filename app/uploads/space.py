"""Storage quotas of the collections to which files are uploaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.uploads.schema import JobFileRow, JobRow
from indexing.store.quotas import require_space
from indexing.store.schema import Status


def require_space_for_uploads(session: Session, files: Iterable[tuple[str, int]]) -> None:
    """Check that ``files`` (collection, bytes) fit beside what is stored and the files of accepted uploads.

    Their content is not known to be new before they are read, so that every file counts. Raises
    ``indexing.quota_exceeded``.
    """
    added = Counter[str]()
    for collection, size in files:
        added[collection] += size
    for collection in sorted(added):  # one order of locks for all

        def reserved(collection: str = collection) -> int:  # not counted without a quota
            return added[collection] + _waiting(session)[collection]

        require_space(session, collection, {}, reserved)


def _waiting(session: Session) -> Counter[str]:
    """Return the bytes of uploaded files that were not read yet, by collection."""
    columns = (JobRow.collection, JobFileRow.options, JobFileRow.size)
    query = select(*columns).join(JobRow, JobRow.id == JobFileRow.job)
    query = query.where(JobRow.finished.is_(None), JobFileRow.uploaded, JobFileRow.status == Status.WAITING)
    waiting = Counter[str]()
    for collection, options, size in session.execute(query).tuples():
        waiting[options.get("collection", collection)] += size
    return waiting
