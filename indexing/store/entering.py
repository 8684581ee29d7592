"""Files are entered in the store as they come in: the same file of the same place is always the same document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import now, writing


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that came in: its bytes, its name, where from, and what is known of it (keys of ``Hints``).

    A ``version`` of a law is never a copy of another: a text may come back into force word for word.
    """

    sha256: str
    size: int
    source: str
    place: str
    collection: str
    case_file: str = ""
    parent: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)
    version: bool = False

    @property
    def document_id(self) -> str:
        """The same file of the same place in the same collection is always the same document."""
        parts = (self.collection, self.case_file, self.parent, self.place, self.sha256)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:24]


def arrive(store: Store, arrival: Arrival) -> StoredDocument:
    """Enter a file, or return the document that it already is; it waits again where something new is said of it."""
    with writing(store) as session:
        row = session.get(DocumentRow, arrival.document_id)
        if row is None:
            row = DocumentRow(
                id=arrival.document_id,
                sha256=arrival.sha256,
                size=arrival.size,
                source=arrival.source,
                place=arrival.place,
                parent=arrival.parent or None,
                collection=arrival.collection,
                case_file=arrival.case_file,
                hints=dict(arrival.hints),
                duplicate_of=None if arrival.version else _first_copy(session, arrival),
                added=now(),
            )
            session.add(row)
            session.flush()
        elif row.duplicate_of is None and not arrival.hints.items() <= row.hints.items():
            row.hints = {**row.hints, **arrival.hints}
            row.status = Status.WAITING
        return document_from(row)


def _first_copy(session: Session, arrival: Arrival) -> str | None:
    """Return the document with the same bytes in the same case file; in another one it is to be found on its own."""
    query = select(DocumentRow.id).where(
        DocumentRow.collection == arrival.collection,
        DocumentRow.case_file == arrival.case_file,
        DocumentRow.sha256 == arrival.sha256,
        DocumentRow.duplicate_of.is_(None),
    )
    return session.scalar(query.order_by(DocumentRow.added, DocumentRow.id).limit(1))
