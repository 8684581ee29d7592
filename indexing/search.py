"""From a request to cited hits: read the query, ask every space that may be seen, show the best passage of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

import msgspec

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.asked_citations import Asked, asked_citations
from indexing.engine import Engine, Found, Shown
from indexing.grouping import Placed, field_of, grouped_by_document, grouped_by_value, merged
from indexing.highlight import Mark, Marker, marker, window
from indexing.lemmas import LEMMA_LANGUAGES, lemma
from indexing.nearest import nearest
from indexing.plan import AnyOf, Clause, Everything, Keyword, Plan
from indexing.query import parse
from indexing.query_clauses import RELAXATIONS, ClauseMaker, field_clause, has_bare_words, wanted_in_passage
from indexing.query_fields import field_named, value_named
from indexing.query_tree import Field, Query
from indexing.records import RecordKind
from indexing.results import FacetValue, Hit, SearchRequest, SearchResult
from indexing.understood import understood
from nlp.citation_queries import parse_citation_query

SORTS = ("relevance", "newest", "oldest", "title")
_MOST = 1000
_CITES = 4.0
_RELAXED_BESIDE_A_CITATION = 2
_PAGE = 10


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the spaces found at the last relaxation; ``complete`` counts what they found at the first."""

    plans: list[Plan]
    found: dict[str, Found]
    relaxed: int
    complete: int

    @property
    def total(self) -> int:
        return sum(one.total for one in self.found.values())


def warm_up() -> None:
    """Load what the first search would wait for: four dictionaries and the patterns of citations."""
    for language in LEMMA_LANGUAGES:
        lemma("warm", language)
    parse_citation_query("art. 1")


def search(request: SearchRequest, access: AccessFilter, engine: Engine) -> SearchResult:
    """Answer ``request`` from what ``access`` lets be seen; raises ``RogatioError`` for a request out of bounds."""
    _check(request)
    query = parse(request.query)
    asked = asked_citations(query, request.language, access, engine)
    answer = _answer(request, query, access, engine, asked)
    placed, after = _placed(request, answer, engine)
    hits = _hits(placed, answer.plans, query, request.language, engine, frozenset(asked.pinned))
    return SearchResult(
        request=request,
        hits=hits,
        total=answer.total,
        facets=_facets(request, answer.found),
        citations=asked.citations,
        understood=(*understood(query), *_relaxed(answer, asked)),
        after=after,
        nearest="" if answer.total else _nearest(request, query, answer.plans, access, engine),
    )


def _check(request: SearchRequest) -> None:
    if request.sort not in SORTS or not 0 <= request.limit <= _MOST:
        raise RogatioError("indexing.request_out_of_bounds", sort=request.sort, limit=request.limit)
    if request.group_by and not field_of(request.group_by):
        raise RogatioError("indexing.no_such_group", group=request.group_by)
    for name in request.filters:
        if not field_named(name):
            raise RogatioError("indexing.no_such_filter", field=name)


def _asked_fields(request: SearchRequest, query: Query) -> list[Field]:
    """Return the filters beside the query, their values under any of their names, and those within it."""
    beside = [
        Field(own, tuple(value_named(own, value) for value in values))
        for name, values in request.filters.items()
        if values and (own := field_named(name))
    ]
    return [*beside, *query.fields]


def _answer(request: SearchRequest, query: Query, access: AccessFilter, engine: Engine, asked: Asked) -> _Answer:
    """Ask for all words first, then for fewer until a page is full; beside a citation not for any one of them.

    The figures of a citation that is not held are no words to fill a page by: then only what cites it is found, and
    what has all of it.

    In groups a full page says nothing of the group that has few, so there all words and any are asked for at once.
    """
    most = _RELAXED_BESIDE_A_CITATION if asked.pinned else RELAXATIONS
    if not has_bare_words(query) or (asked.whole and not asked.pinned):
        most = 0
    complete = 0
    for relaxed in (0, most) if request.group_by and most else range(most + 1):
        plans = _plans(request, query, access, relaxed, asked)
        answer = _Answer(plans, {plan.space: engine.search(plan) for plan in plans}, relaxed, complete)
        complete = complete if relaxed else answer.total
        if answer.total >= min(request.limit, _PAGE) and not request.group_by:
            break
    return answer


def _relaxed(answer: _Answer, asked: Asked) -> tuple[str, ...]:
    """Say that words are missing from some hits, unless what was cited is there and they only fill the page."""
    if not answer.relaxed or not answer.total or asked.pinned or answer.total == answer.complete:
        return ()
    return (f"filled:{answer.complete}" if answer.complete else f"relaxed:{answer.relaxed}",)


