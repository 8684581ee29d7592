"""Search in the REST API."""

from __future__ import annotations

from flask import Response, jsonify

from app.api_operations import Choice, Operation, Parameter, Several, Text, Whole, object_of, ref
from app.audit.recording import note_documents
from app.principal import current_principal, installation
from app.search.json_form import result_json
from app.search.page import FILTERS, SORTS
from extraction.errors import LANGUAGES
from indexing.search.query_fields import check_filters
from indexing.search.request import FACETS, GROUPS, INTERPRETED, MODES, SearchRequest
from indexing.search.search import search as search_index

MAX_HITS = 100


Q = Text("q", longest=4000, description="The query.", example="lavado de activos país:España")
QUERY_LANGUAGE = Choice(
    "query_language", known=("", *LANGUAGES), description="Language of the query; empty to detect it."
)
LIMIT = Whole(
    "limit", usual=10, least=1, most=MAX_HITS, description="Maximum number of hits; with grouping, per group."
)
AFTER = Text("after", schema={"pattern": "^([0-9a-f]{2})*$"}, description="Cursor from an earlier response.")
SORT = Choice("sort", known=SORTS, usual="relevance")
GROUP_BY = Text("group_by", schema={"enum": ["", *GROUPS]})  # invalid names are refused by the search, with their names
FACET = Several(
    "facet",
    known=FACETS,
    description="Facets to count; each ignores the filter on its own field.",
    example=["jurisdiction", "language"],
)
FILTER_DESCRIPTIONS = {
    "jurisdiction": "ISO 3166 alpha-2.",
    "concept": "Id of a concept that the provision is about; narrower concepts are included.",
    "tag": "Tag of documents, in any spelling; see `/tags`.",
    "in_force": (
        "Point in time of the law: a day (`2019-05-01`), a month (`2019-05`), a year, `today`, `unknown` or "
        "`any`. By default, versions known not to be in force today are excluded."
    ),
}
FILTER_PARAMETERS = tuple(
    Several(
        name, schema=ref("DaysInForce") if name == "in_force" else {}, description=FILTER_DESCRIPTIONS.get(name, "")
    )
    for name in FILTERS
)
MODE = Choice(
    "mode",
    known=MODES,
    usual="both",
    description=(
        "Lexical, semantic, or hybrid retrieval (`words`, `meaning`, `both`); without an encoder, `both` is lexical."
    ),
)
AS_WORDS = Several(
    "as_words",
    known=INTERPRETED,
    description=(
        "Fields that are not recognised in `q` but searched as words: the country, the date in force, a personal "
        "name, or abbreviations, which are otherwise spelled out (see `recognised` in the response)."
    ),
)


def asked_search() -> SearchRequest:
    """Return the search that the parameters of the request describe."""
    filters = {parameter.name: tuple(filter(None, parameter.values())) for parameter in FILTER_PARAMETERS}
    check_filters(filters)
    return SearchRequest(
        query=Q.value(),
        filters={name: values for name, values in filters.items() if values},
        language=QUERY_LANGUAGE.value(),
        limit=LIMIT.value(),
        after=AFTER.value(),
        sort=SORT.value(),
        group_by=GROUP_BY.value(),
        facets=FACET.values(),
        mode=MODE.value(),
        as_words=AS_WORDS.values(),
    )


def search() -> Response:
    found = search_index(installation(), asked_search(), current_principal())
    note_documents(hit.document_id for hit in found.hits)
    return jsonify(result_json(found))


SEARCH_PARAMETERS: tuple[Parameter, ...] = (
    Q,
    QUERY_LANGUAGE,
    LIMIT,
    AFTER,
    SORT,
    GROUP_BY,
    FACET,
    *FILTER_PARAMETERS,
    MODE,
    AS_WORDS,
)

OPERATIONS = (
    Operation(
        "/search",
        search,
        "search",
        tag="search",
        summary="Search",
        answer=object_of("SearchResult", "The hits."),
        description=(
            "The query language is that of the search page. Values of one filter are alternatives (OR); "
            "different filters are combined (AND). A hit is a provision of legislation, or a whole document of "
            "any other type."
        ),
        parameters=SEARCH_PARAMETERS,
    ),
)
