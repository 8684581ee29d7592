"""Direction of a request as its authority sees it: incoming, outgoing, or between other States."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.requests.life.schema import RequestSummaryRow
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


def _is_own(state: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return func.substr(state, 1, _COUNTRY) == func.substr(CollectionRow.state, 1, _COUNTRY)
