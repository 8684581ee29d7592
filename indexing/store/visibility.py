"""The access filter as a condition of SQL: which rows of documents may be seen."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, or_

from indexing.access import AccessFilter, PartialAccess
from indexing.store.schema import DocumentRow


def visible_documents(access: AccessFilter) -> ColumnElement[bool]:
    """Return the condition that a row of ``documents`` may be seen; every query of documents has it.

    A document that is granted by itself is seen without what is attached to it.
    """
    whole = DocumentRow.collection.in_(access.whole)
    return or_(whole, *map(_part, access.partial)) if access.partial else whole


def _part(part: PartialAccess) -> ColumnElement[bool]:
    others = false() if part.hidden is None else DocumentRow.case_file.not_in(part.hidden)
    named = (DocumentRow.case_file.in_(part.case_files), DocumentRow.id.in_(part.documents))
    return and_(DocumentRow.collection == part.collection, or_(others, *named))
