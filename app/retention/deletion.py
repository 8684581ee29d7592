"""Deletion of due documents: requested by one person, confirmed by another, and then done in the background.

A confirmation covers what was due and requested at its moment: these documents are listed once, and each slice takes
the next ones of the list. The operator's command line needs no second person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, true, update
from sqlalchemy.orm import Session

from app.accounts.accounts import acting_principal
from app.audit.trail import MAX_OBJECTS, Operation, append
from app.documents.schema import DeletionRequestRow
from app.job_queue import TRANSIENT
from app.retention.rules import DueDocument, due_documents
from app.retention.schema import RetentionDeletionDocumentRow, RetentionDeletionRow
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


def confirm_deletion(store: Store, principal: Principal, *, alone: bool = False) -> RetentionDeletion | None:
    """Record the deletion of the due documents whose deletion another person requested; None if there are none.

    With ``alone`` it is that of all due documents. A deletion of the same person that is not finished is returned
    instead, so that a repeated request changes nothing. ``delete_next`` does it.
    """
    moment = now()
    due = [item.document.id for item in _confirmed(store, principal, moment, alone=alone)]
    own = (RetentionDeletionRow.author == principal.id, RetentionDeletionRow.finished.is_(None))
    with writing(store) as session:
        serialise(session, "retention", principal.id)
        row = session.scalar(select(RetentionDeletionRow).where(*own))
        if row is None and due:
            row = RetentionDeletionRow(author=principal.id, alone=alone, added=moment, total=len(due), done=0, error="")
            session.add(row)
            session.flush()
            listed = [{"deletion": row.id, "position": place, "document": one} for place, one in enumerate(due)]
            session.execute(insert(RetentionDeletionDocumentRow), listed)
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
                _finish(session, found, error.code)
            return ()


def delete_all_due(
    installation: Installation, principal: Principal, on_progress: Callable[[int, int], object] = lambda *_: None
) -> tuple[str, ...]:
    """Delete all due documents not under legal hold, as the operator; return the ids of all deleted documents.

    What a killed call left is deleted first. ``on_progress`` is called with the numbers of deleted and of all due
    documents before each slice and at the end. Raises the error that ended a deletion.
    """
    store, gone = installation.store, list[str]()
    while begun := confirm_deletion(store, principal, alone=True):
        while not begun.finished:
            on_progress(begun.done, begun.total)
            gone += delete_next(installation, lambda name: acting_principal(store, name, principal)) or ()
            begun = _read(store, begun.id)
        on_progress(begun.done, begun.total)
        if begun.error:
            raise RogatioError(begun.error)
    return tuple(gone)


def _delete_some(installation: Installation, found: RetentionDeletion, principal: Principal) -> tuple[str, ...]:
    """Delete the next documents; with none left the deletion is finished.

    What is to be deleted is recorded before, since a killed process could not do it afterwards.
    """
    store, access = installation.store, installation.store.access(principal)
    left = _left(store, found)
    ids = [document for _, document in left[:SLICE]]
    some = [item.document for item in _confirmed(store, principal, found.added, alone=found.alone, among=ids)]
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
    with writing(store) as session:
        if len(left) <= SLICE:
            _finish(session, found)
        else:
            _forget(session, found, before=left[SLICE][0])
    return gone


def _left(store: Store, found: RetentionDeletion) -> list[tuple[int, str]]:
    """Return position and id of the documents of the next slice and, if there is one, of the one after it."""
    row = RetentionDeletionDocumentRow
    query = select(row.position, row.document).where(row.deletion == found.id).order_by(row.position)
    with Session(store.database) as session:
        return [(position, document) for position, document in session.execute(query.limit(SLICE + 1))]


def _note(store: Store, author: str, documents: Sequence[str], outcome: str) -> None:
    """Record every document in the audit trail."""
    for first in range(0, len(documents), MAX_OBJECTS):
        objects = {"documents": list(documents[first : first + MAX_OBJECTS])}
        append(store, Operation(author, "erasure", "retention deletion", objects, outcome))


def _change(session: Session, found: RetentionDeletion, **values: object) -> None:
    session.execute(update(RetentionDeletionRow).where(RetentionDeletionRow.id == found.id).values(**values))


def _finish(session: Session, found: RetentionDeletion, error: str = "") -> None:
    _change(session, found, error=error, finished=now())
    _forget(session, found)


def _forget(session: Session, found: RetentionDeletion, before: int | None = None) -> None:
    """Remove documents from the list of a deletion: all, or those before a position."""
    row = RetentionDeletionDocumentRow
    those = row.position < before if before is not None else true()
    session.execute(delete(row).where(row.deletion == found.id, those))


def _confirmed(
    store: Store, principal: Principal, moment: datetime, *, alone: bool, among: Collection[str] | None = None
) -> list[DueDocument]:
    """Return what ``principal`` confirms at ``moment``: due documents requested by others, or all due documents."""
    due = _deletable(store, principal, moment, among)
    return list(due) if alone else [item for item in due if _is_asked_by_another(item, principal, moment)]


def _is_asked_by_another(item: DueDocument, principal: Principal, moment: datetime) -> bool:
    return item.request is not None and item.request.account != principal.id and item.request.made <= moment


def _deletable(
    store: Store, principal: Principal, moment: datetime, among: Collection[str] | None = None
) -> Iterator[DueDocument]:
    """Yield the documents due at ``moment`` that may be deleted: not under legal hold, and writable."""
    access = store.access(principal)
    writable: dict[tuple[str, str], bool] = {}
    for item in due_documents(store, access, moment, among):
        place = (item.document.collection, item.document.case_file)
        if place not in writable:
            writable[place] = principal.may_write(store.collection(access, place[0]), place[1])
        if writable[place] and not item.is_held:
            yield item


def _oldest(session: Session) -> RetentionDeletionRow | None:
    query = select(RetentionDeletionRow).where(RetentionDeletionRow.finished.is_(None))
    return session.scalar(query.order_by(RetentionDeletionRow.id).limit(1))


def _read(store: Store, deletion: int) -> RetentionDeletion:
    with Session(store.database) as session:
        return _deletion(session.get_one(RetentionDeletionRow, deletion))


def _deletion(row: RetentionDeletionRow) -> RetentionDeletion:
    finished = utc(row.finished) if row.finished else None
    return RetentionDeletion(row.id, row.author, row.alone, utc(row.added), finished, row.total, row.done, row.error)
