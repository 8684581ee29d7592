"""Elasticsearch request bodies of plans, and results of responses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body, Compiler
from indexing.engines.elasticsearch.mapping import DATE, ENCODER, PASSAGES, PLACE, RECORD, SHOWN, TITLE, VECTOR
from indexing.engines.plan import Plan, conditions
from indexing.engines.protocol import FACET_SIZE, EngineResult, Placed, Ranked, VectorQuery
from indexing.records.stored_fields import StoredFields

_CANDIDATES, _MAX_CANDIDATES = 200, 10_000
_ADDRESSES: Body = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}
_SORTS: dict[str, Body] = {
    "relevance": {"_score": {"order": "desc"}},
    "newest": {DATE: {"order": "desc", "missing": "_last"}},
    "oldest": {DATE: {"order": "asc", "missing": "_last"}},
    "title": {TITLE: {"order": "asc", "missing": "_last"}},
}


def bodies(plan: Plan) -> list[Body]:
    """Return the search body of a plan with its unfiltered facets, then one counting body per filtered facet."""
    filtered = {name for name, _ in plan.filters}
    first: Body = {
        "query": query_of(plan),
        "size": plan.limit,
        "sort": [_SORTS[plan.sort], {RECORD: {"order": "asc"}}],
        "track_scores": plan.sort == "relevance",
        "track_total_hits": True,
        "_source": [SHOWN],
        "aggs": {name: _counted(name) for name in plan.facets if name not in filtered},
    }
    if plan.after:
        first["search_after"] = _after(plan.after)
    counts = (
        {"query": query_of(plan, name), "size": 0, "aggs": {name: _counted(name)}}
        for name in plan.facets
        if name in filtered
    )
    return [first, *counts]


def grouped_bodies(plan: Plan, field: str, values: Iterable[str]) -> list[Body]:
    """Return a search body for each of ``values`` of the keyword ``field``, without stored fields of the hits."""
    query = query_of(plan)
    shared = _ADDRESSES | {
        "size": plan.limit,
        "sort": [_SORTS[plan.sort], {RECORD: {"order": "asc"}}],
        "track_scores": plan.sort == "relevance",
    }
    return [
        {**shared, "query": {"bool": {"must": [query], "filter": [{"term": {field: {"value": value}}}]}}}
        for value in values
    ]


def grouped_closest_bodies(plan: Plan, question: VectorQuery, field: str, values: Iterable[str]) -> list[Body]:
    """Return a vector search for each of ``values`` of the keyword ``field``, without stored fields of the hits."""
    body = closest_body(plan, question)
    knn = {name: value for name, value in body["knn"].items() if name != "inner_hits"}
    return [
        _ADDRESSES
        | {"size": plan.limit, "docvalue_fields": [RECORD]}
        | {"knn": knn | {"filter": [*knn["filter"], {"term": {field: {"value": value}}}]}}
        for value in values
    ]


def read_placed(hit: Mapping[str, Any], sort: str) -> Placed:
    """Return a hit of :func:`grouped_bodies`."""
    return Placed(hit["sort"][1], float(hit["_score"] or 0.0), _key(hit, sort))


def read_placed_close(hit: Mapping[str, Any]) -> Placed:
    """Return a hit of :func:`grouped_closest_bodies`."""
    (name,), cosine = hit["fields"][RECORD], 2 * float(hit["_score"]) - 1
    return Placed(name, cosine, (-cosine, name))


def closest_body(plan: Plan, question: VectorQuery) -> Body:
    """Return the body of a vector search; its filter is applied during graph traversal.

    Candidates are found by vectors of eight bits and scored by the original ones, as in the embedded engine.
    """
    match, others = conditions(plan)
    compiler = Compiler()
    clauses = [compiler.compile(clause) for clause in (match, *others)]
    return {
        "knn": {
            "field": VECTOR,
            "query_vector": question.vector.tolist(),
            "k": plan.limit,
            "rescore_vector": {"oversample": 1},
            "num_candidates": min(_MAX_CANDIDATES, max(_CANDIDATES, 2 * plan.limit)),
            "filter": [*clauses, {"term": {ENCODER: question.encoder}}],
            "inner_hits": {"size": 1, "_source": False, "docvalue_fields": [PLACE]},
        },
        "size": plan.limit,
        "_source": [SHOWN],
        "track_total_hits": False,
    }


def read_close(hit: Mapping[str, Any]) -> tuple[StoredFields, int, float]:
    """Return a retrieval unit, the index of its closest passage and the cosine."""
    inner = hit["inner_hits"][PASSAGES]["hits"]["hits"][0]
    (place,) = inner["fields"][PLACE]
    return read_shown(hit), int(place), 2 * float(hit["_score"]) - 1


def read_found(plan: Plan, answers: list[dict[str, Any]]) -> EngineResult:
    """Return the result of the responses to :func:`bodies`."""
    total = int(answers[0]["hits"]["total"]["value"])
    ranked = tuple(_ranked(hit, plan.sort) for hit in answers[0]["hits"]["hits"])
    return EngineResult(ranked, total, _facets(plan, answers))


def read_shown(hit: Mapping[str, Any]) -> StoredFields:
    """Return the stored fields of a hit."""
    return msgspec.convert(hit["_source"][SHOWN], StoredFields)


def query_of(plan: Plan, leaving_out: str = "") -> Body:
    """Return the query of a plan, without its filters on the field ``leaving_out``."""
    match, others = conditions(plan, leaving_out)
    compiler = Compiler()
    return {"bool": {"must": [compiler.compile(match)], "filter": [compiler.compile(clause) for clause in others]}}


def _counted(name: str) -> Body:
    return {"terms": {"field": name, "size": FACET_SIZE}}


def _facets(plan: Plan, answers: list[dict[str, Any]]) -> dict[str, tuple[tuple[str, int], ...]]:
    counted = {name: value for answer in answers for name, value in answer.get("aggregations", {}).items()}
    return {
        name: tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted[name]["buckets"])
        for name in plan.facets
    }


def _ranked(hit: Mapping[str, Any], sort: str) -> Ranked:
    return Ranked(read_shown(hit), float(hit["_score"] or 0.0), _key(hit, sort), json.dumps(hit["sort"]))


def _key(hit: Mapping[str, Any], sort: str) -> tuple[float | str, ...]:
    first = hit["sort"][0]
    return (str(first or ""),) if sort == "title" else (-float(first),) if sort != "oldest" else (float(first),)


def _after(cursor: str) -> list[Any]:
    try:
        values = json.loads(cursor)
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error
    if not isinstance(values, list) or len(values) != 2:
        raise RogatioError("indexing.cursor_unreadable")
    return values
