"""Download responses: formats, file names, author and time of the export."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Response, make_response, request

from app.accounts.accounts import accounts_exist
from app.comparison.export import Setting, comparison_report
from app.comparison.table import Comparison
from app.comparison.visibility import quoted_documents, sources_of
from app.documents.cited_sources import CitedSource, cited_sources
from app.evidence.report_bundle import report_bundle
from app.evidence.responses import bundle_response, exporter
from app.exports.csv_file import csv_report
from app.exports.docx import docx_report
from app.exports.pdf import pdf_report
from app.exports.report import Report, file_name, printable
from app.exports.words import checked_language, words
from app.exports.xlsx import xlsx_report
from app.gap_matrix.export import matrix_report
from app.gap_matrix.matrix import Matrix
from app.i18n import interface_variety
from app.principal import current_access, installation
from app.requests.use_limitations import use_limitations
from app.rooms.snapshots import SnapshotEntry
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.reading import Store


@dataclass(frozen=True, slots=True)
class Format:
    """A format of exports: its media type, and the function that writes a report in it."""

    media_type: str
    write: Callable[[Report], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: Mapping[str, Format] = {
    "docx": Format(f"{_OFFICE}.wordprocessingml.document", docx_report),
    "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", xlsx_report),
    "pdf": Format("application/pdf", pdf_report),
    "csv": Format("text/csv; charset=utf-8", csv_report),
}


BUNDLE = "zip"
"""Format of a signed bundle of the report and the originals that it quotes."""


def check_format(name: str) -> None:
    """Raise ``app.no_such_format`` for what ``attached`` does not write."""
    if name != BUNDLE:
        named_format(name)


def named_format(name: str) -> Format:
    """Return a format; raises ``app.no_such_format`` for an unknown name."""
    if name not in FORMATS:
        raise RogatioError("app.no_such_format", format=name[:20], formats=", ".join(FORMATS))
    return FORMATS[name]


def report_language(alias: str = "language") -> str:
    """Return the language that ``export_language`` requests for the export, by default that of the interface.

    ``alias`` is an older name of the argument, empty where that name has another meaning.
    """
    asked = request.args.get("export_language") or (request.args.get(alias) if alias else "")
    return checked_language(asked or interface_variety())


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
    confidential = tuple(sorted(set(collections) - public))
    return Setting(principal.id, now, title, version, confidential, accounts_exist(store))


def watermark(store: Store, principal: Principal, language: str) -> str:
    """Return author and time of an export from a letter of an authority, empty in single-user mode."""
    setting = Setting(principal.id, datetime.datetime.now(datetime.UTC))
    return setting.made(language) if accounts_exist(store) else ""


def limited(report: Report, store: Store, access: AccessFilter) -> Report:
    """Return the report with the use limitations of the letters among its documents."""
    name = words("use_limitation", report.language)
    stated = use_limitations(store, access, report.documents)
    return replace(report, facts=(*report.facts, *((name, printable(f"{one.text} ({one.title})")) for one in stated)))


def attached(report: Report, name: str, stem: Iterable[str] = ()) -> Response:
    """Return a report as a file of the format ``name`` or as a bundle; ``stem`` is the beginning of the file name."""
    store, access = installation().store, current_access()
    report = limited(report, store, access)
    if name == BUNDLE:
        return bundle_response(report_bundle(store, access, report, exporter(report.language)))
    chosen_format = named_format(name)
    title = " ".join((report.title, *stem, datetime.date.today().isoformat()))
    return as_file(chosen_format.write(report), file_name(title, name), chosen_format.media_type)


def as_file(content: bytes, name: str, media_type: str) -> Response:
    """Return a file as a download, never displayed within the site."""
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
