"""Search in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.api_parameters import number, one_of, several_of
from app.principal import current_principal, installation
from app.search.json_form import result_json
from app.search.page import FILTERS, SORTS
from extraction.errors import LANGUAGES
from indexing.search.request import FACETS, MODES, RECOGNISED, SearchRequest
from indexing.search.search import search as search_index

MOST_HITS = 100


def add_rules(api: Blueprint) -> None:
    """Add the route of search to the API's blueprint."""
    api.add_url_rule("/search", "search", search)


def search() -> Response:
    filters = {name: tuple(filter(None, request.args.getlist(name))) for name in FILTERS}
    asked = SearchRequest(
        query=request.args.get("q", ""),
        filters={name: values for name, values in filters.items() if values},
        language=one_of("query_language", ("", *LANGUAGES), ""),
        limit=number("limit", 10, 1, MOST_HITS),
        after=request.args.get("after", ""),
        sort=one_of("sort", SORTS, "relevance"),
        group_by=request.args.get("group_by", ""),
        facets=several_of("facet", FACETS),
        mode=one_of("mode", MODES, "both"),
        as_words=several_of("as_words", RECOGNISED),
    )
    return jsonify(result_json(search_index(installation(), asked, current_principal())))
