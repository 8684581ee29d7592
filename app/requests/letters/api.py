"""The completion letter in the REST API: as text and as DOCX."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify
from werkzeug.wrappers import Response as AnyResponse

from app.api_operations import Answer, Choice, Operation, Several, object_of
from app.principal import current_access, installation
from app.requests.letters.completion_letter import CompletionLetter, completion_letter
from app.requests.letters.page import docx_answer

LANGUAGE = Choice(
    "language",
    known=("", "es", "pt", "pt-PT", "en", "fr"),
    description="Language of the letter; by default that of the requesting authority.",
)
ITEM = Several(
    "item",
    description=("Keys of the items of the completeness check to ask for; by default all missing or doubtful ones."),
)


def get_completion_letter(request_id: str) -> Response:
    """Return the paragraphs of the letter."""
    return jsonify(asdict(_letter(request_id)))


def get_completion_letter_file(request_id: str) -> AnyResponse:
    return docx_answer(_letter(request_id))


def _letter(request_id: str) -> CompletionLetter:
    language, keys = LANGUAGE.value(), ITEM.values()
    return completion_letter(installation().store, current_access(), request_id, language, keys)


OPERATIONS = (
    Operation(
        "/requests/<request_id>/completion-letter",
        get_completion_letter,
        "getCompletionLetter",
        tag="requests",
        summary="Letter that asks the requesting authority for missing elements, as text",
        answer=object_of("CompletionLetter", "The letter."),
        endpoint="completion_letter",
        parameters=(
            LANGUAGE,
            ITEM,
        ),
    ),
    Operation(
        "/requests/<request_id>/completion-letter.docx",
        get_completion_letter_file,
        "getCompletionLetterFile",
        tag="requests",
        summary="The same letter as DOCX",
        answer=Answer(
            "The letter.",
            content={
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
                    "schema": {"type": "string", "format": "binary"}
                }
            },
        ),
        endpoint="completion_letter_file",
        parameters=(
            LANGUAGE,
            ITEM,
        ),
    ),
)
