"""What is derived from the reading of a request and the decisions on it.

Search values, the summary that lists show, proposed links, deadlines, matches and blind notices.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from app.requests.deadlines.schema import RequestDeadlineRow
from app.requests.deadlines.stored_deadlines import refresh_deadlines
from app.requests.decided_fields import decided_proposals
from app.requests.decisions import decision_history
from app.requests.invoked_treaties import with_decided_treaties
from app.requests.life.links import letter_marks
from app.requests.life.schema import ProposedLinkRow, RequestSummaryRow
from app.requests.life.stored_links import refresh_links
from app.requests.life.summary import refresh_summary
from app.requests.matching.blind import refresh_blind_keys
from app.requests.matching.pairs import refresh_matches
from app.requests.matching.schema import BlindKeyRow, BlindNoticeRow, RequestPartyRow
from app.requests.schema import RequestReadingRow
from app.requests.search.schema import RequestValueRow
from app.requests.search.values import refresh_values
from indexing.settings import secret_key
from indexing.store.reading import Store
from indexing.store.rows import collection_from
from indexing.store.schema import CollectionRow, DocumentRow

DERIVED_VERSION = "derived@13"
"""Raised whenever something else is derived than before: requests are then read again."""


def refresh_derived(session: Session, store: Store, document_id: str) -> None:
    """Replace the data derived from a stored reading, in the transaction of ``session``.

    The legal basis in its completeness check follows the decisions on the States and the treaties.
    """
    document, reading = session.get_one(DocumentRow, document_id), session.get_one(RequestReadingRow, document_id)
    newest = {decision.proposal: decision for decision in decision_history(session, document_id)}
    found = decided_proposals(reading.reading, newest)
    values = {field: [proposal["value"] for proposal in proposals] for field, proposals in found.items()}
    row = reading.reading
    checks = with_decided_treaties(row.get("preflight", ()), str(row.get("document_type", "")), values, document.date)
    reading.reading = {**row, "preflight": checks}
    refresh_values(session, document, reading.reading, values)
    refresh_summary(session, document, reading.reading, found)
    refresh_links(session, document, letter_marks(document, reading.reading, found))
    refresh_deadlines(session, document_id)
    collection = collection_from(session.get_one(CollectionRow, document.collection))
    if not collection.is_public:  # persons are linked within the files of an authority, never in public law
        secret = secret_key(store.derived.home)
        parties = refresh_matches(session, secret, collection.partition, document_id, found)
        refresh_blind_keys(session, secret, collection.partition, document_id, parties)


def forget_derived(session: Session, documents: Sequence[str]) -> None:
    """Delete the readings of ``documents`` and all that is derived from them, which is derived anew."""
    tables = (
        RequestReadingRow,
        RequestValueRow,
        RequestSummaryRow,
        RequestDeadlineRow,
        RequestPartyRow,
        BlindKeyRow,
    )
    for table in tables:
        session.execute(delete(table).where(table.document.in_(documents)))
    link, notice = ProposedLinkRow, BlindNoticeRow
    session.execute(delete(link).where(or_(link.letter.in_(documents), link.request.in_(documents))))
    session.execute(delete(notice).where(or_(notice.document.in_(documents), notice.other_document.in_(documents))))
