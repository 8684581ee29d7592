"""Treaty paths in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.i18n import interface_language
from app.requests.treaty_request import read_treaty_request
from app.requests.treaty_rows import path_row
from nlp.treaties.path import treaty_paths

_ARGUMENTS = ("from", "to", "date", "measure", "offence")


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/treaty-paths", "treaty_paths", listed)


def listed() -> Response:
    """Answer the instruments on which the state ``from`` can ask the state ``to`` for ``measure`` on ``date``."""
    asked = read_treaty_request(*(request.args.get(name, "").strip() for name in _ARGUMENTS))
    return jsonify({"instruments": [path_row(path, asked, interface_language()) for path in treaty_paths(asked)]})
