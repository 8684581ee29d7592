"""Footnotes of a DOCX file: their part, styles and reference marks.

python-docx does not support footnotes, so they are written according to ECMA-376 17.11.
"""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from app.exports.report import Note

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_TEXT, _MARK = "Footnote Text", "Footnote Reference"
_SEPARATORS = ((-1, "separator"), (0, "continuationSeparator"))
# the elements after footnotePr in w:settings (ECMA-376 17.15.1.78)
_BEHIND = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping", "decimalSymbol")


class Footnotes:
    """Collects the footnotes of a document; ``write`` adds their part to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = etree.Element(qn("w:footnotes"), nsmap={name: nsmap[name] for name in ("w", "r")})
        self.part = Part(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, b"", document.part.package)
        for number, kind in _SEPARATORS:
            self._separator(number, kind)
        self._add_styles()
        self._add_settings()
        self.count = 0

    def refer(self, paragraph: Paragraph, note: Note) -> None:
        """Add a reference to ``note`` at the end of ``paragraph``; each reference has its own footnote."""
        self.count += 1
        run = paragraph.add_run()
        run.style = self.document.styles[_MARK]
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(self.count))
        run._r.append(mark)
        self._note(self.count, note)

    def write(self) -> None:
        """Add the part with all footnotes to the document."""
        self.part._blob = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _note(self, number: int, note: Note) -> None:
        paragraph = self._paragraph(self._footnote(number))
        reference = self._run(paragraph, "")
        style = etree.SubElement(etree.SubElement(reference, qn("w:rPr")), qn("w:rStyle"))
        style.set(qn("w:val"), self.document.styles[_MARK].style_id)
        etree.SubElement(reference, qn("w:footnoteRef"))
        self._run(paragraph, f" {note.text}")
        if note.address:
            link = etree.SubElement(paragraph, qn("w:hyperlink"))
            link.set(qn("r:id"), self.part.relate_to(note.address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            self._run(link, note.address)
            self._run(paragraph, note.after)

    def _separator(self, number: int, kind: str) -> None:
        footnote = self._footnote(number)
        footnote.set(qn("w:type"), kind)
        run = etree.SubElement(etree.SubElement(footnote, qn("w:p")), qn("w:r"))
        etree.SubElement(run, qn(f"w:{kind}"))

    def _footnote(self, number: int) -> etree._Element:
        footnote = etree.SubElement(self.root, qn("w:footnote"))
        footnote.set(qn("w:id"), str(number))
        return footnote

    def _paragraph(self, footnote: etree._Element) -> etree._Element:
        paragraph = etree.SubElement(footnote, qn("w:p"))
        style = etree.SubElement(etree.SubElement(paragraph, qn("w:pPr")), qn("w:pStyle"))
        style.set(qn("w:val"), self.document.styles[_TEXT].style_id)
        return paragraph

    def _run(self, parent: etree._Element, words: str) -> etree._Element:
        run = etree.SubElement(parent, qn("w:r"))
        if words:
            text = etree.SubElement(run, qn("w:t"))
            text.text = words
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return run

    def _add_styles(self) -> None:
        styles = self.document.styles
        text = styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
        text.base_style, text.font.size = styles["Normal"], Pt(8)
        text.paragraph_format.space_after = Pt(0)
        styles.add_style(_MARK, WD_STYLE_TYPE.CHARACTER).font.superscript = True

    def _add_settings(self) -> None:
        settings = self.document.settings.element
        properties = OxmlElement("w:footnotePr")
        for number, _ in _SEPARATORS:
            separator = OxmlElement("w:footnote")
            separator.set(qn("w:id"), str(number))
            properties.append(separator)
        behind = (setting for setting in settings if etree.QName(setting).localname in _BEHIND)
        first = next(behind, None)
        if first is None:
            settings.append(properties)
        else:
            first.addprevious(properties)
