"""Law quoted in requests, in the REST API."""

from __future__ import annotations

from flask import Response, jsonify
from werkzeug.wrappers import Response as AnyResponse

from app.api_operations import Answer, Choice, Operation, Text, object_of
from app.i18n import interface_variety
from app.principal import current_principal, installation
from app.requests.law.json_form import bench_json, report_json
from app.requests.law.page import bench_from_address, note_answer
from app.requests.law.transcriptions import check_transcriptions
from extraction.errors import LANGUAGES

DATE = Text("date", schema={"format": "date"}, description="Date of the law, ISO 8601; by default that of the facts.")
OFFENCE = Text(
    "offence",
    schema={"maxLength": 40},
    description="Concept of one of the request's `offences`; by default the first.",
)
LANGUAGE = Choice("language", known=LANGUAGES, description="Language of the note; by default that of the interface.")


def checked(request_id: str) -> Response:
    """Return each transcribed provision with its differences from the law of the day."""
    day = DATE.value()
    return jsonify(report_json(check_transcriptions(installation(), request_id, day, current_principal())))


def get_dual_criminality(request_id: str) -> Response:
    """Return the elements of the foreign offence beside provisions of the requested State."""
    return jsonify(bench_json(bench_from_address(request_id), interface_variety()))


def get_dual_criminality_note(request_id: str) -> AnyResponse:
    """Return the note on dual criminality as DOCX."""
    return note_answer(bench_from_address(request_id))


OPERATIONS = (
    Operation(
        "/requests/<request_id>/transcriptions",
        checked,
        "checkTranscriptions",
        tag="requests",
        summary="Compare the law transcribed in a request with the version in force at the time of the facts",
        answer=object_of("TranscriptionReport", "Each transcribed provision."),
        endpoint="transcriptions",
        parameters=(DATE,),
    ),
    Operation(
        "/requests/<request_id>/dual-criminality",
        get_dual_criminality,
        "getDualCriminality",
        tag="requests",
        summary=(
            "Dual criminality: elements of the foreign offence and provisions of the requested State in force "
            "at the time"
        ),
        answer=object_of("DualCriminality", "The provisions of both States."),
        endpoint="dual_criminality",
        parameters=(
            OFFENCE,
            DATE,
        ),
    ),
    Operation(
        "/requests/<request_id>/dual-criminality.docx",
        get_dual_criminality_note,
        "getDualCriminalityNote",
        tag="requests",
        summary="The note on dual criminality as DOCX",
        answer=Answer(
            "The note.",
            content={
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
                    "schema": {"type": "string", "format": "binary"}
                }
            },
        ),
        endpoint="dual_criminality_note",
        parameters=(
            OFFENCE,
            DATE,
            LANGUAGE,
        ),
    ),
)
