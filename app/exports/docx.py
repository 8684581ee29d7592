"""A report as DOCX: headings, tables with repeated header rows, and real footnotes for the sources."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.run import Run

from app.exports.docx_footnotes import Footnotes
from app.exports.docx_sheet import describe, set_language, set_page, set_styles
from app.exports.docx_watermark import set_watermark
from app.exports.report import PENALTY_COLUMNS, Kind, Paragraph, Part, Report, TableCell, parts, penalty_rows
from app.exports.words import words
from app.wording import enumerated

_HEADING_COLUMN = Cm(4.8)
_OTHER_COLUMNS = 29.7 - 2 * 1.8 - 4.8  # centimetres available to them
_PENALTY_WIDTHS = (3.6, 9.5, 4.6, 2.6, 2.6, 3.2)  # centimetres
_QUIET = RGBColor(0x55, 0x55, 0x55)


def docx_report(report: Report) -> bytes:
    """Return the report as a DOCX file, A4 landscape, in the language of its headings."""
    document = docx.Document()
    describe(document, report)
    set_page(document, report)
    if report.watermark:
        set_watermark(document, report.watermark)
    set_styles(document, report.language)
    footnotes = Footnotes(document)
    _head(document, report)
    held = list(parts(report))
    for part in held:
        if len(held) > 1:
            first, last = part.first + 1, part.first + len(part.columns)
            part_title = words("part", report.language, first=first, last=last, all=len(report.columns))
            document.add_heading(part_title, 2)
        _table(document, report, part, footnotes)
    _penalties(document, report)
    _sources(document, report)
    document.add_paragraph(report.made)
    footnotes.write()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _head(document: Document, report: Report) -> None:
    document.add_heading(report.title, 1)
    for name, value in report.facts:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(words("labelled", report.language, name=name)).bold = True
        paragraph.add_run(value)
    for remark in report.remarks:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(3)
        run = paragraph.add_run(remark)
        run.italic, run.font.color.rgb = True, _QUIET


def _table(document: Document, report: Report, part: Part, footnotes: Footnotes) -> None:
    table = document.add_table(rows=1, cols=1 + len(part.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _describe_table(table, report)
    for cell, text in zip(table.rows[0].cells, (report.corner, *part.columns), strict=True):
        _heading_cell(cell, text)
    _repeat(table)
    for row in part.rows:
        added = table.add_row()
        if row.is_short:
            added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _heading_cell(added.cells[0], row.heading)
        for cell, held in zip(added.cells[1:], row.cells, strict=True):
            _fill(cell, held, report.language, footnotes)
    for place, column in enumerate(table.columns):
        column.width = _HEADING_COLUMN if place == 0 else Cm(_OTHER_COLUMNS / len(part.columns))
        for cell in column.cells:
            cell.width = column.width
    document.add_paragraph()


def _describe_table(table: Table, report: Report) -> None:
    """Add a description for screen readers, and mark the first row and column as headings."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name in ("firstRow", "firstColumn"):
        look.set(qn(f"w:{name}"), "1")
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), report.title[:255])
    properties.append(caption)


def _repeat(table: Table) -> None:
    """Repeat the row at the top of every page of the table."""
    properties = table.rows[0]._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


def _heading_cell(cell: _Cell, text: str) -> None:
    cell.paragraphs[0].add_run(text).bold = True
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEBE4")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _fill(cell: _Cell, held: TableCell, language: str, footnotes: Footnotes) -> None:
    for place, (line, notes) in enumerate(held.noted):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        if line.cited:
            _in_language(paragraph.add_run(f"{line.cited}  "), line, language).bold = True
        run = _in_language(paragraph.add_run(line.text), line, language)
        run.italic = line.kind is Kind.REMARK
        run.bold = line.kind is Kind.VERDICT
        for note in notes:
            footnotes.refer(paragraph, note)


def _in_language(run: Run, paragraph: Paragraph, language: str) -> Run:
    if paragraph.language and paragraph.language != language:
        set_language(run._r.get_or_add_rPr(), paragraph.language)
    return run


def _penalties(document: Document, report: Report) -> None:
    if not report.penalties:
        return
    document.add_heading(words("penalties", report.language), 2)
    table = document.add_table(rows=0, cols=len(PENALTY_COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, name in zip(table.add_row().cells, PENALTY_COLUMNS, strict=True):
        _heading_cell(cell, words(name, report.language))
    _describe_table(table, report)
    _repeat(table)
    for texts in penalty_rows(report):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(row.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text)
    for column, width in zip(table.columns, _PENALTY_WIDTHS, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = column.width
    remark = document.add_paragraph().add_run(words("penalties_basic", report.language))
    remark.italic, remark.font.color.rgb = True, _QUIET


def _sources(document: Document, report: Report) -> None:
    if not report.sources:
        return
    document.add_heading(words("sources", report.language), 2)
    for source in report.sources:
        paragraph = document.add_paragraph(style="List Bullet")
        run = paragraph.add_run(source.title)
        run.bold = True
        if source.language != report.language:
            set_language(run._r.get_or_add_rPr(), source.language)
        rest = (source.country, source.number, source.identifier, source.version, source.address, source.file)
        paragraph.add_run(". " + enumerated(filter(None, rest), report.language) + f". SHA-256 {source.sha256}")
