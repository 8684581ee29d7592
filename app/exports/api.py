"""Exports in the REST API: formats of files, comparisons as files, and laws as Akoma Ntoso."""

from __future__ import annotations

from app.api_operations import Answer, Choice, Operation, Text
from app.comparison.api import COMPARE_PARAMETERS
from app.exports.page import comparison, law
from extraction.errors import LANGUAGES

FORMAT = Choice("format", known=("docx", "xlsx", "pdf", "csv"), usual="docx", example="csv")
LANGUAGE = Choice(
    "language",
    known=LANGUAGES,
    description="Of headings and footnotes; what is quoted stays in its own.",
    example="fr",
)
UNIT = Text("unit", description="As in a hit (`art. 301`); empty for the whole law.")
EXPORT = Answer(
    "The file, to be kept under the name that the answer gives.",
    content={
        media_type: {"schema": {"type": "string"}}
        for media_type in (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/pdf",
            "text/csv",
        )
    },
)

OPERATIONS = (
    Operation(
        "/compare/export",
        comparison,
        "exportComparison",
        tag="rooms",
        summary="A comparison as a file",
        answer=EXPORT,
        endpoint="compare_export",
        parameters=(FORMAT, LANGUAGE, *COMPARE_PARAMETERS),
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
