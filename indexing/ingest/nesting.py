"""Unpacking budget of nested containers, shared along the chain of parents."""

from __future__ import annotations

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from extraction.reading import Budget
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import DocumentRow

WHOLE = Budget()  # budget of an outermost container


def budget_for(store: Store, document: StoredDocument) -> Budget:
    """Return the remaining unpacking budget of ``document``.

    It is the budget of its outermost container minus everything already unpacked from it, and minus one level for each
    container around ``document``. Members unpacked from ``document`` itself earlier are not counted. Raises
    ``indexing.no_such_document`` if it was deleted.
    """
    if not document.parent:
        return WHOLE
    with Session(store.database) as session:
        outermost, levels = _outermost(session, document.id)
        files, size = _unpacked(session, outermost, document.id)
    return Budget(max(0, WHOLE.files - files), max(0, WHOLE.size - size), max(0, WHOLE.levels - levels))


def _outermost(session: Session, document_id: str) -> tuple[str, int]:
    """Return the id of the outermost container of a document, and the number of containers around it."""
    start = select(DocumentRow.id, DocumentRow.parent, literal(0).label("level")).where(DocumentRow.id == document_id)
    chain = start.cte("chain", recursive=True)
    above = select(DocumentRow.id, DocumentRow.parent, chain.c.level + 1).where(DocumentRow.id == chain.c.parent)
    chain = chain.union_all(above)
    row = session.execute(select(chain.c.id, chain.c.level).order_by(chain.c.level.desc()).limit(1)).one_or_none()
    if row is None:  # deleted in the meantime
        raise RogatioError("indexing.no_such_document", document=document_id)
    return row.id, row.level


def _unpacked(session: Session, outermost: str, leaving_out: str) -> tuple[int, int]:
    """Return number and total bytes of all nested members of a container, without those inside ``leaving_out``."""
    columns = select(DocumentRow.id, DocumentRow.size)
    tree = columns.where(DocumentRow.parent == outermost).cte("tree", recursive=True)
    tree = tree.union_all(columns.where(DocumentRow.parent == tree.c.id, DocumentRow.parent != leaving_out))
    row = session.execute(select(func.count(), func.coalesce(func.sum(tree.c.size), 0)).select_from(tree)).one()
    return row[0], row[1]
