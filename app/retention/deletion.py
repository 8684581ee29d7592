"""Deletion of due documents: requested by one person, confirmed by another, and then done in the background.

A confirmation covers what was due and requested at its moment. The operator's command line needs no second person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.audit.trail import MAX_OBJECTS, Operation, append
from app.documents.schema import DeletionRequestRow
from app.job_queue import TRANSIENT
from app.retention.rules import DueDocument, due_documents
from app.retention.schema import RetentionDeletionRow
from app.uploads import job_records
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.ingest.corrections import remove_several, with_members
from indexing.installation import Installation
from indexing.store.database import serialise, utc
from indexing.store.index_entries import index_lock
from indexing.store.reading import Store
from indexing.store.writing import now, writing

SLICE = 200
"""Due documents that are deleted at once; after them corrections and uploads that wait are processed."""

SHOWN = timedelta(days=1)
"""Time for which a finished deletion is shown to who confirmed it."""

_ROWS = 500


@dataclass(frozen=True, slots=True)
class RetentionDeletion:
    """A confirmed deletion; ``done`` of ``total`` counts due documents, without their members.

    ``alone``: by the user of an installation without accounts. ``error`` is a code, empty without one.
    """

    id: int
    author: str
    alone: bool
    added: datetime
    finished: datetime | None
    total: int
    done: int
    error: str


def ask_for_deletion(installation: Installation, principal: Principal) -> int:
    """Request the deletion of all due documents not under legal hold; return their number."""
    store = installation.store
    due = [item.document.id for item in _deletable(store, principal, now()) if not item.asked_by]
    with writing(store) as session:
        for first in range(0, len(due), _ROWS):
            some = due[first : first + _ROWS]
            session.execute(delete(DeletionRequestRow).where(DeletionRequestRow.document.in_(some)))  # lapsed ones
            session.add_all(DeletionRequestRow(document=one, account=principal.id, made=now()) for one in some)
            session.flush()
    return len(due)


def delete_due(installation: Installation, principal: Principal) -> tuple[str, ...]:
    """Delete all due documents not under legal hold, as the operator; return the ids of all deleted documents."""
    due = [item.document.id for item in _deletable(installation.store, principal, now())]
    return remove_several(installation, due, principal)


def confirm_deletion(store: Store, principal: Principal, *, alone: bool = False) -> RetentionDeletion | None:
    """Record the deletion of the due documents whose deletion another person requested; None if there are none.

    With ``alone`` it is that of all due documents. A deletion of the same person that is not finished is returned
    instead, so that a repeated request changes nothing. ``delete_next`` does it.
    """
    moment = now()
    total = len(_confirmed(store, principal, moment, alone=alone))
    own = (RetentionDeletionRow.author == principal.id, RetentionDeletionRow.finished.is_(None))
    with writing(store) as session:
        serialise(session, "retention", principal.id)
        row = session.scalar(select(RetentionDeletionRow).where(*own))
        if row is None and total:
            row = RetentionDeletionRow(author=principal.id, alone=alone, added=moment, total=total, done=0, error="")
            session.add(row)
            session.flush()
        return _deletion(row) if row else None


def retention_deletions(store: Store, principal: Principal) -> tuple[RetentionDeletion, ...]:
    """Return the deletions that a person confirmed, the newest first: unfinished ones and those of ``SHOWN``."""
    row = RetentionDeletionRow
    query = select(row).where(row.author == principal.id, row.finished.is_(None) | (row.finished > now() - SHOWN))
    with Session(store.database) as session:
        return tuple(map(_deletion, session.scalars(query.order_by(row.id.desc()))))


def has_unfinished(store: Store) -> bool:
    """Return whether a confirmed deletion is not finished."""
    with Session(store.database) as session:
        return _oldest(session) is not None


def delete_next(installation: Installation, principal_of: Callable[[str], Principal]) -> tuple[str, ...] | None:
    """Delete the next due documents of the oldest unfinished deletion; return all deleted ids, None if none was left.

    ``principal_of`` returns the principal of its author as he may act now, or raises. One process at a time does it.
    Raises errors of servers that do not answer, after which it is done again; other errors end the deletion.
    """
    store = installation.store
    with index_lock(store, "retention", "deletions"):
        with Session(store.database) as session:
            row = _oldest(session)
        if row is None:
            return None
        found = _deletion(row)
        try:
            return _delete_some(installation, found, principal_of(found.author))
        except RogatioError as error:
            if error.code in TRANSIENT:
                raise
            with writing(store) as session:
                _change(session, found, error=error.code, finished=now())
            return ()


def _delete_some(installation: Installation, found: RetentionDeletion, principal: Principal) -> tuple[str, ...]:
    """Delete the next documents; with none left the deletion is finished.

    What is to be deleted is recorded before, since a killed process could not do it afterwards.
    """
    store, access = installation.store, installation.store.access(principal)
    left = _confirmed(store, principal, found.added, alone=found.alone)
    some = [item.document for item in left[:SLICE]]
    everything = [member.id for document in some for member in with_members(store, access, document)]
    _note(store, found.author, everything, "begun")
    job_records.forget(store, everything)
    gone = remove_several(
        installation,
        [document.id for document in some],
        principal,
        lambda ids: _note(store, found.author, ids, "done"),
        also=lambda session: _change(session, found, done=RetentionDeletionRow.done + 1),
    )
    if len(left) <= SLICE:
        with writing(store) as session:
            _change(session, found, finished=now())
    return gone


def _note(store: Store, author: str, documents: Sequence[str], outcome: str) -> None:
    """Record every document in the audit trail."""
    for first in range(0, len(documents), MAX_OBJECTS):
        objects = {"documents": list(documents[first : first + MAX_OBJECTS])}
        append(store, Operation(author, "erasure", "retention deletion", objects, outcome))


def _change(session: Session, found: RetentionDeletion, **values: object) -> None:
    session.execute(update(RetentionDeletionRow).where(RetentionDeletionRow.id == found.id).values(**values))


def _confirmed(store: Store, principal: Principal, moment: datetime, *, alone: bool) -> list[DueDocument]:
    """Return what ``principal`` confirms at ``moment``: due documents requested by others, or all due documents."""
    due = _deletable(store, principal, moment)
    return list(due) if alone else [item for item in due if _is_asked_by_another(item, principal, moment)]


def _is_asked_by_another(item: DueDocument, principal: Principal, moment: datetime) -> bool:
    return item.request is not None and item.request.account != principal.id and item.request.made <= moment


def _deletable(store: Store, principal: Principal, moment: datetime) -> Iterator[DueDocument]:
    """Yield the documents due at ``moment`` that may be deleted: not under legal hold, and writable."""
    access = store.access(principal)
    writable: dict[tuple[str, str], bool] = {}
    for item in due_documents(store, access, moment):
        place = (item.document.collection, item.document.case_file)
        if place not in writable:
            writable[place] = principal.may_write(store.collection(access, place[0]), place[1])
        if writable[place] and not item.is_held:
            yield item


def _oldest(session: Session) -> RetentionDeletionRow | None:
    query = select(RetentionDeletionRow).where(RetentionDeletionRow.finished.is_(None))
    return session.scalar(query.order_by(RetentionDeletionRow.id).limit(1))


def _deletion(row: RetentionDeletionRow) -> RetentionDeletion:
    finished = utc(row.finished) if row.finished else None
    return RetentionDeletion(row.id, row.author, row.alone, utc(row.added), finished, row.total, row.done, row.error)
