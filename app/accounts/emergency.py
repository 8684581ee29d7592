"""Emergency access ("break-glass"): beyond one's grants, with a reason, temporary, announced to the authority."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.accounts import AUTHORITY, CASE_FILE, Account, Grant, grant
from app.accounts.granting import authority_grant, known_case_file
from app.accounts.schema import GrantRow
from app.audit.trail import Operation, append
from extraction.errors import RogatioError
from indexing.store.database import utc
from indexing.store.reading import Store
from indexing.store.writing import now

LASTS = timedelta(hours=4)
ANNOUNCED = timedelta(days=30)
MIN_REASON_LENGTH = 20


@dataclass(frozen=True, slots=True)
class EmergencyAccess:
    """Emergency access of an account to an authority's files, or to one case file, with its reason."""

    account: str
    collection: str
    case_file: str
    reason: str
    made: datetime
    until: datetime


def take_emergency_access(store: Store, own: Account, collection: str, case_file: str, reason: str) -> None:
    """Give an account access for ``LASTS``; the existence of collection or case file is not revealed.

    Raises ``app.reason_needed`` for a reason of less than ``MIN_REASON_LENGTH`` characters and
    ``app.public_is_no_authority``.
    """
    reason = " ".join(reason.split())
    if len(reason) < MIN_REASON_LENGTH:
        raise RogatioError("app.reason_needed", least=MIN_REASON_LENGTH)
    case_file, collection = known_case_file(store, case_file), collection.strip()
    place = Grant(CASE_FILE, collection, case_file)
    if not case_file:
        place = authority_grant(store, collection, must_exist=False)
    if place in own.grants:
        return
    until = now() + LASTS
    grant(store, own.id, Grant(place.kind, place.collection, place.value, until, reason), author=own.id)
    append(store, Operation(own.id, "administration", "emergency_access", {"collection": collection}, reason=reason))


def emergency_accesses(store: Store, collections: Collection[str]) -> tuple[EmergencyAccess, ...]:
    """Return emergency accesses to ``collections`` within the last ``ANNOUNCED``, newest first."""
    query = select(GrantRow).where(
        GrantRow.kind.in_((AUTHORITY, CASE_FILE)),
        GrantRow.collection.in_(collections),
        GrantRow.account == GrantRow.author,
        GrantRow.made >= now() - ANNOUNCED,
    )
    with Session(store.database) as session:
        rows = session.scalars(query.order_by(GrantRow.id.desc())).all()
    return tuple(
        EmergencyAccess(row.account, row.collection, row.value, row.reason, utc(row.made), utc(row.until))
        for row in rows
        if row.until is not None
    )
