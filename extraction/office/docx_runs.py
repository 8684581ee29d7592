"""Text of one DOCX paragraph: insertions are included, deletions and hidden or struck-through wording are not."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from extraction.draft import PAGE_BREAK, Draft
from extraction.office.docx_numbering import W

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DELETED = frozenset({W + "del", W + "moveFrom"})
INSERTED = frozenset({W + "ins", W + "moveTo"})
UNREAD = frozenset({W + "pPr", W + "rPr", W + "instrText", W + "delText", W + "rt", FALLBACK})
CHARACTERS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip": RELATED + "embed",
    "{urn:schemas-microsoft-com:vml}imagedata": RELATED + "id",
}
ORDINALS = {"o": "º", "a": "ª"}


@dataclass(frozen=True, slots=True)
class Note:
    """A reference to a footnote or endnote; ``number`` counts both from 1 in reading order."""

    number: int
    kind: str
    identifier: str


@dataclass(slots=True)
class Paragraph:
    """Text of a paragraph, its note references, and the text boxes and pictures (relationships) anchored in it."""

    text: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "".join(self.text)


class DocxRuns:
    """Reads paragraphs; ``rendered`` is whether the file records Word's last page breaks."""

    def __init__(self, draft: Draft, rendered: bool) -> None:
        self._draft = draft
        self._rendered = rendered
        self._notes = 0

    def read(self, paragraph: etree._Element) -> Paragraph:
        """Return the content of the element ``w:p``."""
        content = Paragraph()
        self._children(paragraph, content)
        return content

    def _children(self, element: etree._Element, content: Paragraph) -> None:
        for child in element.iterchildren(etree.Element):
            self._element(child, content)

    def _element(self, element: etree._Element, content: Paragraph) -> None:
        tag = str(element.tag)
        if tag in (W + "t", MATH_TEXT):
            content.text.append(element.text or "")
        elif tag == W + "r":
            self._run(element, content)
        elif tag in CHARACTERS:
            content.text.append(CHARACTERS[tag])
        elif tag in NOTES:
            self._notes += 1
            content.notes.append(Note(self._notes, NOTES[tag], element.get(W + "id", "")))
            content.text.append(f"[{self._notes}]")
        elif tag in PICTURES:
            content.pictures.append(element.get(PICTURES[tag], ""))
        elif tag == W + "txbxContent":
            content.boxes.append(element)
        elif tag in (W + "br", W + "lastRenderedPageBreak"):
            content.text.append(self._break(element))
        elif tag in DELETED:
            self._draft.warn("tracked_deletions")
        elif tag not in UNREAD:
            if tag in INSERTED:
                self._draft.warn("tracked_insertions")
            self._children(element, content)

    def _run(self, run: etree._Element, content: Paragraph) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            if is_on(properties, "vanish"):
                self._draft.warn("hidden_text")
                return
            if is_on(properties, "strike") or is_on(properties, "dstrike"):
                self._draft.warn("struck_wording")
                return
            raised = properties.find(W + "vertAlign")
            text_of_run = "".join(text.text or "" for text in run.iterchildren(W + "t")).strip()
            if raised is not None and raised.get(W + "val") == "superscript" and text_of_run in ORDINALS:
                content.text.append(ORDINALS[text_of_run])
                return
        self._children(run, content)

    def _break(self, element: etree._Element) -> str:
        if element.tag == W + "lastRenderedPageBreak":
            return PAGE_BREAK
        if element.get(W + "type") == "page":
            return "\n" if self._rendered else "\n" + PAGE_BREAK
        return "\n"


def is_on(properties: etree._Element, name: str) -> bool:
    """Return whether ``properties`` have the switch ``name`` and do not turn it off."""
    switch = properties.find(W + name)
    return switch is not None and switch.get(W + "val", "true") not in ("0", "false", "off", "none")
