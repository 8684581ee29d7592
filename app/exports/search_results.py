"""Search results as a download: formats, and the response for pages and the REST API."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from flask import Response, request

from app.audit.recording import note_documents
from app.exports.background import progress
from app.exports.docx import docx_report
from app.exports.references import bibtex, ris
from app.exports.report import file_name
from app.exports.responses import FORMATS, as_file, limited, report_language, setting_of
from app.exports.words import words
from app.i18n import labels_in
from app.labels import label, value_label
from app.principal import current_access, current_principal, installation
from app.search.export import ExportedResults, exported_results, references, results_csv, results_report
from extraction.errors import RogatioError
from indexing.search.request import SearchRequest

RESULT_FORMATS = {
    "csv": FORMATS["csv"].media_type,
    "docx": FORMATS["docx"].media_type,
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
_EXTENSIONS = {"bibtex": "bib"}


def exported_search(asked: SearchRequest, filters: Iterable[tuple[str, str]]) -> Response:
    """Return the results of a search as a file in the ``format`` and ``export_language`` of the request.

    ``filters`` are restrictions as (field, value). Raises ``app.no_such_format``, ``app.bad_parameter``.
    """
    name, language = request.args.get("format", "csv"), report_language(alias="")
    if name not in RESULT_FORMATS:
        raise RogatioError("app.no_such_format", format=name[:20], formats=", ".join(RESULT_FORMATS))
    results = exported_results(installation(), current_principal(), asked, language, progress())
    note_documents(hit.document_id for hit in results.hits)
    stem = f"rogatio {words('search_results', language)} {asked.query[:40]} {datetime.date.today()}"
    content = _written(name, results, filters)
    return as_file(content, file_name(stem, _EXTENSIONS.get(name, name)), RESULT_FORMATS[name])


def _written(name: str, results: ExportedResults, filters: Iterable[tuple[str, str]]) -> bytes:
    if name == "csv":
        return results_csv(results)
    if name == "docx":
        collections = (hit.collection for hit in results.hits)
        setting = setting_of(installation().store, current_access(), current_principal(), collections)
        with labels_in(results.language):
            told = [(label("field", field), value_label(field, value)) for field, value in filters]
        report = results_report(results, setting, told)
        return docx_report(limited(report, installation().store, current_access()))
    return bibtex(references(results)) if name == "bibtex" else ris(references(results))
