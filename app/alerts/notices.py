"""Notices of alerts, and which of them are new.

Nothing is told but through the access filter of the moment in which it is asked, also no number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from app.alerts.alerts import own_alert
from app.alerts.schema import AlertMatchRow, AlertRow
from indexing.access import AccessFilter, Principal
from indexing.records.validity import Validity
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from
from indexing.store.schema import MOST_NUMBER, DocumentRow, visible_documents
from indexing.store.writing import now, writing
from indexing.works.works import validities


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an alert found in a document that may be seen: ``page`` from 1, ``start`` an offset in its text.

    ``kind`` is ``match``; for a watched provision ``version`` (a new one in which it reads otherwise),
    ``version_same`` (a new one in which it reads as before), ``version_without`` (one that has it no more), ``text``
    (the text of a version has changed), ``ended`` (the law is over with this one) or ``cited``. ``places`` counts the
    provisions of the document that match; ``validity`` says when a law reads so, as it is known now.
    """

    id: int
    alert: str
    kind: str
    document: StoredDocument
    unit: str
    page: int
    start: int
    places: int
    found: datetime
    seen: datetime | None
    validity: Validity | None = None


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """How much an alert tells that may be seen, and how much of it is new."""

    all: int = 0
    new: int = 0


def mark_seen(store: Store, principal: Principal, alert_id: str = "", until: int = 0) -> None:
    """Mark as seen what an alert told, or all of them; with ``until`` only what was told up to that one (its id)."""
    with writing(store) as session:
        if alert_id:
            own_alert(session, principal, alert_id)
        own_alerts = select(AlertRow.id).where(AlertRow.principal == principal.id)
        marked = update(AlertMatchRow).where(AlertMatchRow.alert.in_(own_alerts), AlertMatchRow.seen.is_(None))
        marked = marked.where(AlertMatchRow.alert == alert_id) if alert_id else marked
        marked = marked.where(AlertMatchRow.id <= min(until, MOST_NUMBER)) if until else marked
        session.execute(marked.values(seen=now()))


def notices(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    alert_ids: Iterable[str],
    *,
    new: bool = False,
    before: int = 0,
    limit: int = 50,
) -> tuple[Notice, ...]:
    """Return what alerts told, the newest first; ``new`` leaves out what was seen, ``before`` goes on behind an id."""
    statement = _told(select(AlertMatchRow, DocumentRow), access, principal).where(AlertMatchRow.alert.in_(alert_ids))
    statement = statement.where(AlertMatchRow.seen.is_(None)) if new else statement
    statement = statement.where(AlertMatchRow.id < min(before, MOST_NUMBER)) if before else statement
    with Session(store.database) as session:
        rows = session.execute(statement.order_by(AlertMatchRow.id.desc()).limit(limit)).tuples()
        found = [_told_from(row, document_from(document)) for row, document in rows]
    known = validities(store, {one.document.id for one in found}) if found else {}
    return tuple(replace(notice, validity=known.get(notice.document.id)) for notice in found)


def notice_counts(store: Store, access: AccessFilter, principal: Principal) -> Mapping[str, NoticeCount]:
    """Return how much each alert tells; one that tells nothing has no entry."""
    columns = (AlertMatchRow.alert, func.count(), func.count().filter(AlertMatchRow.seen.is_(None)))
    statement = _told(select(*columns), access, principal).group_by(AlertMatchRow.alert)
    with Session(store.database) as session:
        return {alert_id: NoticeCount(every, new) for alert_id, every, new in session.execute(statement)}


def _told(query: Select[Any], access: AccessFilter, principal: Principal) -> Select[Any]:
    """Restrict what is asked of matches to the principal's alerts and to documents that may be seen now."""
    joined = query.select_from(AlertMatchRow).join(AlertRow, AlertRow.id == AlertMatchRow.alert)
    joined = joined.join(DocumentRow, DocumentRow.id == AlertMatchRow.document)
    return joined.where(AlertRow.principal == principal.id, visible_documents(access))


def _told_from(row: AlertMatchRow, document: StoredDocument) -> Notice:
    return Notice(row.id, row.alert, row.kind, document, row.unit, row.page, row.start, row.places, row.found, row.seen)
