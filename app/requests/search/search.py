"""Search over request files by their fields, with facets: one function for pages, API and command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.requests.readings import REQUEST_TYPES, StoredReading, readings_of
from app.requests.register import RegisteredRequest, register_line
from app.requests.search.query import Condition, parse_query
from app.requests.search.schema import RequestValueRow
from app.requests.search.statuses import current_states, has_status
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import document_from
from indexing.store.schema import MOST_NUMBER, DocumentRow, Status
from indexing.store.visibility import visible_documents

STATUS = "status"
FACETS = ("type", "requesting", "requested", "measure", "offence", "instrument", "is")
PAGE_SIZE, MOST_REQUESTS = 50, 200
"""Usual and greatest number of requests of one page."""
MOST_OF_FACET = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a field with the number of requests found that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FoundRequests:
    """One page of the requests that meet a query, those with the nearest deadline first; ``total`` counts all.

    ``facets`` count the values of ``status`` and of the fields of ``FACETS`` among all that were found, the most
    frequent first.
    """

    lines: tuple[RegisteredRequest, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]


def search_requests(
    store: Store,
    access: AccessFilter,
    query: str = "",
    *,
    start: int = 0,
    limit: int = PAGE_SIZE,
    today: date | None = None,
) -> FoundRequests:
    """Return the visible requests that meet ``query``, at most ``limit`` from the ``start``-th on.

    Raises what ``parse_query`` does.
    """
    day = today or date.today()
    met = [_visible(access), *map(_condition, parse_query(query))]
    with Session(store.database) as session:
        total = session.scalar(select(func.count()).select_from(DocumentRow).where(*met)) or 0
        ordered = _ordered(select(DocumentRow).where(*met), day)
        rows = session.scalars(ordered.offset(min(start, MOST_NUMBER)).limit(limit))
        documents = [document_from(row) for row in rows]
        facets = _facets(session, met)
    readings = readings_of(store, documents)
    lines = tuple(register_line(StoredReading(document, readings.get(document.id)), day) for document in documents)
    return FoundRequests(lines, total, facets)


def _visible(access: AccessFilter) -> ColumnElement[bool]:
    """Return the condition that a document is a request that ``access`` allows."""
    return and_(
        visible_documents(access),
        DocumentRow.status == Status.INDEXED,
        DocumentRow.document_type.in_(REQUEST_TYPES),
    )


def _condition(condition: Condition) -> ColumnElement[bool]:
    if condition.field == STATUS:
        met = has_status(condition.values)
    elif condition.every:
        met = and_(*(_having(condition.field, _is(value)) for value in condition.values))
    elif condition.values:
        met = _having(condition.field, or_(*map(_is, condition.values)))
    else:
        met = _having(condition.field, and_(*_within(condition)))
    return ~met if condition.negated else met


def _having(field: str, value: ColumnElement[bool]) -> ColumnElement[bool]:
    return DocumentRow.id.in_(select(RequestValueRow.document).where(RequestValueRow.field == field, value))


def _is(value: str) -> ColumnElement[bool]:
    if value.endswith("*"):
        return RequestValueRow.value.startswith(value[:-1], autoescape=True)
    return RequestValueRow.value == value


def _within(condition: Condition) -> list[ColumnElement[bool]]:
    bounds = [RequestValueRow.value >= condition.first] if condition.first else []
    return [*bounds, RequestValueRow.value < condition.end] if condition.end else bounds


def _ordered(query: Select[tuple[DocumentRow]], today: date) -> Select[tuple[DocumentRow]]:
    """Order by the first deadline that is not past; those without one follow, the newest first."""
    coming = select(RequestValueRow.document, func.min(RequestValueRow.value).label("deadline")).where(
        RequestValueRow.field == "deadline", RequestValueRow.value >= today.isoformat()
    )
    nearest = coming.group_by(RequestValueRow.document).subquery()
    return query.outerjoin(nearest, nearest.c.document == DocumentRow.id).order_by(
        nearest.c.deadline.is_(None), nearest.c.deadline, DocumentRow.date.desc(), DocumentRow.id
    )


def _facets(session: Session, met: list[ColumnElement[bool]]) -> dict[str, tuple[FacetValue, ...]]:
    row = RequestValueRow
    count = func.count(row.document.distinct())
    counted = session.execute(
        select(row.field, row.value, count)
        .join(DocumentRow, DocumentRow.id == row.document)
        .where(row.field.in_(FACETS), *met)
        .group_by(row.field, row.value)
        .order_by(count.desc(), row.value)
    )
    found: dict[str, list[FacetValue]] = {field: [] for field in (STATUS, *FACETS)}
    found[STATUS] = _states(session, met)
    for field, value, documents in counted:
        if len(found[field]) < MOST_OF_FACET:
            found[field].append(FacetValue(value, documents))
    return {field: tuple(values) for field, values in found.items() if values}


def _states(session: Session, met: list[ColumnElement[bool]]) -> list[FacetValue]:
    current, count = current_states(), func.count()
    counted = session.execute(
        select(current.c.code, count)
        .join(DocumentRow, DocumentRow.id == current.c.document)
        .where(*met)
        .group_by(current.c.code)
        .order_by(count.desc(), current.c.code)
    )
    return [FacetValue(code, documents) for code, documents in counted]
