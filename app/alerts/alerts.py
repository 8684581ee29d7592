"""Alerts of a principal: saved searches and watched provisions. Their notices are in ``app.alerts.notices``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.alerts.schema import AlertRow
from app.alerts.watched_provisions import WatchedProvision, watch_of
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.search.clauses import field_clause
from indexing.search.lexical_retrieval import query_filter_fields
from indexing.search.parser import parse
from indexing.search.query_fields import check_filters, field_name_of
from indexing.search.query_tree import filter_fields, has_words, positive
from indexing.search.request import TAG, SearchRequest
from indexing.search.tags import has_tags
from indexing.store.change_log import newest_change
from indexing.store.reading import Store
from indexing.store.writing import now, writing

SEARCH, PROVISION = "search", "provision"
MAX_ALERTS = 200


@dataclass(frozen=True, slots=True)
class Alert:
    """A saved search (query, filters and language) or a watched provision.

    ``reached`` is the number of the change up to which it was evaluated. It is internal, since it counts the documents
    of everybody.
    """

    id: str
    question: SearchRequest | WatchedProvision
    reached: int
    made: datetime
    looked: datetime

    @property
    def kind(self) -> str:
        """Return ``search`` or ``provision``."""
        return SEARCH if isinstance(self.question, SearchRequest) else PROVISION


def save_search(store: Store, principal: Principal, request: SearchRequest) -> Alert:
    """Save a search that reports future documents.

    Raises ``indexing.alert_without_question`` (also for words without a letter or digit), ``indexing.alert_by_tag`` (a
    document has no tags when it becomes searchable, which is when alerts look at it), what ``check_filters`` raises for
    a value that no document can have, in filters or query, and what a search raises.
    """
    filters = {name: list(values) for name, values in request.filters.items() if values}
    query = parse(request.query)
    searched = positive(query.tree)
    if (not query.tree and not query.fields and not filters) or (searched and not any(map(has_words, searched))):
        raise RogatioError("indexing.alert_without_question")
    for name in filters:
        if not field_name_of(name):
            raise RogatioError("indexing.no_such_filter", field=name)
    if has_tags(query) or any(field_name_of(name) == TAG for name in filters):
        raise RogatioError("indexing.alert_by_tag")
    check_filters(filters)
    for field in (*query_filter_fields(request, query), *filter_fields(query.tree)):
        field_clause(field)  # an invalid search is rejected now, not at every evaluation
        check_filters({field.name: field.values})
    return _add(store, principal, kind=SEARCH, query=request.query, filters=filters, language=request.language)


def watch(store: Store, principal: Principal, document_id: str, unit: str = "") -> Alert:
    """Watch a provision of the law of which a document is an expression, or the whole law.

    Raises ``indexing.no_such_document``, ``indexing.no_law`` if it is not an expression of a law, and
    ``indexing.no_such_provision``.
    """
    found: WatchedProvision = watch_of(store, store.access(principal), document_id, unit)
    return _add(
        store,
        principal,
        kind=PROVISION,
        work=found.work,
        unit=found.unit,
        identities=list(found.identities),
        known=dict(found.known),
    )


def _add(store: Store, principal: Principal, **columns: Any) -> Alert:
    """Add an alert, or return the principal's existing alert with the same question."""
    reached = newest_change(store.database)
    with writing(store) as session:
        own = list(session.scalars(_of(principal)))
        identifying = ("kind", "query", "filters", "language", "work", "unit")
        for row in own:
            if all(getattr(row, name) == columns.get(name, _EMPTY[name]) for name in identifying):
                return _alert(row)
        if len(own) >= MAX_ALERTS:
            raise RogatioError("indexing.too_many_alerts", most=MAX_ALERTS)
        moment = now()
        row = AlertRow(
            id=uuid.uuid4().hex[:16], principal=principal.id, reached=reached, made=moment, looked=moment, **columns
        )
        session.add(row)
        session.flush()
        return _alert(row)


_EMPTY: Mapping[str, Any] = {"kind": "", "query": "", "filters": {}, "language": "", "work": "", "unit": ""}


def alerts(store: Store, principal: Principal) -> tuple[Alert, ...]:
    """Return the alerts of a principal, newest first."""
    with Session(store.database) as session:
        return tuple(map(_alert, session.scalars(_of(principal).order_by(AlertRow.made.desc(), AlertRow.id))))


def alert(store: Store, principal: Principal, alert_id: str) -> Alert:
    """Return one alert; raises ``indexing.no_such_alert``, also for another principal's alert."""
    with Session(store.database) as session:
        return _alert(own_alert(session, principal, alert_id))


def delete_alert(store: Store, principal: Principal, alert_id: str) -> None:
    """Delete an alert; raises ``indexing.no_such_alert``, also for another principal's alert."""
    with writing(store) as session:
        session.delete(own_alert(session, principal, alert_id))


def _of(principal: Principal) -> Select[tuple[AlertRow]]:
    return select(AlertRow).where(AlertRow.principal == principal.id)


def own_alert(session: Session, principal: Principal, alert_id: str) -> AlertRow:
    """Return the row of the principal's alert; raises ``indexing.no_such_alert``, also for that of another."""
    row = session.scalar(_of(principal).where(AlertRow.id == alert_id))
    if row is None:
        raise RogatioError("indexing.no_such_alert", alert=alert_id[:40])
    return row


def _alert(row: AlertRow) -> Alert:
    return Alert(row.id, _question(row), row.reached, row.made, row.looked)


def _question(row: AlertRow) -> SearchRequest | WatchedProvision:
    if row.kind == PROVISION:
        return WatchedProvision(row.work, row.unit, tuple(row.identities), row.known)
    filters = {name: tuple(values) for name, values in row.filters.items()}
    return SearchRequest(row.query, filters, row.language)
