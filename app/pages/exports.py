"""Exports: a comparison as a file to be filed, and a law or a provision of it as Akoma Ntoso."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.exports.akn import akn_law
from app.exports.answers import as_file, attached, exported, exported_matrix, named_format, report_language
from app.library_access import current_access, library
from app.pages.compare_state import compare_state
from app.pages.matrix_state import matrix_state, shown_countries
from app.principal import current_principal
from indexing.matrix.matrix import matrix

export_pages = Blueprint("exports", __name__)
AKN_TYPE = "application/akn+xml"


@export_pages.get("/compare/export")
def comparison() -> Response:
    """Answer the comparison that the address of its page says, in a ``format`` and ``language``."""
    name = request.args.get("format", "docx")
    named_format(name)
    principal = current_principal()
    made = library().compare(compare_state(request.args).request(), principal)
    return attached(exported(made, library().store, current_access(), principal, report_language()), name)


@export_pages.get("/matrix/<instrument_id>/export")
def gap_matrix(instrument_id: str) -> Response:
    """Answer a gap matrix as a file; the arguments are those of its page, with ``format`` and ``language``."""
    name, language = request.args.get("format", "docx"), report_language()
    named_format(name)
    access, store, state = current_access(), library().store, matrix_state(instrument_id)
    countries = shown_countries(state, store, access)
    found = matrix(store, access, state.model, countries, state.collection, state.day)
    return attached(exported_matrix(found, store, access, current_principal(), language), name)


@export_pages.get("/documents/<document_id>/akoma-ntoso")
def law(document_id: str) -> Response:
    name, written = akn_law(library().store, current_access(), document_id, request.args.get("unit", "").strip())
    return as_file(written, name, AKN_TYPE)
