"""Query plans: one per partition, from the request, the query and its citations."""

from __future__ import annotations

from indexing.access import AccessFilter
from indexing.engines.plan import Everything, Keyword, Plan, Should, readable_partitions
from indexing.search.clauses import ClauseMaker, field_clause
from indexing.search.paging import cursors_of
from indexing.search.point_in_time import default_date_filter
from indexing.search.query_citations import QueryCitations
from indexing.search.query_fields import field_named, value_named
from indexing.search.query_tree import Field, Query
from indexing.search.request import SearchRequest

_CITES = 4.0


def query_filter_fields(request: SearchRequest, query: Query) -> list[Field]:
    """Return the filters of the request and of the query, with normalised names and values."""
    requested = [
        Field(own, tuple(value_named(own, value) for value in values))
        for name, values in request.filters.items()
        if values and (own := field_named(name))
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
            facets=request.facets,
        )
        for part in readable_partitions(access)
    ]
