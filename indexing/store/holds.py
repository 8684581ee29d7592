"""Legal holds: documents and case files that cannot be deleted until the hold is released."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.store.database import insert
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import CaseFileRuleRow, LegalHoldRow
from indexing.store.writing import now, writing


def hold_document(store: Store, document: StoredDocument, author: str, *, held: bool) -> None:
    """Put a document under legal hold, or release it."""
    with writing(store) as session:
        if held:
            row = insert(session, LegalHoldRow).values(document=document.id, author=author, made=now())
            session.execute(row.on_conflict_do_nothing())
        else:
            session.execute(delete(LegalHoldRow).where(LegalHoldRow.document == document.id))


def hold_on(store: Store, document: StoredDocument) -> str:
    """Return the object under legal hold: ``document``, its ``case_file``, or empty for neither."""
    with Session(store.database) as session:
        held, files = _holds(session, [document])
    if document.id in held:
        return "document"
    return "case_file" if (document.collection, document.case_file) in files else ""


def refuse_held(session: Session, documents: Sequence[StoredDocument]) -> None:
    """Raise ``indexing.legal_hold`` if one of ``documents``, or its case file, is under legal hold."""
    held, files = _holds(session, documents)
    for document in documents:
        if document.id in held or (document.collection, document.case_file) in files:
            raise RogatioError("indexing.legal_hold", document=document.id)


def _holds(session: Session, documents: Sequence[StoredDocument]) -> tuple[set[str], set[tuple[str, str]]]:
    """Return the ids of those ``documents`` under legal hold, and their held case files (collection, case file)."""
    ids = [document.id for document in documents]
    held = set(session.scalars(select(LegalHoldRow.document).where(LegalHoldRow.document.in_(ids))))
    places = {(document.collection, document.case_file) for document in documents if document.case_file}
    rule = tuple_(CaseFileRuleRow.collection, CaseFileRuleRow.case_file)
    rules = select(CaseFileRuleRow.collection, CaseFileRuleRow.case_file).where(CaseFileRuleRow.held, rule.in_(places))
    return held, set(session.execute(rules).tuples())
