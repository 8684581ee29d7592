"""Exports in the REST API: search results and comparisons as files, and laws as Akoma Ntoso."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Choice, Operation, Text
from app.comparison.api import COMPARE_PARAMETERS, check_countries
from app.evidence.responses import MEDIA_TYPE
from app.exports.background import in_background
from app.exports.page import comparison, law
from app.exports.responses import BUNDLE, FORMATS
from app.exports.search_results import RESULT_FORMATS, exported_search
from app.exports.words import EXPORT_LANGUAGES as LANGUAGES_OF_EXPORTS
from app.search.api import SEARCH_PARAMETERS, asked_search
from app.search.export import MAX_EXPORTED, MAX_IN_BACKGROUND

FORMAT = Choice("format", known=(*FORMATS, BUNDLE), usual="docx", example="csv")
EXPORT_LANGUAGE = Choice(
    "export_language",
    known=LANGUAGES_OF_EXPORTS,
    description="Language of headings and footnotes; quotations remain in their own language.",
    example="fr",
)
LANGUAGE = Choice(
    "language",
    known=LANGUAGES_OF_EXPORTS,
    description="Older name of `export_language`. In a search, `language` is that of the documents.",
    deprecated=True,
)
EXPORT_LANGUAGES = (EXPORT_LANGUAGE, LANGUAGE)
UNIT = Text("unit", description="Label of the provision (`art. 301`); empty for the whole law.")
EXPORT = Answer(
    "The file; its name is in Content-Disposition.",
    content={
        media_type: {"schema": {"type": "string"}}
        for media_type in (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/pdf",
            "text/csv",
            MEDIA_TYPE,
        )
    },
)

BACKGROUND = Choice("background", known=("", "1"), description="`1` lets it be made later; see listExports.")
QUEUED = Answer(
    "It is made in the background.",
    {
        "type": "object",
        "required": ["id", "state"],
        "properties": {"id": {"type": "string"}, "state": {"const": "waiting"}},
    },
    202,
    located=True,
)
RESULT_FORMAT = Choice("format", known=tuple(RESULT_FORMATS), usual="csv", example="ris")


@in_background
def search_results() -> ResponseReturnValue:
    asked = asked_search()
    return exported_search(asked, [(name, value) for name, values in asked.filters.items() for value in values])


def export_comparison() -> ResponseReturnValue:
    check_countries()
    return comparison()


OPERATIONS = (
    Operation(
        "/search/export",
        search_results,
        "exportSearch",
        tag="search",
        summary="Search results as a file",
        answer=Answer(
            EXPORT.description,
            content={
                media_type.partition(";")[0]: {"schema": {"type": "string"}} for media_type in RESULT_FORMATS.values()
            },
        ),
        description=(
            f"The first {MAX_EXPORTED} results, in the background {MAX_IN_BACKGROUND}, with legal citations; `limit`, "
            "`after`, `group_by` and `facet` do not count."
        ),
        endpoint="search_export",
        parameters=(RESULT_FORMAT, EXPORT_LANGUAGE, BACKGROUND, *SEARCH_PARAMETERS),
        also=(QUEUED,),
    ),
    Operation(
        "/compare/export",
        export_comparison,
        "exportComparison",
        tag="rooms",
        summary="A comparison as a file",
        answer=EXPORT,
        endpoint="compare_export",
        parameters=(FORMAT, *EXPORT_LANGUAGES, BACKGROUND, *COMPARE_PARAMETERS),
        also=(QUEUED,),
    ),
    Operation(
        "/documents/<document_id>/akoma-ntoso",
        law,
        "getAkomaNtoso",
        tag="documents",
        summary="A law, or one provision of it, as Akoma Ntoso 3.0",
        answer=Answer("The XML file.", content={"application/akn+xml": {"schema": {"type": "string"}}}),
        endpoint="akoma_ntoso",
        parameters=(UNIT,),
    ),
)
