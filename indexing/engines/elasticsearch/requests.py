"""Elasticsearch request bodies of plans, and results of responses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body, Compiler
from indexing.engines.elasticsearch.mapping import DATE, ENCODER, PASSAGES, PLACE, RECORD, SHOWN, TITLE, VECTOR
from indexing.engines.plan import Plan, conditions
from indexing.engines.protocol import FACET_SIZE, EngineResult, Ranked, VectorQuery
from indexing.records.stored_fields import StoredFields

_CANDIDATES, _MAX_CANDIDATES = 200, 10_000
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
        "query": _query(plan),
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
        {"query": _query(plan, name), "size": 0, "aggs": {name: _counted(name)}}
        for name in plan.facets
        if name in filtered
    )
    return [first, *counts]


def bodies_by_value(plan: Plan, field: str, values: list[str]) -> list[Body]:
    """Return a search body for each of ``values`` of the keyword ``field``; the query is compiled once."""
    query = _query(plan)
    shared: Body = {
        "size": plan.limit,
        "sort": [_SORTS[plan.sort], {RECORD: {"order": "asc"}}],
        "track_scores": plan.sort == "relevance",
        "track_total_hits": False,
        "_source": [SHOWN],
    }
    return [
        {**shared, "query": {"bool": {"must": [query], "filter": [{"term": {field: {"value": value}}}]}}}
        for value in values
    ]


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
    return EngineResult(read_ranked(plan, answers[0]), total, _facets(plan, answers))


def read_ranked(plan: Plan, answer: Mapping[str, Any]) -> tuple[Ranked, ...]:
    """Return the scopes of a response, in order."""
    return tuple(_ranked(hit, plan.sort) for hit in answer["hits"]["hits"])


def read_shown(hit: Mapping[str, Any]) -> StoredFields:
    """Return the stored fields of a hit."""
    return msgspec.convert(hit["_source"][SHOWN], StoredFields)


def _query(plan: Plan, leaving_out: str = "") -> Body:
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
    first = hit["sort"][0]
    key = str(first or "") if sort == "title" else -float(first) if sort != "oldest" else float(first)
    return Ranked(read_shown(hit), float(hit["_score"] or 0.0), (key,), json.dumps(hit["sort"]))


def _after(cursor: str) -> list[Any]:
    try:
        values = json.loads(cursor)
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error
    if not isinstance(values, list) or len(values) != 2:
        raise RogatioError("indexing.cursor_unreadable")
    return values
