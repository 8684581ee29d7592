"""Comparisons in the REST API."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from flask import Blueprint, Response, request

from app.api_parameters import number
from app.comparison.comparing import compare as compare_provisions
from app.comparison.page import MOST, USUAL_MOST, compare_state
from app.comparison.side_by_side import side_by_side
from app.comparison.table import encoded
from app.principal import current_principal, installation

_JSON = "application/json"


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/compare", "compare", compare)
    api.add_url_rule("/compare/side", "compare_side", side)


def compare() -> Response:
    """Answer the table as ``app.comparison.table`` has it; the arguments are those of the page."""
    most = number("most", USUAL_MOST, MOST[0], MOST[-1])
    made = compare_provisions(
        installation(), replace(compare_state(request.args).request(), most=most), current_principal()
    )
    return Response(encoded(made), mimetype=_JSON)


def side() -> Response:
    left, right, date = (request.args.get(name, "").strip() for name in ("left", "right", "date"))
    made = side_by_side(installation(), left, right, date, current_principal())
    return Response(msgspec.json.encode(made), mimetype=_JSON)
