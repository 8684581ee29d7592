"""Repetitions of a request for an upload: they have the id of the job of the first one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.uploads.job_records import new_job_id
from app.uploads.schema import JobRow
from extraction.errors import RogatioError
from indexing.store.reading import Store

REQUEST = "request"
"""The option of a job that can be requested repeatedly: the digest of the request."""


class JobIdentity(NamedTuple):
    """The id of the job of a request, the same for its repetitions, and the digest of what is requested.

    ``request`` is empty for a request that cannot be repeated.
    """

    id: str
    request: str = ""


def identity_of(author: str, key: str, uploads: Sequence[str], requested: Iterable[str]) -> JobIdentity:
    """Return the identity of a request of ``author`` with a ``key``, or without one with resumable ``uploads`` (ids).

    ``requested`` describes what else is uploaded and where to, in any order.
    """
    chosen = sorted(uploads)
    repeated = f"key {key}" if key else f"uploads {' '.join(chosen)}" if chosen else ""
    if not repeated:
        return JobIdentity(new_job_id())
    return JobIdentity(_digest(author, repeated)[:32], _digest(*sorted(requested), *chosen))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def is_repetition(store: Store, identity: JobIdentity) -> bool:
    """Return whether the job of a request is recorded; raises ``app.key_used_otherwise`` if for another request.

    After a deletion of one of its documents it is not known any more what was requested.
    """
    with Session(store.database) as session:
        options = session.scalar(select(JobRow.options).where(JobRow.id == identity.id))
    if options is None:
        return False
    if options.get(REQUEST, identity.request) != identity.request:
        raise RogatioError("app.key_used_otherwise")
    return True
