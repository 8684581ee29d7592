"""The completion letter in the REST API: as text and as DOCX."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from app.principal import current_access, installation
from app.requests.letters.completion_letter import CompletionLetter, completion_letter
from app.requests.letters.page import docx_answer


def add_rules(api: Blueprint) -> None:
    """Add the routes of the completion letter to the API's blueprint."""
    api.add_url_rule("/requests/<request_id>/completion-letter", "completion_letter", as_text)
    api.add_url_rule("/requests/<request_id>/completion-letter.docx", "completion_letter_file", as_document)


def as_text(request_id: str) -> Response:
    """Answer the paragraphs of the letter."""
    return jsonify(asdict(_letter(request_id)))


def as_document(request_id: str) -> AnyResponse:
    return docx_answer(_letter(request_id))


def _letter(request_id: str) -> CompletionLetter:
    language, keys = request.args.get("language", ""), request.args.getlist("item")
    return completion_letter(installation().store, current_access(), request_id, language, keys)
