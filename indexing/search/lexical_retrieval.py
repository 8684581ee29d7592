"""Lexical retrieval: one query plan per partition, relaxed until a page of results is full."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexing.access import AccessFilter
from indexing.engines.plan import Everything, Keyword, Must, MustNot, Plan, Should, readable_partitions
from indexing.engines.protocol import Engine, EngineResult
from indexing.search.cited_units import CitedUnit
from indexing.search.clauses import RELAXATIONS, ClauseMaker, field_clause
from indexing.search.hybrid_retriever import WINDOW, HybridRetriever
from indexing.search.paging import cursors_of, field_of
from indexing.search.point_in_time import default_date_filter
from indexing.search.query_citations import QueryCitations
from indexing.search.query_fields import field_name_of, normalised_value
from indexing.search.query_tree import Field, Query, has_bare_words
from indexing.search.request import TAG, SearchRequest

_CITES, _UNIT = 4.0, 400.0


def query_filter_fields(request: SearchRequest, query: Query) -> list[Field]:
    """Return the filters of the request and of the query, with normalised names and values.

    Tags of the request are among the fields of the query (``indexing.search.tags``).
    """
    requested = [
        Field(own, tuple(normalised_value(own, value) for value in values))
        for name, values in request.filters.items()
        if values and (own := field_name_of(name)) and own != TAG
    ]
    return [*requested, *query.fields]


def plans_of(
    request: SearchRequest, query: Query, access: AccessFilter, relaxed: int, citations: QueryCitations
) -> list[Plan]:
    """Return one plan per readable partition, at relaxation step ``relaxed``."""
    maker = ClauseMaker(request.language, relaxed, query.strict)
    match = maker.clause(query.tree) if query.tree else Everything()
    if citations.cited:
        match = Should((match, Keyword("cites", citations.cited, _CITES)))
    if citations.units:
        match = Should((match, *map(_unit_clause, citations.units)))
    fields = query_filter_fields(request, query)
    usual = default_date_filter(fields, query.tree, to_come=bool(request.among))
    filters = (*((field.name, field_clause(field)) for field in fields), *usual)
    if request.among:
        filters = (*filters, ("among", Keyword("document_id", request.among)))
    cursors = cursors_of(request.after)
    return [
        Plan(
            partition=part.partition,
            collections=part.collections,
            limits=part.limits,
            match=match,
            filters=filters,
            pinned=citations.pinned,
            sort=request.sort,
            limit=request.limit,
            after=cursors.get(part.partition, ""),
            facets=tuple(name for name in request.facets if name != TAG),
        )
        for part in readable_partitions(access)
    ]


def _unit_clause(unit: CitedUnit) -> Must:
    places = {"jurisdiction": unit.countries, "document_id": unit.documents}
    within = (Keyword(field, values) for field, values in places.items() if values)
    return Must((Keyword("unit", unit.labels, _UNIT), *within))


_RELAXED_BESIDE_A_CITATION = 2
_PAGE = 10


@dataclass(frozen=True, slots=True)
class LexicalResult:
    """Results per partition at relaxation step ``relaxed``; ``complete`` is the total of step 0."""

    plans: list[Plan]
    found: dict[str, EngineResult]
    relaxed: int
    complete: int

    @property
    def total(self) -> int:
        """Return the number of hits in all partitions."""
        return sum(result.total for result in self.found.values())


def retrieve_lexically(
    request: SearchRequest,
    query: Query,
    access: AccessFilter,
    engine: Engine,
    citations: QueryCitations,
    retriever: HybridRetriever | None = None,
) -> LexicalResult:
    """Search for all words first, then for fewer until a page is full.

    With a citation in the query, the last relaxation (any single word) is not used. A query that is only a citation not
    in the collection is not relaxed at all: only documents citing it or with all its words are found. With grouping a
    full page says nothing about small groups, so only the first and the last step are used.
    """
    if retriever and not retriever.words:
        return _close_alone(plans_of(request, query, access, 0, citations), retriever)
    if retriever:
        request = replace(request, after="")  # the hits after the fused ones are searched separately
    most = _RELAXED_BESIDE_A_CITATION if citations.pinned else RELAXATIONS
    if not has_bare_words(query) or (citations.whole and not citations.pinned) or request.among:
        most = 0
    complete = 0
    for step in (0, most) if request.group_by and most else range(most + 1):
        plans = plans_of(request, query, access, step, citations)
        size = _size(request, retriever)
        found = {plan.partition: engine.search(replace(plan, limit=size)) for plan in plans}
        result = LexicalResult(plans, found, step, complete)
        complete = complete if step else result.total
        if result.total >= min(request.limit, _PAGE) and not request.group_by:
            break
    return result


def _size(request: SearchRequest, retriever: HybridRetriever | None) -> int:
    """Return the number of hits to read; groups by value are ranked separately, so that only totals are needed."""
    if field_of(request.group_by) not in ("", "document_id"):
        return 1
    return max(WINDOW, request.limit) if retriever else request.limit


def _close_alone(plans: list[Plan], retriever: HybridRetriever) -> LexicalResult:
    """Return the semantic hits as a lexical result, which can be counted, sorted and filtered."""
    ids = tuple(hit.ranked.shown.scope_id for hit in retriever.order(plans))
    plans = [replace(plan, match=Keyword("scope_id", ids), pinned=()) for plan in plans]
    return LexicalResult(plans, {plan.partition: retriever.engine.search(plan) for plan in plans}, 0, len(ids))


def without_scopes(result: LexicalResult, scope_ids: tuple[str, ...], engine: Engine) -> LexicalResult:
    """Return the totals and facets of ``result`` without ``scope_ids``, which are not listed; hits are not read."""
    if not scope_ids:
        return result
    without = ("scope_id", MustNot(Keyword("scope_id", scope_ids)))
    plans = [replace(plan, filters=(*plan.filters, without)) for plan in result.plans]
    return replace(
        result, plans=plans, found={plan.partition: engine.search(replace(plan, limit=0, after="")) for plan in plans}
    )


def relaxations(result: LexicalResult, citations: QueryCitations) -> tuple[str, ...]:
    """Return the notice that hits lack some words; none if a cited provision was found."""
    if not result.relaxed or not result.total or citations.pinned or result.total == result.complete:
        return ()
    return (f"filled:{result.complete}" if result.complete else f"relaxed:{result.relaxed}",)
