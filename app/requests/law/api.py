"""Law quoted in requests, in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request
from werkzeug.wrappers import Response as AnyResponse

from app.i18n import interface_language
from app.principal import current_principal, installation
from app.requests.law.json_form import bench_json, report_json
from app.requests.law.page import asked_bench, note_answer
from app.requests.law.transcriptions import check_transcriptions


def add_rules(api: Blueprint) -> None:
    """Add the routes of quoted law to the API's blueprint."""
    api.add_url_rule("/requests/<request_id>/transcriptions", "transcriptions", checked)
    api.add_url_rule("/requests/<request_id>/dual-criminality", "dual_criminality", benched)
    api.add_url_rule("/requests/<request_id>/dual-criminality.docx", "dual_criminality_note", noted)


def checked(request_id: str) -> Response:
    """Answer each transcribed provision with its differences from the law of the day."""
    day = request.args.get("date", "")
    return jsonify(report_json(check_transcriptions(installation(), request_id, day, current_principal())))


def benched(request_id: str) -> Response:
    """Answer the elements of the foreign offence beside provisions of the requested State."""
    return jsonify(bench_json(asked_bench(request_id), interface_language()))


def noted(request_id: str) -> AnyResponse:
    """Answer the note on dual criminality as DOCX."""
    return note_answer(asked_bench(request_id))
