"""Direction of a request as its authority sees it: incoming, outgoing, or between other States."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from app.requests.life.schema import RequestSummaryRow
from indexing.store.reading import Store
from indexing.store.schema import CollectionRow, DocumentRow

INCOMING, OUTGOING, OTHER = "incoming", "outgoing", "other"
_COUNTRY = 2
"""Length of the code of a State within that of its part (``GB-SCT``)."""


def directions() -> Select[tuple[str, str]]:
    """Select document and direction of every request of an authority whose State is known."""
    about, document = RequestSummaryRow, aliased(DocumentRow)
    direction = case((_is_own(about.requested), INCOMING), (_is_own(about.requesting), OUTGOING), else_=OTHER)
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
