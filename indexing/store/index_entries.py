"""The state of each engine's index: which documents it holds, and from which revision they were written.

A write first takes back what is recorded (``begin_writes``) and records the new state once the engine has confirmed it
(``confirm_write``). Whatever interrupts it in between leaves an entry that is not current, and the document is
processed again by the next run.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from indexing.store.database import insert
from indexing.store.reading import Store
from indexing.store.schema import UNCONFIRMED, DocumentRow, IndexEntryRow, IndexRemovalRow, Status


def begin_writes(session: Session, engine: str, documents: Iterable[str]) -> None:
    """Record that ``engine`` is about to be given records of ``documents`` (ids); none of them is to be removed now."""
    rows = [{"engine": engine, "document": document, "revision": UNCONFIRMED} for document in documents]
    if rows:
        removals = IndexRemovalRow.document.in_([row["document"] for row in rows])
        session.execute(delete(IndexRemovalRow).where(IndexRemovalRow.engine == engine, removals))
        begun = insert(session, IndexEntryRow).values(rows)
        keys = ("engine", "document")
        session.execute(begun.on_conflict_do_update(index_elements=keys, set_={"revision": UNCONFIRMED}))


def confirm_write(session: Session, engine: str, generation: str, document: DocumentRow, encoder: str) -> None:
    """Record that ``generation`` of the index of ``engine`` holds ``document`` as its row says."""
    state = {
        "generation": generation,
        "revision": document.revision,
        "annotations": document.annotations,
        "validity": document.validity,
        "encoder": encoder,
    }
    written = insert(session, IndexEntryRow).values(engine=engine, document=document.id, **state)
    session.execute(written.on_conflict_do_update(index_elements=("engine", "document"), set_=state))


def require_write(session: Session, engine: str, document: str) -> None:
    """Have the next run write ``document`` to ``engine`` where nothing is recorded of it."""
    missing = insert(session, IndexEntryRow).values(engine=engine, document=document, revision=UNCONFIRMED)
    session.execute(missing.on_conflict_do_nothing())


def encoder_of(store: Store, engine: str, generation: str, document: str) -> str | None:
    """Return the encoder ("" for none) of a document's current entry, None where the entry is not current."""
    query = select(IndexEntryRow.encoder).join(DocumentRow, DocumentRow.id == IndexEntryRow.document)
    query = query.where(IndexEntryRow.engine == engine, DocumentRow.id == document, _is_current(generation))
    with Session(store.database) as session:
        return session.scalar(query)


def pending(store: Store, engine: str, collection: str, generation: str, *, missing: bool = False) -> list[str]:
    """Return the documents of a collection whose entry is not current, by id; with ``missing`` those without one too.

    ``generation`` is that of the index which answers for the collection. For the installation itself alone.
    """
    of_document = and_(IndexEntryRow.document == DocumentRow.id, IndexEntryRow.engine == engine)
    query = select(DocumentRow.id).outerjoin(IndexEntryRow, of_document)
    unfinished = and_(DocumentRow.status == Status.WAITING, IndexEntryRow.revision == UNCONFIRMED)
    known = and_(IndexEntryRow.engine.is_not(None), or_(DocumentRow.status == Status.INDEXED, unfinished))
    wanted = and_(known, ~_is_current(generation))
    if missing:
        never = and_(IndexEntryRow.engine.is_(None), DocumentRow.status == Status.INDEXED, DocumentRow.passages > 0)
        wanted = or_(wanted, never)
    query = query.where(DocumentRow.collection == collection, DocumentRow.duplicate_of.is_(None), wanted)
    with Session(store.database) as session:
        return list(session.scalars(query.order_by(DocumentRow.id)))


def _is_current(generation: str) -> ColumnElement[bool]:
    return and_(
        IndexEntryRow.generation == generation,
        IndexEntryRow.revision == DocumentRow.revision,
        IndexEntryRow.annotations == DocumentRow.annotations,
        IndexEntryRow.validity == DocumentRow.validity,
    )
