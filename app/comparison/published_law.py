"""Which documents are the law of a State: never the files of a request, whatever text their annexes quote."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import Session, aliased

from indexing.store.reading import Store
from indexing.store.schema import CollectionRow, DocumentRow
from nlp.document_kinds import letter_types, national_law_types


def is_national_law() -> ColumnElement[bool]:
    """Return the condition on documents that are law of a State.

    In a collection of an authority a text of law in a case file, or attached to a letter, is an annex of a request.
    """
    return and_(_has_type_of_law(), not_(_is_annex()))


def annexed_laws(store: Store, collections: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the documents of ``collections`` that have the type of a law but are annexes of requests."""
    query = select(DocumentRow.id).where(DocumentRow.collection.in_(collections), _has_type_of_law(), _is_annex())
    with Session(store.database) as session:
        return tuple(session.scalars(query.order_by(DocumentRow.id)))


def _has_type_of_law() -> ColumnElement[bool]:
    return DocumentRow.document_type.in_(national_law_types())


def _is_annex() -> ColumnElement[bool]:
    """Return the condition on documents of an authority's case file or letter."""
    letter = aliased(DocumentRow)
    of_letter = select(letter.id).where(letter.id == DocumentRow.parent, letter.document_type.in_(letter_types()))
    of_authority = select(CollectionRow.id).where(CollectionRow.authority != "")
    return and_(DocumentRow.collection.in_(of_authority), or_(DocumentRow.case_file != "", of_letter.exists()))
