"""Page setup of a DOCX report: properties, page size, styles, language."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.exports.report import Report
from app.exports.words import words

_FACE = "Calibri"
_LOCALES = {"es": "es-ES", "pt": "pt-BR", "pt-PT": "pt-PT", "en": "en-GB", "fr": "fr-FR"}


def describe(document: Document, report: Report) -> None:
    """Set the file's properties: title, author, date."""
    properties = document.core_properties
    properties.title, properties.language = report.title[:255], _LOCALES[report.language]
    properties.author, properties.comments = "Rogatio", report.made[:255]
    properties.created = properties.modified = datetime.now(UTC).replace(tzinfo=None)
    properties.last_modified_by, properties.keywords = "Rogatio", ""


def set_page(document: Document, report: Report) -> None:
    """Set every page to A4 landscape, with the marking in the header and the page number in the footer."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.7)
    if report.marking:
        header = section.header.paragraphs[0]
        header.add_run(report.marking).bold = True
    footer = section.footer.paragraphs[0]
    footer.style.font.size = Pt(8)
    footer.add_run(f"{report.made}  ·  {words('page_of', report.language)} ")
    _field(footer, "PAGE")
    footer.add_run(f" {words('of', report.language)} ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            run._r.append(instruction)


def set_styles(document: Document, language: str) -> None:
    """Set fonts, sizes and the default language."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FACE, Pt(9.5)
    normal.paragraph_format.space_after = Pt(3)
    for name, size in (("Heading 1", 17), ("Heading 2", 12.5)):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FACE, Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
        style.element.rPr.rFonts.set(qn("w:ascii"), _FACE)
        style.element.rPr.rFonts.set(qn("w:hAnsi"), _FACE)
        for theme in ("asciiTheme", "hAnsiTheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_language(defaults, language)


def set_language(properties: object, language: str) -> None:
    """Set the language of text (BCP 47) for screen readers and spell checkers."""
    found = properties.find(qn("w:lang"))  # type: ignore[attr-defined]
    mark = found if found is not None else OxmlElement("w:lang")
    if found is None:
        properties.append(mark)  # type: ignore[attr-defined]
    mark.set(qn("w:val"), _LOCALES.get(language, language or "und"))
