"""Downloads of search results, comparisons, gap matrices, comments and laws."""

from __future__ import annotations

import datetime

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.comparison.comparing import compare
from app.comparison.page import compare_state
from app.exports.akoma_ntoso import akn_law
from app.exports.background import in_background
from app.exports.report import file_name
from app.exports.responses import FORMATS, as_file, attached, check_format, exported, exported_matrix, report_language
from app.exports.search_results import exported_search
from app.gap_matrix.matrix import matrix
from app.gap_matrix.page import matrix_state, shown_countries
from app.principal import current_access, current_principal, installation
from app.rooms.comments import comments
from app.rooms.export import comments_csv
from app.rooms.rooms import room
from app.search.page import state_from

export_pages = Blueprint("exports", __name__)
AKN_TYPE = "application/akn+xml"


@export_pages.get("/search/export")
@in_background
def search_results() -> ResponseReturnValue:
    """Return the results of the search in the address as a file, in a ``format`` and ``export_language``."""
    state = state_from(request.args)
    named = [(name, value) for name, values in state.filters.items() for value in values]
    return exported_search(state.request(), named)


@export_pages.get("/compare/export")
@in_background
def comparison() -> ResponseReturnValue:
    """Return the comparison in the address as a file, in a ``format`` and ``export_language``."""
    name = request.args.get("format", "docx")
    check_format(name)
    principal = current_principal()
    made = compare(installation(), compare_state(request.args).request(), principal)
    return attached(exported(made, installation().store, current_access(), principal, report_language()), name)


@export_pages.get("/matrix/<instrument_id>/export")
@in_background
def gap_matrix(instrument_id: str) -> ResponseReturnValue:
    """Return a gap matrix as a file; the arguments are those of its page, with ``format`` and ``export_language``."""
    name, language = request.args.get("format", "docx"), report_language()
    check_format(name)
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = shown_countries(state, store, access)
    found = matrix(store, access, state.model, countries, state.collection, state.day)
    return attached(exported_matrix(found, store, access, current_principal(), language), name)


@export_pages.get("/rooms/<room_id>/comments.csv")
def comments_of_room(room_id: str) -> Response:
    """Return the readable comments of a workspace as CSV in an ``export_language``."""
    store, principal = installation().store, current_principal()
    found = room(store, principal, room_id)
    written = comments_csv(comments(store, current_access(), principal, room_id), report_language())
    return as_file(
        written, file_name(f"{found.name} {datetime.date.today()} comments", "csv"), FORMATS["csv"].media_type
    )


@export_pages.get("/documents/<document_id>/akoma-ntoso")
def law(document_id: str) -> Response:
    name, written = akn_law(installation().store, current_access(), document_id, request.args.get("unit", "").strip())
    return as_file(written, name, AKN_TYPE)
