"""Notices of alerts, and which of them are new.

All notices and counts pass through the access filter of the moment in which they are read.
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
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, DocumentRow
from indexing.store.writing import now, writing
from indexing.works.works import validities


@dataclass(frozen=True, slots=True)
class Notice:
    """A match of an alert in a readable document: ``page`` from 1, ``start`` an offset in its text.

    ``kind`` is ``match``; for a watched provision ``version`` (a new expression with another wording), ``version_same``
    (a new expression with the same wording), ``version_without`` (one without the provision), ``text`` (the text of an
    expression has changed), ``ended`` (the law ended with this expression) or ``cited``. ``places`` counts the matching
    provisions of the document; ``validity`` is the period of validity as known now.
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

    def found_json(self) -> dict[str, Any]:
        """Return what was found, as API and command line report it; days are ISO 8601, empty if unknown."""
        return {
            "kind": self.kind,
            "document_id": self.document.id,
            "title": self.document.title,
            "jurisdiction": self.document.jurisdiction,
            "unit": self.unit,
            "page": self.page,
            "start": self.start,
            "places": self.places,
            "valid_from": self.validity.first_day if self.validity else "",
            "valid_to": self.validity.end if self.validity else "",
            "text_of": self.validity.day_of_text if self.validity else "",
        }


@dataclass(frozen=True, slots=True)
class NoticeCount:
    """Numbers of readable notices of an alert, and of the new ones among them."""

    all: int = 0
    new: int = 0


def mark_seen(store: Store, principal: Principal, alert_id: str = "", until: int = 0) -> None:
    """Mark notices of one alert or all alerts as seen; with ``until`` only those up to that id."""
    with writing(store) as session:
        if alert_id:
            own_alert(session, principal, alert_id)
        own_alerts = select(AlertRow.id).where(AlertRow.principal == principal.id)
        marked = update(AlertMatchRow).where(AlertMatchRow.alert.in_(own_alerts), AlertMatchRow.seen.is_(None))
        marked = marked.where(AlertMatchRow.alert == alert_id) if alert_id else marked
        marked = marked.where(AlertMatchRow.id <= min(until, MAX_NUMBER)) if until else marked
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
    """Return notices, newest first; ``new`` omits those already seen, ``before`` continues after an id."""
    statement = _visible_matches(select(AlertMatchRow, DocumentRow), access, principal).where(
        AlertMatchRow.alert.in_(alert_ids)
    )
    statement = statement.where(AlertMatchRow.seen.is_(None)) if new else statement
    statement = statement.where(AlertMatchRow.id < min(before, MAX_NUMBER)) if before else statement
    with Session(store.database) as session:
        rows = session.execute(statement.order_by(AlertMatchRow.id.desc()).limit(limit)).tuples()
        found = [_notice_from(row, document_from(document)) for row, document in rows]
    known = validities(store, {notice.document.id for notice in found}) if found else {}
    return tuple(replace(notice, validity=known.get(notice.document.id)) for notice in found)


def notice_counts(store: Store, access: AccessFilter, principal: Principal) -> Mapping[str, NoticeCount]:
    """Return the numbers of notices by alert; alerts without notices have no entry."""
    columns = (AlertMatchRow.alert, func.count(), func.count().filter(AlertMatchRow.seen.is_(None)))
    statement = _visible_matches(select(*columns), access, principal).group_by(AlertMatchRow.alert)
    with Session(store.database) as session:
        return {alert_id: NoticeCount(every, new) for alert_id, every, new in session.execute(statement)}


def _visible_matches(query: Select[Any], access: AccessFilter, principal: Principal) -> Select[Any]:
    """Restrict a query of matches to the principal's alerts and to documents readable now."""
    joined = query.select_from(AlertMatchRow).join(AlertRow, AlertRow.id == AlertMatchRow.alert)
    joined = joined.join(DocumentRow, DocumentRow.id == AlertMatchRow.document)
    return joined.where(AlertRow.principal == principal.id, visible_documents(access))


def _notice_from(row: AlertMatchRow, document: StoredDocument) -> Notice:
    return Notice(row.id, row.alert, row.kind, document, row.unit, row.page, row.start, row.places, row.found, row.seen)
