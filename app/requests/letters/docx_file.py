"""The completion letter as DOCX: A4 portrait, in the language of its reader, for signature."""

from __future__ import annotations

import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from app.exports.docx_watermark import set_watermark
from app.exports.report import printable
from app.requests.letters.completion_letter import CompletionLetter

_FONT = "Times New Roman"


def letter_docx(letter: CompletionLetter, watermark: str = "") -> bytes:
    """Return the letter as a DOCX file with a ``watermark``; items are a numbered list, each with its article."""
    document = docx.Document()
    _page(document, letter)
    if watermark:
        set_watermark(document, watermark)
    if letter.sender:
        _line(document, letter.sender, bold=True)
    for line in letter.head:
        _line(document, line, right=True)
    for line in letter.recipient:
        _line(document, line)
    _line(document, letter.subject, bold=True)
    for line in letter.opening:
        _line(document, line)
    for item in letter.items:
        paragraph = document.add_paragraph(style="List Number")
        paragraph.add_run(printable(item.text))
        if item.article:
            paragraph.add_run(f" {printable(item.article)}").italic = True
    for line in letter.closing:
        _line(document, line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Document, letter: CompletionLetter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    properties = document.core_properties
    properties.title, properties.author = printable(letter.subject)[:255], printable(letter.sender)[:255]
    properties.language, properties.comments = letter.language, ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(11)
    style.paragraph_format.space_after = Pt(8)
    language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): letter.language})
    style.element.get_or_add_rPr().append(language)


def _line(document: Document, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(printable(text)).bold = bold
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = Pt(2)
