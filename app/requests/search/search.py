"""Search over request files by their fields, with facets: one function for pages, API and command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.requests.deadlines.schema import RequestDeadlineRow
from app.requests.deadlines.stored_deadlines import stored_deadlines
from app.requests.decided_fields import decisions_by_document
from app.requests.direction import directions
from app.requests.life.events import current_states
from app.requests.life.stored_links import translations
from app.requests.life.summary import summaries
from app.requests.readings import StoredReading, readings_of
from app.requests.register import OVERDUE, RegisteredRequest, register_line
from app.requests.schema import REQUEST_TYPES
from app.requests.search.boolean_query import Either, Part, Without, parse_query
from app.requests.search.full_text import letters_with
from app.requests.search.query import FREE, Condition
from app.requests.search.schema import RequestValueRow
from app.requests.search.statuses import has_status, waits_on
from indexing.access import AccessFilter
from indexing.installation import Installation
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, DocumentRow, Status

STATUS, DIRECTION, WAITS = "status", "direction", "waits"
FACETS = ("type", "requesting", "requested", "measure", "offence", "instrument", "is")
PAGE_SIZE, MAX_REQUESTS = 50, 200
"""Usual and greatest number of requests of one page."""
MAX_OF_FACET = 12


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a field with the number of requests found that have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class FoundRequests:
    """One page of the requests that meet a query, those with the nearest deadline first; ``total`` counts all.

    ``facets`` count the values of ``direction`` (for authorities of which the State is known), ``status`` and the
    fields of ``FACETS`` among all that were found, the most frequent first.
    """

    lines: tuple[RegisteredRequest, ...]
    total: int
    facets: Mapping[str, tuple[FacetValue, ...]]


def search_requests(
    installation: Installation,
    access: AccessFilter,
    query: str = "",
    *,
    start: int = 0,
    limit: int = PAGE_SIZE,
    today: date | None = None,
) -> FoundRequests:
    """Return the visible requests that match ``query``, at most ``limit`` from ``start``.

    Words without a field are those of names, titles and file names, or of the text of the letter, where the engine
    looks for them in all their forms. Raises what ``parse_query`` and ``letters_with`` do.
    """
    store = installation.store
    day = today or date.today()
    met = [_visible(access), *_all_met(installation, access, parse_query(query))]
    with Session(store.database) as session:
        total = session.scalar(select(func.count()).select_from(DocumentRow).where(*met)) or 0
        ordered = _ordered(select(DocumentRow).where(*met), day)
        rows = session.scalars(ordered.offset(min(start, MAX_NUMBER)).limit(limit))
        documents = [document_from(row) for row in rows]
        facets = _facets(session, met)
    return FoundRequests(_lines(store, documents, day), total, facets)


def _lines(store: Store, documents: Sequence[StoredDocument], day: date) -> tuple[RegisteredRequest, ...]:
    ids = [document.id for document in documents]
    readings, last = readings_of(store, documents), summaries(store, documents)
    decisions, deadlines = decisions_by_document(store, ids), stored_deadlines(store, ids)
    with Session(store.database) as session:
        states, ways = current_states(), directions().subquery()
        status, direction = (
            dict(session.execute(select(of).where(of.c.document.in_(ids))).tuples().all()) for of in (states, ways)
        )
    return tuple(
        register_line(
            StoredReading(document, readings.get(document.id)),
            day,
            decisions.get(document.id, {}),
            deadlines.get(document.id, ()),
            status.get(document.id, ""),
            direction.get(document.id, ""),
            last.get(document.id),
        )
        for document in documents
    )


def _visible(access: AccessFilter) -> ColumnElement[bool]:
    """Return the condition that a document is a request that ``access`` allows, and not the translation of one."""
    return and_(
        visible_documents(access),
        DocumentRow.status == Status.INDEXED,
        DocumentRow.document_type.in_(REQUEST_TYPES),
        DocumentRow.id.not_in(translations(access)),
    )


def _all_met(installation: Installation, access: AccessFilter, parts: Sequence[Part]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of parts of a query, all of which must be met."""
    for part in parts:
        if isinstance(part, Either):
            yield or_(*(and_(*_all_met(installation, access, one)) for one in part.alternatives))
        elif isinstance(part, Without):
            yield ~and_(*_all_met(installation, access, part.parts))
        elif part.field != FREE:
            yield _condition(part)
    free = [part for part in parts if isinstance(part, Condition) and part.field == FREE]
    yield from _words_met(installation, access, free)


