"""Change log for alerts: documents in the order in which they became searchable."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine, delete, func, insert, select
from sqlalchemy.orm import Session

from indexing.access import AccessFilter
from indexing.store.database import serialise
from indexing.store.rows import visible_documents
from indexing.store.schema import ArrivalRow, DocumentRow, Status


def comes_in(before: DocumentRow, passages: int, text_sha256: str) -> bool:
    """Return whether a document about to have ``passages`` and this text is new, changed or corrected.

    A document stored before text digests were recorded counts as unchanged.
    """
    if not passages:
        return False
    corrected = before.processed_revision != before.revision
    return corrected or before.status != Status.INDEXED or before.text_sha256 not in ("", text_sha256)


def record_change(session: Session, documents: Collection[str]) -> None:
    """Record ``documents`` (ids) as the newest changes, each once even if it was written twice."""
    if not documents:
        return
    serialise(session, "change_log")  # so that numbers become visible in ascending order
    session.execute(delete(ArrivalRow).where(ArrivalRow.document.in_(documents)))
    session.execute(insert(ArrivalRow), [{"document": document} for document in dict.fromkeys(documents)])


def newest_change(database: Engine) -> int:
    """Return the number of the last change, 0 if there is none."""
    with Session(database) as session:
        return session.scalar(select(func.max(ArrivalRow.id))) or 0


def changes_since(database: Engine, access: AccessFilter, after: int, until: int, limit: int) -> list[tuple[int, str]]:
    """Return the readable changes (number, document id) after ``after`` up to ``until``, at most ``limit``."""
    statement = select(ArrivalRow.id, ArrivalRow.document).join(DocumentRow, DocumentRow.id == ArrivalRow.document)
    statement = statement.where(ArrivalRow.id > after, ArrivalRow.id <= until)
    statement = statement.where(visible_documents(access)).order_by(ArrivalRow.id).limit(limit)
    with Session(database) as session:
        return [(number, document) for number, document in session.execute(statement).tuples()]
