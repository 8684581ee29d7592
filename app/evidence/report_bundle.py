"""Bundle of a report: the report in several formats, and the originals of the documents that it quotes."""

from __future__ import annotations

from collections.abc import Iterator

from app.evidence.bag import Bag, BagFile
from app.evidence.document_bundle import Exporter, bag_of, original_files
from app.exports.csv_file import csv_report
from app.exports.docx import docx_report
from app.exports.pdf import pdf_report
from app.exports.report import Report
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store


def report_bundle(store: Store, access: AccessFilter, report: Report, exporter: Exporter) -> Bag:
    """Return the bundle of a report; originals are read through ``access``."""
    quoted = [store.document(access, document_id) for document_id in report.documents]
    made = [(BagFile(f"export/report.{name}", content), report.documents) for name, content in _written(report)]
    return bag_of(report.title, original_files(store, access, quoted), made, exporter)


def _written(report: Report) -> Iterator[tuple[str, bytes]]:
    yield "docx", docx_report(report)
    yield "csv", csv_report(report)
    try:
        yield "pdf", pdf_report(report)
    except RogatioError as error:
        if error.code != "app.no_pdf":  # a system without Pango makes no PDF
            raise
