"""Blind notices between authorities: keyed hashes of identifiers are compared, and both learn that a match exists.

Neither learns which identifier it is, nor anything about the other's file: not its number, type, date or content.
Further steps are decided between the central authorities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from app.requests.matching.parties import ACCOUNT, PERSON, PHONE, Party
from app.requests.matching.schema import BlindKeyRow, BlindNoticeRow
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.ingest.corrections import require_write
from indexing.settings import opaque_key
from indexing.store.database import insert, serialise
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, DocumentRow
from indexing.store.writing import now, writing
from nlp.matching.document_numbers import document_number

_MIN_LENGTHS: Mapping[str, int] = {
    ACCOUNT: 10,
    PHONE: 9,
    "wallet": 20,
    "email": 6,
    "passport": 8,
    "national_id": 8,
    "imei": 14,
}
"""Kinds that are compared, and how many characters make one the same thing in every state.

Plates and numbers of companies are given out anew by each state, addresses on the Internet change hands.
"""


_PREFIX = "authority-"


@dataclass(frozen=True, slots=True)
class BlindNotice:
    """A shared identifier of one's own request and one of ``authority``; ``seen_by`` has acknowledged it."""

    id: int
    document: StoredDocument
    authority: str
    found: datetime
    seen_by: str
    seen: datetime | None


def refresh_blind_keys(
    session: Session, secret: str, partition: str, document_id: str, parties: Iterable[Party]
) -> None:
    """Replace the keyed hashes of a request, and its notices of matches with other authorities.

    A notice remains while both requests share an identifier.
    """
    serialise(session, "request_blind_keys")
    digests = sorted(
        {opaque_key(secret, "request_blind_key", *number) for party in parties for number in _numbers(party)}
    )
    session.execute(delete(BlindKeyRow).where(BlindKeyRow.document == document_id))
    session.add_all(BlindKeyRow(document=document_id, partition=partition, digest=digest) for digest in digests)
    matching = select(BlindKeyRow.document, BlindKeyRow.partition).where(
        BlindKeyRow.digest.in_(digests), BlindKeyRow.partition != partition
    )
    others = dict(session.execute(matching.distinct()).tuples().all())
    row = BlindNoticeRow
    ended = or_(
        and_(row.document == document_id, row.other_document.not_in(others)),
        and_(row.other_document == document_id, row.document.not_in(others)),
    )
    session.execute(delete(row).where(ended))
    for other, its_partition in others.items():
        _notify(session, document_id, other, its_partition)
        _notify(session, other, document_id, partition)


def _numbers(party: Party) -> list[tuple[str, str]]:
    """Return the identifying data of a party: its number, or a person's document with two words of the name.

    Several States assign the same digits to different persons, so a number alone does not identify a person.
    """
    if party.kind == PERSON:
        number = document_number(party.number)
        return [(number, key) for key in party.blocks() if number and key.startswith("name:")]
    if len(party.compared) < _MIN_LENGTHS.get(party.kind, MAX_NUMBER):
        return []
    if party.kind in ("passport", "national_id") and party.compared.isdigit():
        return []
    return [(party.kind, party.compared)]


def _notify(session: Session, document_id: str, other: str, other_partition: str) -> None:
    values = {"document": document_id, "other_document": other, "other_partition": other_partition, "found": now()}
    session.execute(insert(session, BlindNoticeRow).values(values).on_conflict_do_nothing())


def blind_notices(store: Store, access: AccessFilter) -> list[BlindNotice]:
    """Return the notices on the visible requests: unacknowledged ones first, then the newest."""
    row = BlindNoticeRow
    query = (
        select(row, DocumentRow)
        .join(DocumentRow, DocumentRow.id == row.document)
        .where(visible_documents(access))
        .order_by(row.seen.is_not(None), row.found.desc(), row.id)
    )
    with Session(store.database) as session:
        found = session.execute(query).tuples().all()
        notices = {
            (document.id, notice.other_partition): BlindNotice(
                notice.id,
                document_from(document),
                notice.other_partition.removeprefix(_PREFIX),
                notice.found,
                notice.seen_by,
                notice.seen,
            )
            for notice, document in reversed(found)
        }
    return list(reversed(notices.values()))


def acknowledge(store: Store, access: AccessFilter, principal: Principal, notice_id: int) -> None:
    """Record that ``principal`` has acknowledged a notice.

    Raises ``app.no_such_notice`` if it may not be seen, ``indexing.not_writable`` if the file may only be read.
    """
    notice = next((notice for notice in blind_notices(store, access) if notice.id == notice_id), None)
    if notice is None:
        raise RogatioError("app.no_such_notice")
    require_write(store, access, notice.document, principal)
    row = BlindNoticeRow
    of_both = (
        row.document == notice.document.id,
        row.other_partition == f"{_PREFIX}{notice.authority}",
        row.seen.is_(None),
    )
    with writing(store) as session:
        session.execute(update(row).where(*of_both).values(seen=now(), seen_by=principal.id))
