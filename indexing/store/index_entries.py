"""State of each engine's index: which documents it has, and from which revision they were written.

A write first marks the entry as unconfirmed (``begin_writes``) and records the new state after the engine has confirmed
it (``confirm_writes``). If it is interrupted in between, the entry is not current and the next run processes the
document again.

Works whose expressions may have to be reindexed are marked in the transaction that changes their claims, so that marks
survive a killed process, and unmarked once their index records are up to date. Only marked works are checked.

One process at a time writes to a partition of an engine (``index_lock``).
"""

from __future__ import annotations

import fcntl
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy import ColumnElement, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.orm import Session

from indexing.store.database import insert, lock_key
from indexing.store.reading import Store
from indexing.store.rows import collection_from
from indexing.store.schema import (
    UNCONFIRMED,
    CollectionRow,
    DocumentRow,
    ExpressionRow,
    IndexEntryRow,
    IndexRemovalRow,
    Status,
    WorkRow,
)


def begin_writes(session: Session, engine: str, documents: Iterable[str]) -> None:
    """Record that records of ``documents`` (ids) are about to be written to ``engine``.

    Pending removals from the partition that they are written to are cancelled, those from a former one are not.
    """
    rows = [{"engine": engine, "document": document, "revision": UNCONFIRMED} for document in documents]
    if rows:
        _cancel_removals(session, engine, [row["document"] for row in rows])
        unconfirmed = insert(session, IndexEntryRow).values(rows)
        keys = ("engine", "document")
        session.execute(unconfirmed.on_conflict_do_update(index_elements=keys, set_={"revision": UNCONFIRMED}))


def _cancel_removals(session: Session, engine: str, documents: list[Any]) -> None:
    pending = select(IndexRemovalRow.document).where(
        IndexRemovalRow.engine == engine, IndexRemovalRow.document.in_(documents)
    )
    places = select(DocumentRow.id, CollectionRow).join(CollectionRow, CollectionRow.id == DocumentRow.collection)
    for document, collection in session.execute(places.where(DocumentRow.id.in_(pending))).tuples().all():
        session.execute(
            delete(IndexRemovalRow).where(
                IndexRemovalRow.engine == engine,
                IndexRemovalRow.document == document,
                IndexRemovalRow.space == collection_from(collection).partition,
            )
        )


def confirm_writes(
    session: Session, engine: str, generation: str, documents: Sequence[tuple[DocumentRow, str]]
) -> None:
    """Record that ``generation`` of the index of ``engine`` has these documents in the state of their rows.

    ``documents`` are pairs of a row and the version of the encoder of its vectors, empty without any.
    """
    rows = [
        {
            "engine": engine,
            "document": document.id,
            "generation": generation,
            "revision": document.revision,
            "annotations": document.annotations,
            "validity": document.validity,
            "encoder": encoder,
        }
        for document, encoder in documents
    ]
    if rows:
        written = insert(session, IndexEntryRow).values(rows)
        state = {name: written.excluded[name] for name in rows[0] if name not in ("engine", "document")}
        session.execute(written.on_conflict_do_update(index_elements=("engine", "document"), set_=state))


def require_write(session: Session, engine: str, document: str) -> None:
    """Let the next run write ``document`` to ``engine`` if it has no entry."""
    missing = insert(session, IndexEntryRow).values(engine=engine, document=document, revision=UNCONFIRMED)
    session.execute(missing.on_conflict_do_nothing())


def encoder_of(store: Store, engine: str, generation: str, document: str) -> str | None:
    """Return the encoder (``""`` for none) of a document's entry, None if the entry is not current."""
    query = select(IndexEntryRow.encoder).join(DocumentRow, DocumentRow.id == IndexEntryRow.document)
    query = query.where(IndexEntryRow.engine == engine, DocumentRow.id == document, _is_current(generation))
    with Session(store.database) as session:
        return session.scalar(query)


def pending(store: Store, engine: str, collection: str, generation: str, *, missing: bool = False) -> list[str]:
    """Return the ids of documents whose entry is not current, with ``missing`` also those without an entry.

    ``generation`` is the live generation of the collection's index. For internal use, without access filter.
    """
    of_document = and_(IndexEntryRow.document == DocumentRow.id, IndexEntryRow.engine == engine)
    query = select(DocumentRow.id).outerjoin(IndexEntryRow, of_document)
    unfinished = and_(DocumentRow.status == Status.WAITING, IndexEntryRow.revision == UNCONFIRMED)
    known = and_(IndexEntryRow.engine.is_not(None), or_(DocumentRow.status == Status.INDEXED, unfinished))
    condition = and_(known, ~_is_current(generation))
    if missing:
        never = and_(IndexEntryRow.engine.is_(None), DocumentRow.status == Status.INDEXED, DocumentRow.passages > 0)
        condition = or_(condition, never)
    query = query.where(DocumentRow.collection == collection, DocumentRow.duplicate_of.is_(None), condition)
    with Session(store.database) as session:
        return list(session.scalars(query.order_by(DocumentRow.id)))


