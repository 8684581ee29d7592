"""What may still be unpacked from a container that lies in others: the chain of its parents is one budget."""

from __future__ import annotations

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from extraction.reading import Budget
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import DocumentRow

WHOLE = Budget()  # of an outermost container


def budget_for(store: Store, document: StoredDocument) -> Budget:
    """Return what ``document`` may unpack.

    That is the budget of its outermost container less everything that was unpacked from it already, and one level less
    for each container around ``document``. What came out of ``document`` itself at an earlier reading is not counted.
    Raises ``indexing.no_such_document`` where it was deleted.
    """
    if not document.parent:
        return WHOLE
    with Session(store.database) as session:
        outermost, levels = _outermost(session, document.id)
        files, size = _unpacked(session, outermost, document.id)
    return Budget(max(0, WHOLE.files - files), max(0, WHOLE.size - size), max(0, WHOLE.levels - levels))


def _outermost(session: Session, document_id: str) -> tuple[str, int]:
    """Return the id of the outermost container around a document, and how many there are around it."""
    start = select(DocumentRow.id, DocumentRow.parent, literal(0).label("level")).where(DocumentRow.id == document_id)
    chain = start.cte("chain", recursive=True)
    above = select(DocumentRow.id, DocumentRow.parent, chain.c.level + 1).where(DocumentRow.id == chain.c.parent)
    chain = chain.union_all(above)
    row = session.execute(select(chain.c.id, chain.c.level).order_by(chain.c.level.desc()).limit(1)).one_or_none()
    if row is None:  # deleted in the meantime
        raise RogatioError("indexing.no_such_document", document=document_id)
    return row.id, row.level


def _unpacked(session: Session, outermost: str, leaving_out: str) -> tuple[int, int]:
    """Return number and bytes of all members of a container, those of the members included, less one and its own."""
    columns = select(DocumentRow.id, DocumentRow.size)
    tree = columns.where(DocumentRow.parent == outermost).cte("tree", recursive=True)
    tree = tree.union_all(columns.where(DocumentRow.parent == tree.c.id, DocumentRow.parent != leaving_out))
    row = session.execute(select(func.count(), func.coalesce(func.sum(tree.c.size), 0)).select_from(tree)).one()
    return row[0], row[1]
