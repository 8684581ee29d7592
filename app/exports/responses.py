"""Download responses: formats, file names, author and time of the export."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import Response, make_response, request

from app.comparison.export import Setting, comparison_report
from app.comparison.table import Comparison
from app.comparison.visibility import quoted_documents, sources_of
from app.documents.cited_sources import CitedSource, cited_sources
from app.exports.csv_file import csv_report
from app.exports.docx import docx_report
from app.exports.pdf import pdf_report
from app.exports.report import Report, file_name
from app.exports.words import checked_language
from app.exports.xlsx import xlsx_report
from app.gap_matrix.export import matrix_report
from app.gap_matrix.matrix import Matrix
from app.i18n import interface_language
from app.rooms.snapshots import SnapshotEntry
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.reading import Store


@dataclass(frozen=True, slots=True)
class Format:
    media_type: str
    write: Callable[[Report], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", docx_report),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", xlsx_report),
    "pdf": Format("application/pdf", pdf_report),
    "csv": Format("text/csv; charset=utf-8", csv_report),
}


def named_format(name: str) -> Format:
    """Return a format; raises ``app.no_such_format`` for an unknown name."""
    if name not in FORMATS:
        raise RogatioError("app.no_such_format", format=name[:20], formats=", ".join(FORMATS))
    return FORMATS[name]


def report_language(argument: str = "language") -> str:
    """Return the language that ``argument`` requests for the export, by default that of the interface."""
    return checked_language(request.args.get(argument) or interface_language())


def exported(
    comparison: Comparison,
    store: Store,
    access: AccessFilter,
    principal: Principal,
    language: str,
    *,
    title: str = "",
    version: SnapshotEntry | None = None,
    sources: Mapping[str, CitedSource] | None = None,
) -> Report:
    """Return the report of a comparison as ``principal`` may see it."""
    known = cited_sources(store, access, quoted_documents(comparison)) if sources is None else sources
    setting = setting_of(store, access, principal, sources_of(comparison).values(), title, version)
    return comparison_report(comparison, known, language, setting)


def exported_matrix(matrix: Matrix, store: Store, access: AccessFilter, principal: Principal, language: str) -> Report:
    """Return the report of a gap matrix as ``principal`` may see it."""
    quoted = {passage.document for cell in matrix.cells.values() if cell.verdict for passage in cell.verdict.evidence}
    collections = (matrix.collection, *(store.document(access, document_id).collection for document_id in quoted))
    return matrix_report(store, access, matrix, language, setting_of(store, access, principal, collections))


def setting_of(
    store: Store,
    access: AccessFilter,
    principal: Principal,
    collections: Iterable[str],
    title: str = "",
    version: SnapshotEntry | None = None,
) -> Setting:
    """Return author, time and title of an export, marked as confidential if an authority's files are quoted."""
    public = {collection.id for collection in store.collections(access) if collection.is_public}
    now = datetime.datetime.now(datetime.UTC)
    return Setting(principal.id, now, title, version, tuple(sorted(set(collections) - public)))


def attached(report: Report, name: str, stem: Iterable[str] = ()) -> Response:
    """Return a report as a file of the format ``name``; ``stem`` is the beginning of the file name."""
    chosen_format = named_format(name)
    title = " ".join((report.title, *stem, datetime.date.today().isoformat()))
    return as_file(chosen_format.write(report), file_name(title, name), chosen_format.media_type)


def as_file(content: bytes, name: str, media_type: str) -> Response:
    """Return a file as a download, never displayed within the site."""
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
