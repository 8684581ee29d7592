"""The access filter as an SQL condition on rows of documents."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from indexing.access import AccessFilter, PartialAccess
from indexing.store.schema import DocumentRow, Status


def visible_documents(access: AccessFilter) -> ColumnElement[bool]:
    """Return the SQL condition that a document is readable; every query of documents must include it.

    A document granted individually is visible without its attachments. A quarantined document is visible to persons
    with write access to its collection.
    """
    whole = DocumentRow.collection.in_(access.whole)
    readable = or_(whole, *map(_part, access.partial)) if access.partial else whole
    if access.sees_every_quarantine:
        return readable
    outside = DocumentRow.status != Status.QUARANTINED
    return and_(readable, or_(outside, DocumentRow.collection.in_(access.writable)))


def _part(part: PartialAccess) -> ColumnElement[bool]:
    others = false() if part.hidden is None else DocumentRow.case_file.not_in(part.hidden)
    named = (DocumentRow.case_file.in_(part.case_files), DocumentRow.id.in_(part.documents))
    return and_(DocumentRow.collection == part.collection, or_(others, *named))
