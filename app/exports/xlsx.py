"""A report as XLSX: sheets with the table, penalties as figures, the sources, and a description of the file.

No text of a document becomes a formula: every cell but those of figures is written as a string.
"""

from __future__ import annotations

import io
import math
import re
import textwrap
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.exports.report import Note, Report, TableCell, printable
from app.exports.words import words

_MAX_CELL_LENGTH = 32_000  # a cell holds 32,767 characters
_MAX_SHEET_NAME_LENGTH = 31
_REMARK_LINES = 4  # of the remark below the penalties
_LINE, _HIGHEST_ROW = 15.0, 409.0  # points; the maximum row height of office programs
_FONT = "Calibri"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin", color="B5B0A3")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_SHADE = PatternFill("solid", fgColor="EDEBE4")


def xlsx_report(report: Report) -> bytes:
    """Return the report as an XLSX file."""
    book = Workbook()
    book.properties.title, book.properties.creator = report.title[:255], "Rogatio"
    book.properties.language, book.properties.description = report.language, report.made
    _table(book.worksheets[0], report)
    if report.penalties:
        _penalties(book.create_sheet(_sheet_name(words("penalties", report.language))), report)
    _notes(book.create_sheet(_sheet_name(words("notes", report.language))), report)
    _sources(book.create_sheet(_sheet_name(words("sources", report.language))), report)
    _about(book.create_sheet(_sheet_name(words("about", report.language))), report)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _table(sheet: Worksheet, report: Report) -> None:
    sheet.title = _sheet_name(report.title)
    _headings(sheet, 1, (report.corner, *report.columns), (36, *(52 for _ in report.columns)))
    for number, row in enumerate(report.rows, start=2):
        _heading(_cell(sheet, number, 1), row.heading)
        for place, held in enumerate(row.cells, start=2):
            _write(_cell(sheet, number, place), _text(held))
    sheet.freeze_panes, sheet.print_title_cols = "B2", "A:A"
    _print(sheet, report)


def _print(sheet: Worksheet, report: Report) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    assert sheet.oddHeader is not None, "openpyxl gives every sheet one"
    assert sheet.oddFooter is not None
    for place, text in ((sheet.oddHeader.left, report.marking), (sheet.oddFooter.left, report.made)):
        place.text = text.replace("&", "&&") or None  # an empty part would cause a warning
    sheet.oddFooter.right.text = "&P / &N"
    _heights(sheet)


