"""Search in the REST API."""

from __future__ import annotations

from flask import Response, jsonify

from app.api_operations import Choice, Operation, Parameter, Several, Text, Whole, object_of, ref
from app.audit.recording import note_documents
from app.principal import current_principal, installation
from app.search.json_form import result_json
from app.search.page import FILTERS, SORTS
from extraction.errors import LANGUAGES
from indexing.search.request import FACETS, GROUPS, MODES, RECOGNISED, SearchRequest
from indexing.search.search import search as search_index

MAX_HITS = 100


Q = Text("q", longest=4000, description="The question.", example="lavado de activos país:España")
QUERY_LANGUAGE = Choice(
    "query_language", known=("", *LANGUAGES), description="Language of the question, empty to detect it."
)
LIMIT = Whole("limit", usual=10, least=1, most=MAX_HITS, description="Hits, per group where there is one.")
AFTER = Text("after", schema={"pattern": "^([0-9a-f]{2})*$"}, description="Cursor that an earlier answer gave.")
SORT = Choice("sort", known=SORTS, usual="relevance")
GROUP_BY = Text("group_by", schema={"enum": ["", *GROUPS]})  # invalid names are refused by the search, with their names
FACET = Several(
    "facet",
    known=FACETS,
    description="Facets to count; each leaves out its own filter.",
    example=["jurisdiction", "language"],
)
FILTER_DESCRIPTIONS = {
    "jurisdiction": "ISO 3166 alpha-2.",
    "concept": "What a provision is about, by the id of a concept; a wider concept holds its narrower ones.",
    "in_force": (
        "Laws in the version in force on a day (`2019-05-01`), in a month (`2019-05`) or a year, `today`, `unknown` or "
        "`any`; without it what is surely not in force today is left out."
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
    description="By words, by meaning, or by both fused; without a model of meaning both is by words.",
)
AS_WORDS = Several(
    "as_words",
    known=RECOGNISED,
    description=(
        "What the words of `q` are not read as: the country or the time in force to filter by, or a "
        "personal name (`recognised` of the answer)."
    ),
)


def asked_search() -> SearchRequest:
    """Return the search that the parameters of the request describe."""
    filters = {one.name: tuple(filter(None, one.values())) for one in FILTER_PARAMETERS}
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
        answer=object_of("SearchResult", "What was found."),
        description=(
            "The query language is that of the search page. Filters are OR within a field and AND between "
            "fields; a result is a provision of legislation or a whole document of every other kind."
        ),
        parameters=SEARCH_PARAMETERS,
    ),
)
