"""Alerts: saved searches and watched provisions of a principal, and what they told.

Nothing is told but through the access filter of the moment in which it is asked, also no number.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.alert_schema import AlertMatchRow, AlertRow
from indexing.arrivals import newest_arrival
from indexing.query import parse
from indexing.results import SearchRequest
from indexing.search import asked_fields
from indexing.store import Store
from indexing.store_rows import StoredDocument, document_from
from indexing.store_schema import DocumentRow
from indexing.store_writing import now, writing
from indexing.watched_provisions import Watched, watched

SEARCH, PROVISION = "search", "provision"
MOST_ALERTS = 200


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search (its query, filters and language) or a watched provision.

    ``reached`` is the arrival up to which it has looked: for the library alone, since it counts what all bring in.
    """

    id: str
    question: SearchRequest | Watched
    reached: int
    made: datetime
    looked: datetime

    @property
    def kind(self) -> str:
        return SEARCH if isinstance(self.question, SearchRequest) else PROVISION


@dataclass(frozen=True, slots=True)
class Told:
    """Something an alert found in a document that may be seen: ``page`` from 1, ``start`` an offset in its text.

    ``kind`` is ``match``; for a watched provision ``version`` (a new one in which it reads otherwise),
    ``version_same`` (a new one in which it reads as before), ``version_without`` (one that has it no more), ``text``
    (the text of a version has changed) or ``cited``. ``places`` counts the provisions of the document that match.
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


@dataclass(frozen=True, slots=True)
class Tally:
    """How much an alert tells that may be seen, and how much of it is new."""

    all: int = 0
    new: int = 0


def save_search(store: Store, principal: Principal, request: SearchRequest) -> Alert:
    """Save a search from here on; raises ``indexing.alert_without_question`` and what a search raises."""
    filters = {name: list(values) for name, values in request.filters.items() if values}
    query = parse(request.query)
    if not query.tree and not query.fields and not filters:
        raise RogatioError("indexing.alert_without_question")
    asked_fields(request, query)
    return _add(store, principal, kind=SEARCH, query=request.query, filters=filters, language=request.language)


def watch(store: Store, principal: Principal, document_id: str, unit: str = "") -> Alert:
    """Watch a provision of the law that a document is a version of, or all of that law.

    Raises ``indexing.no_such_document``, ``indexing.no_law`` where it is no version of one, and
    ``indexing.no_such_provision``.
    """
    found: Watched = watched(store, store.access(principal), document_id, unit)
    return _add(
        store,
        principal,
        kind=PROVISION,
        work=found.work,
        unit=found.unit,
        identities=list(found.identities),
        known=dict(found.known),
    )


def _add(store: Store, principal: Principal, **asked: Any) -> Alert:
    """Add an alert, or return the one of this principal that asks the same."""
    reached = newest_arrival(store.database)
    with writing(store) as session:
        own = list(session.scalars(_of(principal)))
        told = ("kind", "query", "filters", "language", "work", "unit")
        for row in own:
            if all(getattr(row, name) == asked.get(name, _EMPTY[name]) for name in told):
                return _alert(row)
        if len(own) >= MOST_ALERTS:
            raise RogatioError("indexing.too_many_alerts", most=MOST_ALERTS)
        moment = now()
        row = AlertRow(
            id=uuid.uuid4().hex[:16], principal=principal.id, reached=reached, made=moment, looked=moment, **asked
        )
        session.add(row)
        session.flush()
        return _alert(row)


_EMPTY: Mapping[str, Any] = {"kind": "", "query": "", "filters": {}, "language": "", "work": "", "unit": ""}


def alerts(store: Store, principal: Principal) -> tuple[Alert, ...]:
    """Return the alerts of a principal, the newest first; of nobody else's is anything said."""
    with Session(store.database) as session:
        return tuple(map(_alert, session.scalars(_of(principal).order_by(AlertRow.made.desc(), AlertRow.id))))


