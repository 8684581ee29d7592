"""Comparisons in the REST API."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from flask import Response, request

from app.api_operations import Operation, Several, Text, Whole, object_of
from app.comparison.comparing import compare as compare_provisions
from app.comparison.page import LIMIT, USUAL_MOST, compare_state, countries_asked
from app.comparison.side_by_side import side_by_side
from app.comparison.table import encoded
from app.principal import current_principal, installation
from indexing.search.query_fields import check_filters

_JSON = "application/json"


CONCEPT = Text("concept", description="Id of a concept, for example `ML`.", example="ML")
TREATY = Text("treaty", description="Provision of a treaty, for example `UNTOC 6`.")
Q = Text("q", longest=2000, description="Words of a query.")
CITE = Text("cite", description="Citations, one per line.")
P = Several("p", description="Ids of provisions.")
WITHOUT = Several("without", description="Ids of provisions to exclude.")
COUNTRY = Several(
    "country",
    description="ISO 3166 alpha-2, in the order of the columns; all countries with results by default.",
    example=["ES", "FR"],
)
COUNTRIES = Several(
    "countries",
    schema={"type": "string"},
    description="The same countries as a list separated by commas.",
    example="ES,FR",
)
DATE = Text(
    "date",
    schema={"format": "date"},
    description="Date on which the law is in force; today by default.",
    example="2035-01-01",
)
MAX_PROVISIONS = Whole(
    "most", usual=USUAL_MOST, least=LIMIT[0], most=LIMIT[-1], description="Maximum number of provisions per country."
)
LEFT = Text("left", description="Id of a provision.", required=True)
RIGHT = Text("right", description="Id of a provision.", required=True)
SIDE_DATE = Text("date", schema={"format": "date"})
COMPARE_PARAMETERS = (CONCEPT, TREATY, Q, CITE, P, WITHOUT, COUNTRY, COUNTRIES, DATE, MAX_PROVISIONS)


def compare() -> Response:
    """Return the table in the form of ``app.comparison.table``; the arguments are those of the page."""
    check_countries()
    most = MAX_PROVISIONS.value()
    made = compare_provisions(
        installation(), replace(compare_state(request.args).request(), most=most), current_principal()
    )
    return Response(encoded(made), mimetype=_JSON)


def check_countries() -> None:
    """Refuse a country that does not exist, as a search does; raises what ``check_filters`` does."""
    check_filters({COUNTRY.name: countries_asked(request.args)})


def compare_side() -> Response:
    left, right, date = (parameter.value().strip() for parameter in (LEFT, RIGHT, SIDE_DATE))
    made = side_by_side(installation(), left, right, date, current_principal())
    return Response(msgspec.json.encode(made), mimetype=_JSON)


OPERATIONS = (
    Operation(
        "/compare",
        compare,
        "compare",
        tag="compare",
        summary="Compare the law of several countries element by element",
        answer=object_of("Comparison", "The table."),
        description=(
            "Select provisions by a concept, an article of a treaty, words, citations or ids. Cells quote the "
            "provisions of each country in the version in force on the date. The assignment of words to "
            "elements is a proposal; an empty cell means that nothing was found in the available texts."
        ),
        parameters=COMPARE_PARAMETERS,
    ),
    Operation(
        "/compare/side",
        compare_side,
        "compareSide",
        tag="compare",
        summary="Two provisions, clause by clause",
        answer=object_of("SideBySide", "Both provisions with aligned clauses."),
        endpoint="compare_side",
        parameters=(
            LEFT,
            RIGHT,
            SIDE_DATE,
        ),
    ),
)
