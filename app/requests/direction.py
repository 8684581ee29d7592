"""Direction of a letter as its authority sees it: incoming, outgoing, or between other States.

The States of an answer are those of the request, so that it goes the other way.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.requests.life.schema import RequestSummaryRow
from indexing.store.reading import Store
from indexing.store.schema import CollectionRow, DocumentRow
from nlp.requests.letter_types.statements import ANSWERS

INCOMING, OUTGOING, OTHER = "incoming", "outgoing", "other"
_COUNTRY = 2
"""Length of the code of a State within that of its part (``GB-SCT``)."""


def directions() -> Select[tuple[str, str]]:
    """Select document and direction of every letter of an authority whose State is known."""
    about, document = RequestSummaryRow, aliased(DocumentRow)
    is_answer = document.document_type.in_(ANSWERS)
    direction = case(
        (_is_own(about.requested), case((is_answer, OUTGOING), else_=INCOMING)),
        (_is_own(about.requesting), case((is_answer, INCOMING), else_=OUTGOING)),
        else_=OTHER,
    )
    return (
        select(about.document, direction.label("direction"))
        .join(document, document.id == about.document)
        .join(CollectionRow, and_(CollectionRow.id == document.collection, CollectionRow.state != ""))
    )


def is_outgoing(store: Store, document_id: str) -> bool:
    """Return whether a request, which the reader may see, is one that the State of its authority sends."""
    with Session(store.database) as session:
        found = session.execute(directions().where(RequestSummaryRow.document == document_id)).first()
    return found is not None and found.direction == OUTGOING


def _is_own(state: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return func.substr(state, 1, _COUNTRY) == func.substr(CollectionRow.state, 1, _COUNTRY)