def by_words_only(store: Store, engine: str, collection: str, generation: str) -> dict[str, int]:
    """Return the numbers of passages, by the ids of documents, whose entry is current and has no vectors.

    ``generation`` is the live generation of the collection's index. For internal use, without access filter.
    """
    query = select(DocumentRow.id, DocumentRow.passages)
    query = query.join(IndexEntryRow, IndexEntryRow.document == DocumentRow.id)
    query = query.where(IndexEntryRow.engine == engine, IndexEntryRow.encoder == "", _is_current(generation))
    query = query.where(DocumentRow.collection == collection, DocumentRow.passages > 0)
    with Session(store.database) as session:
        return dict(session.execute(query.order_by(DocumentRow.id)).tuples().all())


def _is_current(generation: str) -> ColumnElement[bool]:
    return and_(
        IndexEntryRow.generation == generation,
        IndexEntryRow.revision == DocumentRow.revision,
        IndexEntryRow.annotations == DocumentRow.annotations,
        IndexEntryRow.validity == DocumentRow.validity,
    )


def mark(session: Session, documents: Collection[str]) -> list[str]:
    """Mark the works of which ``documents`` (ids) are expressions, and return their ids."""
    if not documents:
        return []
    own = select(ExpressionRow.work).where(ExpressionRow.document.in_(documents))
    # always in the same order, to avoid deadlocks
    works = list(session.scalars(select(WorkRow.id).where(WorkRow.id.in_(own)).order_by(WorkRow.id).with_for_update()))
    session.execute(update(WorkRow).where(WorkRow.id.in_(works)).values(changed=datetime.now(UTC)))
    return works


def unmark(session: Session, marked_works: Iterable[tuple[str, datetime]]) -> None:
    """Unmark works, given as (id, time of the mark), unless they were marked again since."""
    rows = [{"of": work, "at": moment} for work, moment in sorted(marked_works)]
    if rows:
        marked = update(WorkRow).where(WorkRow.id == bindparam("of"), WorkRow.changed == bindparam("at"))
        session.connection().execute(marked.values(changed=None), rows)


def forget_versions(session: Session, documents: Collection[str]) -> None:
    """Delete all claims about ``documents``, and works without remaining expressions."""
    works = mark(session, documents)
    session.execute(delete(ExpressionRow).where(ExpressionRow.document.in_(documents)))
    remove_empty(session, works)


def remove_empty(session: Session, works: Collection[str]) -> None:
    """Delete those of ``works`` (ids) that have no expression."""
    used = select(ExpressionRow.work).where(ExpressionRow.work.in_(works))
    session.execute(delete(WorkRow).where(WorkRow.id.in_(works), WorkRow.id.not_in(used)))


@contextmanager
def index_lock(store: Store, engine: str, partition: str) -> Iterator[None]:
    """Hold the writer's lock of a partition of an engine, for writing and recording what was written.

    Not reentrant; released when the process is killed. With PostgreSQL it is shared by all machines, with SQLite by the
    processes that use the same home folder.
    """
    with index_locks(store, engine, (partition,)):
        yield


@contextmanager
def index_locks(store: Store, engine: str, partitions: Iterable[str]) -> Iterator[None]:
    """Hold the writer's locks of several partitions, taken in the order of their names, by one connection."""
    with ExitStack() as held:
        if store.database.dialect.name == "sqlite":
            folder = store.derived.home / "locks"
            folder.mkdir(exist_ok=True)
            for partition in sorted(partitions):
                file = held.enter_context((folder / quote(f"{engine}-{partition}", safe="")).open("w"))
                fcntl.flock(file, fcntl.LOCK_EX)
            yield
            return
        connection = held.enter_context(store.database.connect())
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        for partition in sorted(partitions):
            key = {"key": lock_key("index", engine, partition)}
            connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
            held.callback(connection.execute, text("SELECT pg_advisory_unlock(:key)"), key)
        yield