def _words_met(
    installation: Installation, access: AccessFilter, free: Sequence[Condition]
) -> Iterator[ColumnElement[bool]]:
    """Yield the condition of the words that a letter must have, and one for each that it must not."""
    wanted = [condition for condition in free if not condition.negated]
    for group in filter(None, (wanted, *([condition] for condition in free if condition.negated))):
        found = letters_with(installation, access, " ".join(condition.text for condition in group))
        named = and_(*(_having(FREE, _is(value)) for condition in group for value in condition.values))
        met = or_(named, DocumentRow.id.in_(found))
        yield ~met if group[0].negated else met


def _condition(asked: Condition) -> ColumnElement[bool]:
    if asked.field == STATUS:
        met = has_status(asked.values)
    elif asked.field == WAITS:
        met = waits_on(asked.values)
    elif asked.field == DIRECTION:
        ways = directions().subquery()
        met = DocumentRow.id.in_(select(ways.c.document).where(ways.c.direction.in_(asked.values)))
    elif asked.every:
        met = and_(*(_having(asked.field, _is(value)) for value in asked.values))
    elif asked.values:
        met = _having(asked.field, or_(*map(_is, asked.values)))
    else:
        met = _having(asked.field, and_(*_within(asked, RequestValueRow.value)))
        if asked.field == "deadline":  # computed ones too, which are no value of the letter
            computed = select(RequestDeadlineRow.document).where(*_within(asked, RequestDeadlineRow.day))
            met = or_(met, DocumentRow.id.in_(computed))
    return ~met if asked.negated else met


def _having(field: str, value: ColumnElement[bool]) -> ColumnElement[bool]:
    return DocumentRow.id.in_(select(RequestValueRow.document).where(RequestValueRow.field == field, value))


def _is(value: str) -> ColumnElement[bool]:
    if value.endswith("*"):
        return RequestValueRow.value.startswith(value[:-1], autoescape=True)
    return RequestValueRow.value == value


def _within(asked: Condition, value: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
    bounds = [value >= asked.first] if asked.first else []
    return [*bounds, value < asked.end] if asked.end else bounds


def _ordered(query: Select[tuple[DocumentRow]], today: date) -> Select[tuple[DocumentRow]]:
    """Order by the first deadline that runs and is not long past; those without one follow, the newest first."""
    row = RequestDeadlineRow
    coming = select(row.document, func.min(row.day).label("deadline")).where(
        row.met.is_(False), row.day >= (today - timedelta(days=OVERDUE)).isoformat()
    )
    nearest = coming.group_by(row.document).subquery()
    return query.outerjoin(nearest, nearest.c.document == DocumentRow.id).order_by(
        nearest.c.deadline.is_(None), nearest.c.deadline, DocumentRow.date.desc(), DocumentRow.id
    )


def _facets(session: Session, met: list[ColumnElement[bool]]) -> dict[str, tuple[FacetValue, ...]]:
    row = RequestValueRow
    count = func.count()  # a request has each value of a field once
    counted = session.execute(
        select(row.field, row.value, count)
        .where(row.field.in_(FACETS), row.document.in_(select(DocumentRow.id).where(*met)))
        .group_by(row.field, row.value)
        .order_by(count.desc(), row.value)
    )
    found: dict[str, list[FacetValue]] = {field: [] for field in (DIRECTION, STATUS, *FACETS)}
    found[DIRECTION] = _counted(session, met, directions().subquery())
    found[STATUS] = _counted(session, met, current_states())
    for field, value, documents in counted:
        if len(found[field]) < MAX_OF_FACET:
            found[field].append(FacetValue(value, documents))
    return {field: tuple(values) for field, values in found.items() if values}


def _counted(session: Session, met: list[ColumnElement[bool]], of: Subquery) -> list[FacetValue]:
    """Count the values of a subquery with the columns document and value, in this order."""
    document, value = of.c
    count = func.count()
    counted = session.execute(
        select(value, count)
        .where(document.in_(select(DocumentRow.id).where(*met)))
        .group_by(value)
        .order_by(count.desc(), value)
    )
    return [FacetValue(value, documents) for value, documents in counted]
