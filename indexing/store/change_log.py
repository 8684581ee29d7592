"""Change log: documents in the order in which they became searchable, for alerts."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.orm import Session

from indexing.access import AccessFilter
from indexing.store.schema import ArrivalRow, DocumentRow, Status
from indexing.store.visibility import visible_documents

_LOCK = 0x416C6572


def comes_in(before: DocumentRow, passages: int, text_sha256: str) -> bool:
    """Tell whether a document that will have ``passages`` and this text is new, has another text or was corrected.

    Of what came in before texts were noted it is not known, so that it counts as what it was.
    """
    if not passages:
        return False
    corrected = before.processed_revision != before.revision
    return corrected or before.status != Status.INDEXED or before.text_sha256 not in ("", text_sha256)


def record_change(session: Session, documents: Collection[str]) -> None:
    """Note that documents come in now, behind all that came before."""
    if not documents:
        return
    if session.get_bind().dialect.name != "sqlite":
        # one at a time, so that no smaller number is seen after a greater one; SQLite's write lock does so already
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    session.execute(delete(ArrivalRow).where(ArrivalRow.document.in_(documents)))
    session.flush()
    session.add_all(ArrivalRow(document=document) for document in documents)


def newest_change(database: Engine) -> int:
    """Return the number of the last arrival, 0 where nothing came in."""
    with Session(database) as session:
        return session.scalar(select(func.max(ArrivalRow.id))) or 0


def changes_since(database: Engine, access: AccessFilter, after: int, until: int, limit: int) -> list[tuple[int, str]]:
    """Return arrivals (number, document) behind ``after`` up to ``until``, at most ``limit``, that may be seen."""
    wanted = select(ArrivalRow.id, ArrivalRow.document).join(DocumentRow, DocumentRow.id == ArrivalRow.document)
    wanted = wanted.where(ArrivalRow.id > after, ArrivalRow.id <= until)
    wanted = wanted.where(visible_documents(access)).order_by(ArrivalRow.id).limit(limit)
    with Session(database) as session:
        return [(number, document) for number, document in session.execute(wanted).tuples()]