def alert(store: Store, principal: Principal, alert_id: str) -> Alert:
    """Return one alert; ``indexing.no_such_alert`` also where it is somebody else's."""
    with Session(store.database) as session:
        return _alert(_own(session, principal, alert_id))


def delete_alert(store: Store, principal: Principal, alert_id: str) -> None:
    with writing(store) as session:
        session.delete(_own(session, principal, alert_id))


def mark_seen(store: Store, principal: Principal, alert_id: str = "", until: int = 0) -> None:
    """Mark as seen what an alert told, or all of them; with ``until`` only what was told up to that one (its id)."""
    with writing(store) as session:
        if alert_id:
            _own(session, principal, alert_id)
        mine = select(AlertRow.id).where(AlertRow.principal == principal.id)
        marked = update(AlertMatchRow).where(AlertMatchRow.alert.in_(mine), AlertMatchRow.seen.is_(None))
        marked = marked.where(AlertMatchRow.alert == alert_id) if alert_id else marked
        marked = marked.where(AlertMatchRow.id <= until) if until else marked
        session.execute(marked.values(seen=now()))


def told(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    alert_ids: Iterable[str],
    *,
    new: bool = False,
    before: int = 0,
    limit: int = 50,
) -> tuple[Told, ...]:
    """Return what alerts told, the newest first; ``new`` leaves out what was seen, ``before`` goes on behind an id."""
    wanted = _told(select(AlertMatchRow, DocumentRow), access, principal).where(AlertMatchRow.alert.in_(alert_ids))
    wanted = wanted.where(AlertMatchRow.seen.is_(None)) if new else wanted
    wanted = wanted.where(AlertMatchRow.id < before) if before else wanted
    with Session(store.database) as session:
        rows = session.execute(wanted.order_by(AlertMatchRow.id.desc()).limit(limit)).tuples()
        return tuple(_told_from(row, document_from(document)) for row, document in rows)


def tallies(store: Store, access: AccessFilter, principal: Principal) -> Mapping[str, Tally]:
    """Return how much each alert tells; one that tells nothing has no entry."""
    columns = (AlertMatchRow.alert, func.count(), func.count().filter(AlertMatchRow.seen.is_(None)))
    wanted = _told(select(*columns), access, principal).group_by(AlertMatchRow.alert)
    with Session(store.database) as session:
        return {alert_id: Tally(every, new) for alert_id, every, new in session.execute(wanted)}


def _of(principal: Principal) -> Select[tuple[AlertRow]]:
    return select(AlertRow).where(AlertRow.principal == principal.id)


def _own(session: Session, principal: Principal, alert_id: str) -> AlertRow:
    row = session.scalar(_of(principal).where(AlertRow.id == alert_id))
    if row is None:
        raise RogatioError("indexing.no_such_alert", alert=alert_id[:40])
    return row


def _told(query: Select[Any], access: AccessFilter, principal: Principal) -> Select[Any]:
    """Restrict what is asked of matches to the principal's alerts and to documents that may be seen now."""
    joined = query.select_from(AlertMatchRow).join(AlertRow, AlertRow.id == AlertMatchRow.alert)
    joined = joined.join(DocumentRow, DocumentRow.id == AlertMatchRow.document)
    return joined.where(AlertRow.principal == principal.id, DocumentRow.collection.in_(access.collections))


def _alert(row: AlertRow) -> Alert:
    return Alert(row.id, _question(row), row.reached, row.made, row.looked)


def _question(row: AlertRow) -> SearchRequest | Watched:
    if row.kind == PROVISION:
        return Watched(row.work, row.unit, tuple(row.identities), row.known)
    filters = {name: tuple(values) for name, values in row.filters.items()}
    return SearchRequest(row.query, filters, row.language)


def _told_from(row: AlertMatchRow, document: StoredDocument) -> Told:
    return Told(row.id, row.alert, row.kind, document, row.unit, row.page, row.start, row.places, row.found, row.seen)
