"""Law quoted in requests, in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.principal import current_principal, installation
from app.requests.law.json_form import report_json
from app.requests.law.transcriptions import check_transcriptions


def add_rules(api: Blueprint) -> None:
    """Add the routes of quoted law to the API's blueprint."""
    api.add_url_rule("/requests/<request_id>/transcriptions", "transcriptions", checked)


def checked(request_id: str) -> Response:
    """Answer each transcribed provision with its differences from the law of the day."""
    day = request.args.get("date", "")
    return jsonify(report_json(check_transcriptions(installation(), request_id, day, current_principal())))
