"""A report as CSV: one line per statement of a cell, with its source, then penalties, marking and remarks.

Text that a spreadsheet would evaluate as a formula is prefixed with an apostrophe.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator

from app.exports.report import Kind, Report, TableCell, printable
from app.exports.words import words

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_COLUMNS = ("element", "country", "kind", "pinpoint", "text", "text_language", "note", "footnote", "address")

_FIGURES = ("minimum", "maximum", "unit")  # columns of a report with penalties


def csv_report(report: Report) -> bytes:
    """Return the report as CSV; the columns are named in its language."""
    names = (*_COLUMNS, *_FIGURES) if report.penalties else _COLUMNS
    heading = [words(name, report.language) for name in names]
    lines = (*_lines(report), *_penalties(report), *_remarks(report))
    return csv_lines([heading, *((*line, *("" for _ in names[len(line) :])) for line in lines)])


def csv_lines(lines: Iterable[Iterable[str]]) -> bytes:
    """Return lines as CSV with a byte order mark and CR LF line ends (RFC 4180)."""
    written = io.StringIO()
    csv.writer(written).writerows([safe(value) for value in line] for line in lines)
    return codecs.BOM_UTF8 + written.getvalue().encode("utf-8")


def _lines(report: Report) -> Iterator[tuple[str, ...]]:
    for row in report.rows:
        for column, cell in zip(report.columns, row.cells, strict=True):
            for text in _statements(cell, report.language):
                yield (row.heading, column, *text)


def _statements(cell: TableCell, language: str) -> Iterator[tuple[str, ...]]:
    for paragraph in cell.paragraphs:
        if paragraph.kind is Kind.NOTHING:
            continue
        note = paragraph.notes[-1] if paragraph.notes else None
        source = (str(note.number), note.whole, note.address) if note else ("", "", "")
        yield (words(paragraph.kind.value, language), paragraph.lead, paragraph.text, paragraph.language, *source)


def _penalties(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the penalties as figures, with a point as decimal mark; the kind of penalty is in the column of text."""
    for one in report.penalties:
        bounds = (
            "" if one.least is None else f"{one.least:.15g}",
            one.unbounded if one.most is None else f"{one.most:.15g}",
        )
        texts = (words("figures", report.language), one.provision, one.kind, report.language, "", "", "")
        yield (report.penalty_row, one.country, *texts, *bounds, one.unit)


def _remarks(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the use limitation and what is said of the whole table, in the columns of kind and text."""
    of_penalties = words("penalties_basic", report.language) if report.penalties else ""
    for text in (*filter(None, (report.marking, of_penalties)), *report.remarks):
        yield ("", "", words(Kind.REMARK.value, report.language), "", text, *("" for _ in _COLUMNS[5:]))


def safe(value: str) -> str:
    """Return a value that no spreadsheet interprets as a formula."""
    text = printable(value)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
