"""From a request to cited hits: read the query, ask every space that may be seen, show the best passage of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import msgspec

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engine import Engine, Found, Ranked, Shown
from indexing.highlight import Marker, marker, window
from indexing.plan import Clause, Everything, Plan
from indexing.query import parse
from indexing.query_clauses import RELAXATIONS, ClauseMaker, field_clause, wanted_in_passage
from indexing.query_tree import Field, Query
from indexing.records import RecordKind
from indexing.results import FacetValue, Hit, SearchRequest, SearchResult

SORTS = ("relevance", "newest", "oldest", "title")
_MOST = 1000


@dataclass(frozen=True, slots=True)
class _Placed:
    """A ranked scope and the space that it lies in."""

    space: str
    ranked: Ranked


def search(request: SearchRequest, access: AccessFilter, engine: Engine) -> SearchResult:
    """Answer ``request`` from what ``access`` lets be seen; raises ``RogatioError`` for a request out of bounds."""
    if request.sort not in SORTS or not 0 <= request.limit <= _MOST:
        raise RogatioError("indexing.request_out_of_bounds", sort=request.sort, limit=request.limit)
    query = parse(request.query)
    for relaxed in range(RELAXATIONS + 1):
        plans = _plans(request, query, access, relaxed)
        found = {plan.space: engine.search(plan) for plan in plans}
        total = sum(one.total for one in found.values())
        if total or not _can_relax(query):
            break
    understood = (*query.understood, *((f"relaxed:{relaxed}",) if relaxed and total else ()))
    placed = _merged(found, request.limit)
    hits = _hits(placed, {plan.space: plan for plan in plans}, query, request.language, engine)
    return SearchResult(
        request=request,
        hits=hits,
        total=total,
        facets=_facets(request, found),
        understood=understood,
        after=_cursor(request.after, found, placed) if len(placed) == request.limit else "",
    )


def _can_relax(query: Query) -> bool:
    return query.tree is not None and not query.strict


def _plans(request: SearchRequest, query: Query, access: AccessFilter, relaxed: int) -> list[Plan]:
    """Return one plan a space; a space without an entry in ``access`` is never asked."""
    maker = ClauseMaker(request.language, relaxed, query.strict)
    match = maker.clause(query.tree) if query.tree else Everything()
    filters = [(name, field_clause(Field(name, tuple(values)))) for name, values in request.filters.items() if values]
    filters += [(one.name, field_clause(one)) for one in query.fields]
    cursors = _cursors(request.after)
    return [
        Plan(
            space=space,
            collections=tuple(sorted(collections)),
            match=match,
            filters=tuple(filters),
            sort=request.sort,
            limit=request.limit,
            after=cursors.get(space, ""),
            facets=request.facets,
        )
        for space, collections in access.readable
        if collections
    ]


def _merged(found: dict[str, Found], limit: int) -> list[_Placed]:
    placed = [_Placed(space, ranked) for space, one in found.items() for ranked in one.ranked]
    return sorted(placed, key=lambda one: one.ranked.key)[:limit]


def _cursors(after: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(bytes.fromhex(after), type=dict[str, str]) if after else {}
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error


def _cursor(after: str, found: dict[str, Found], placed: list[_Placed]) -> str:
    """Return the cursor behind the last hit shown of every space."""
    reached = {space: cursor for space, cursor in _cursors(after).items() if space in found}
    reached |= {one.space: one.ranked.cursor for one in placed}
    return msgspec.json.encode(reached).hex()


def _facets(request: SearchRequest, found: dict[str, Found]) -> dict[str, tuple[FacetValue, ...]]:
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for name in request.facets:
        counts: Counter[str] = Counter()
        for one in found.values():
            counts.update(dict(one.facets.get(name, ())))
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        facets[name] = tuple(FacetValue(value, count) for value, count in ordered)
    return facets


def _hits(
    placed: list[_Placed], plans: dict[str, Plan], query: Query, language: str, engine: Engine
) -> tuple[Hit, ...]:
    wanted = wanted_in_passage(query, language) or Everything()
    shown: dict[str, Shown] = {}
    for space, plan in plans.items():
        scopes = [
            one.ranked.shown for one in placed if one.space == space and one.ranked.shown.kind is RecordKind.SCOPE
        ]
        if scopes:
            shown |= engine.passages(_passage_plan(plan, wanted), tuple(scope.scope_id for scope in scopes))
    marks = marker(query)
    return tuple(_hit(one.ranked, shown.get(one.ranked.shown.scope_id, one.ranked.shown), marks) for one in placed)


def _passage_plan(plan: Plan, wanted: Clause) -> Plan:
    return replace(plan, match=wanted, filters=(), facets=(), after="")


def _hit(ranked: Ranked, passage: Shown, marks: Marker) -> Hit:
    scope = ranked.shown
    marked = marks.marks(passage.text, passage.language)
    start, end = window(passage.text, marked)
    inside = [mark for mark in marked if start <= mark.start and mark.end <= end]
    first = passage.start + (inside[0].start if inside else start)
    return Hit(
        document_id=scope.document_id,
        source=scope.source,
        title=scope.title,
        jurisdiction=scope.jurisdiction,
        document_type=scope.document_type,
        date=scope.date,
        collection=scope.collection,
        unit=passage.unit or scope.unit,
        path=passage.path or scope.path,
        language=passage.language,
        score=ranked.score,
        page=_page(passage, first),
        start=passage.start,
        end=passage.end,
        snippet=passage.text[start:end],
        snippet_start=passage.start + start,
        marks=tuple((passage.start + mark.start, passage.start + mark.end) for mark in marked),
        why=tuple(dict.fromkeys(mark.why for mark in marked)),
    )


def _page(passage: Shown, at: int) -> int:
    return max((number for start, number in passage.pages if start <= at), default=passage.page)