def _nearest(request: SearchRequest, query: Query, plans: list[Plan], access: AccessFilter, engine: Engine) -> str:
    def finds(text: str) -> bool:
        other = parse(text)
        return bool(_answer(SearchRequest(text), other, access, engine, Asked()).total)

    return nearest(query, plans, engine, finds)


def _plans(request: SearchRequest, query: Query, access: AccessFilter, relaxed: int, asked: Asked) -> list[Plan]:
    """Return one plan a space; a space without an entry in ``access`` is never asked."""
    maker = ClauseMaker(request.language, relaxed, query.strict)
    match = maker.clause(query.tree) if query.tree else Everything()
    if asked.cited:
        match = AnyOf((match, Keyword("cites", asked.cited, _CITES)))
    filters = tuple((one.name, field_clause(one)) for one in _asked_fields(request, query))
    cursors = _cursors(request.after)
    return [
        Plan(
            space=space,
            collections=tuple(sorted(collections)),
            match=match,
            filters=filters,
            pinned=asked.pinned,
            sort=request.sort,
            limit=request.limit,
            after=cursors.get(space, ""),
            facets=request.facets,
        )
        for space, collections in access.readable
        if collections
    ]


def _placed(request: SearchRequest, answer: _Answer, engine: Engine) -> tuple[list[Placed], str]:
    """Return the scopes to show, by group where asked, and the cursor behind them."""
    if not answer.total:
        return [], ""
    field = field_of(request.group_by)
    if field == "document_id":
        placed, reached = grouped_by_document(answer.plans, engine)
        return placed, _cursor(reached)
    if field:
        return grouped_by_value(answer.plans, field, engine), ""
    placed = merged(answer.found, request.limit)
    more = len(placed) == request.limit > 0
    reached = {plan.space: plan.after for plan in answer.plans} | {one.space: one.ranked.cursor for one in placed}
    return placed, _cursor(reached) if more else ""


def _cursors(after: str) -> dict[str, str]:
    try:
        return msgspec.json.decode(bytes.fromhex(after), type=dict[str, str]) if after else {}
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error


def _cursor(reached: dict[str, str]) -> str:
    """Return where to go on in each space as one printable word, empty for nowhere."""
    return msgspec.json.encode(reached).hex() if reached else ""


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
    placed: list[Placed], plans: list[Plan], query: Query, language: str, engine: Engine, pinned: frozenset[str]
) -> tuple[Hit, ...]:
    wanted = wanted_in_passage(query, language) or Everything()
    shown: dict[str, Shown] = {}
    for plan in plans:
        here = (one.ranked.shown for one in placed if one.space == plan.space)
        cut = tuple(scope.scope_id for scope in here if scope.kind is RecordKind.SCOPE)
        if cut:
            shown |= engine.passages(_passage_plan(plan, wanted), cut)
    marks = marker(query)
    return tuple(_hit(one, shown.get(one.ranked.shown.scope_id, one.ranked.shown), marks, pinned) for one in placed)


def _passage_plan(plan: Plan, wanted: Clause) -> Plan:
    return replace(plan, match=wanted, filters=(), pinned=(), facets=(), after="")


def _hit(placed: Placed, passage: Shown, marks: Marker, pinned: frozenset[str]) -> Hit:
    scope = placed.ranked.shown
    cited = tuple(f"citation:{canonical}" for canonical in scope.identity if canonical in pinned)
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
        score=placed.ranked.score,
        page=_page(passage, first),
        start=passage.start,
        end=passage.end,
        snippet=passage.text[start:end],
        snippet_start=passage.start + start,
        marks=tuple((passage.start + mark.start, passage.start + mark.end) for mark in marked),
        why=(*cited, *dict.fromkeys(mark.why for mark in marked), *_headings(scope, marks, marked)),
        group=placed.group,
    )


def _headings(scope: Shown, marks: Marker, marked: list[Mark]) -> tuple[str, ...]:
    """Return what the title and the headings over a provision answer beyond its own words."""
    said = {mark.why.partition(":")[2] for mark in marked}
    above = marks.marks(" ".join((scope.title, *scope.path)), scope.language)
    words = (mark.why.partition(":")[2] for mark in above)
    return tuple(dict.fromkeys(f"heading:{word}" for word in words if word not in said))


def _page(passage: Shown, at: int) -> int:
    return max((number for start, number in passage.pages if start <= at), default=passage.page)
