"""JSON form of search results, shared by the REST API and the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.i18n import interface_variety
from app.search.false_friend_rows import false_friend_row
from app.search.notices import day_sentence, offered_in_force, out_of_force_row
from indexing.search.request import Hit, SearchResult

HIT_FIELDS = (
    "document_id",
    "source",
    "title",
    "jurisdiction",
    "document_type",
    "date",
    "collection",
    "unit",
    "path",
    "language",
    "score",
    "page",
    "start",
    "end",
    "snippet",
    "snippet_start",
    "marks",
    "why",
    "group",
    "origin",
    "removed",
)


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON, ``version`` with the validity of its expression or null."""
    version = asdict(hit.version) if hit.version else None
    return {name: getattr(hit, name) for name in HIT_FIELDS} | {"version": version}


def result_json(result: SearchResult) -> dict[str, Any]:
    """Return a page of results as JSON, with notices in the reader's language."""
    return {
        "query": result.request.query,
        "total": result.listed,
        "hits": [hit_json(hit) for hit in result.hits],
        "facets": {name: [asdict(value) for value in values] for name, values in result.facets.items()},
        "understood": result.understood,
        "recognised": [asdict(recognised) for recognised in result.recognised],
        "citations": [asdict(citation) for citation in result.citations],
        "in_force": result.in_force,
        "in_force_message": day_sentence(result, interface_variety()),
        "in_force_offered": (offered_in_force(result.request.query, result) or ("",))[0],
        "nearest": result.nearest,
        "absent_concept": result.absent,
        "states_without_law": result.states_without_law,
        "after": result.after,
        "by_meaning": result.by_meaning,
        "by_names": result.by_names,
        "words_only": result.words_only,
        "not_in_force": result.not_in_force,
        "not_in_force_then": result.not_in_force_then,
        "perhaps_in_force": result.perhaps_in_force,
        "out_of_force_citations": [
            out_of_force_row(citation, interface_variety()) for citation in result.out_of_force_citations
        ],
        "false_friends": [false_friend_row(notice, interface_variety()) for notice in result.false_friends],
    }