def _heights(sheet: Worksheet) -> None:
    """Set each row to the height of its longest cell, since not all office programs do so when opening a file."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        lines = max(_lines(str(cell.value or ""), _width(sheet, cell.coordinate)) for cell in row)
        sheet.row_dimensions[number].height = min(_HIGHEST_ROW, _LINE * lines)


def _lines(text: str, width: float) -> int:
    """Return the estimated number of lines of a text in a column of that many characters."""
    return sum(math.ceil(max(1, len(line)) / (width * 0.9)) for line in text.split("\n"))


def _width(sheet: Worksheet, coordinate: str) -> float:
    widths = sheet.column_dimensions
    if coordinate in sheet.merged_cells:
        return float(sum(column_dimension.width for column_dimension in widths.values()))
    return float(widths[coordinate.rstrip("0123456789")].width)


def _text(held: TableCell) -> str:
    """Return a cell with the numbers of its notes in brackets."""
    heights = []
    for paragraph in held.paragraphs:
        marks = "".join(f" [{note.number}]" for note in paragraph.notes)
        heights.append(f"{paragraph.cited}  {paragraph.text}{marks}" if paragraph.cited else f"{paragraph.text}{marks}")
    return "\n\n".join(heights)


def notes_of(report: Report) -> list[Note]:
    """Return all notes of a report sorted by number."""
    found = (
        note for row in report.rows for cell in row.cells for paragraph in cell.paragraphs for note in paragraph.notes
    )
    return sorted({note.number: note for note in found}.values(), key=lambda note: note.number)


def _notes(sheet: Worksheet, report: Report) -> None:
    names = ("note", "footnote", "address")
    _headings(sheet, 1, [words(name, report.language) for name in names], (8, 110, 60))
    for row, note in enumerate(notes_of(report), start=2):
        _write(_cell(sheet, row, 1), str(note.number))
        _write(_cell(sheet, row, 2), note.whole)
        _address(_cell(sheet, row, 3), note.address)
    sheet.freeze_panes = "A2"
    _print(sheet, report)


def _penalties(sheet: Worksheet, report: Report) -> None:
    names = ("country", "penalty_kind", "minimum", "maximum", "unit", "provision_and_law")
    _headings(sheet, 1, [words(name, report.language) for name in names], (26, 30, 16, 16, 20, 60))
    for row, one in enumerate(report.penalties, start=2):
        for column, text in ((1, one.country), (2, one.kind), (4, one.unbounded), (5, one.unit), (6, one.provision)):
            _write(_cell(sheet, row, column), text)
        _number(_cell(sheet, row, 3), one.least)
        if not one.unbounded:
            _number(_cell(sheet, row, 4), one.most)
    _write(_cell(sheet, row + 2, 1), words("penalties_basic", report.language))
    sheet.merge_cells(start_row=row + 2, end_row=row + 2, start_column=1, end_column=len(names))
    sheet.row_dimensions[row + 2].height = _LINE * _REMARK_LINES
    sheet.freeze_panes = "A2"
    _print(sheet, report)


def _number(cell: Cell, value: float | None) -> None:
    """Write a number as such, so that a spreadsheet can calculate with it; None as an empty cell."""
    _write(cell, "")
    if value is not None:
        cell.value = int(value) if value == int(value) else value


def _sources(sheet: Worksheet, report: Report) -> None:
    names = ("title", "law_number", "identifier", "country", "law_version", "date", "retrieved", "file", "address")
    widths = (60, 16, 30, 18, 36, 22, 22, 30, 60, 68)
    _headings(sheet, 1, (*(words(name, report.language) for name in names), "SHA-256"), widths)
    for row, source in enumerate(report.sources, start=2):
        known = (
            source.title,
            source.number,
            source.identifier,
            source.country,
            source.version,
            source.date,
            source.retrieved,
            source.file,
        )
        for place, value in enumerate((*known, source.address, source.sha256), start=1):
            _write(_cell(sheet, row, place), value)
        _address(_cell(sheet, row, len(known) + 1), source.address)
    sheet.freeze_panes = "A2"
    _print(sheet, report)


def _headings(sheet: Worksheet, row: int, texts: Iterable[str], widths: Iterable[int]) -> None:
    for place, (text, width) in enumerate(zip(texts, widths, strict=True), start=1):
        _heading(_cell(sheet, row, place), text)
        sheet.column_dimensions[get_column_letter(place)].width = width


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    found = sheet.cell(row, column)
    assert isinstance(found, Cell), "nothing is written where cells are merged"
    return found


def _about(sheet: Worksheet, report: Report) -> None:
    _heading(_cell(sheet, 1, 1), report.title)
    row = 1
    for row, (name, value) in enumerate(report.facts, start=3):
        _heading(_cell(sheet, row, 1), name)
        _write(_cell(sheet, row, 2), value)
    lines = (*filter(None, (report.marking,)), *report.remarks, report.made)
    for number, text in enumerate(lines, start=row + 2):
        _write(_cell(sheet, number, 1), text)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=2)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    _print(sheet, report)


def _write(cell: Cell, text: str) -> None:
    """Write text as a string, also if it begins like a formula."""
    cell.value = cut(printable(text))
    cell.data_type = "s"
    cell.quotePrefix = text.lstrip().startswith(_FORMULA)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _GRID


def _heading(cell: Cell, text: str) -> None:
    _write(cell, text)
    cell.font, cell.fill = Font(name=_FONT, size=11, bold=True), _SHADE


def _address(cell: Cell, address: str) -> None:
    _write(cell, address)
    if address:
        cell.hyperlink = address
        cell.font = Font(name=_FONT, size=11, underline="single", color="1D4F7C")


def cut(text: str) -> str:
    """Return ``text``, cut with an ellipsis where it is longer than a cell of a workbook may be."""
    return text if len(text) <= _MAX_CELL_LENGTH else f"{text[:_MAX_CELL_LENGTH]} …"


def _sheet_name(text: str) -> str:
    """Return a valid sheet name: without special characters, shortened after a word."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", text)
    short = textwrap.shorten(plain, _MAX_SHEET_NAME_LENGTH, placeholder=" …")
    return short if short.strip(" …") else plain.strip()[:_MAX_SHEET_NAME_LENGTH] or "Rogatio"
