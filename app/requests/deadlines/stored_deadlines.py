"""Deadlines of requests in the store: refreshed with each reading, decision, event and link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.requests.deadlines.deadlines import DatedLetter, Deadline, deadlines_of
from app.requests.deadlines.schema import RequestDeadlineRow
from app.requests.decided_fields import decided_proposals
from app.requests.decisions import decision_history
from app.requests.life.events import stored_events
from app.requests.life.stored_links import confirmed_kinds
from app.requests.schema import RequestReadingRow
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow

_FIELDS = tuple(field.name for field in fields(Deadline))


def refresh_deadlines(session: Session, document_id: str) -> None:
    """Write the deadlines of a request in place of those held; nothing while it was not read."""
    reading = session.get(RequestReadingRow, document_id)
    if reading is None:
        return
    document, row = session.get_one(DocumentRow, document_id), reading.reading
    newest = {decision.proposal: decision for decision in decision_history(session, document_id)}
    kind = str(row.get("document_type") or document.document_type)
    added = document.added.date().isoformat()
    letter = DatedLetter(document_id, kind, document.date, decided_proposals(row, newest), added)
    events = stored_events(session, [document_id]).get(document_id, ())
    session.execute(delete(RequestDeadlineRow).where(RequestDeadlineRow.document == document_id))
    for deadline in deadlines_of(letter, events, confirmed_kinds(session, document_id)):
        session.add(RequestDeadlineRow(**asdict(deadline)))


def stored_deadlines(store: Store, documents: Iterable[str]) -> Mapping[str, tuple[Deadline, ...]]:
    """Return the deadlines of ``documents`` by day; the caller has read the documents through the access filter."""
    row = RequestDeadlineRow
    query = select(row).where(row.document.in_(set(documents))).order_by(row.day, row.key)
    found: dict[str, list[Deadline]] = defaultdict(list)
    with Session(store.database) as session:
        for stored in session.scalars(query):
            found[stored.document].append(deadline_from(stored))
    return {document: tuple(held) for document, held in found.items()}


def deadline_from(row: RequestDeadlineRow) -> Deadline:
    """Return the deadline that a row of the table holds."""
    return Deadline(**{name: getattr(row, name) for name in _FIELDS})
