"""DOCX (ISO 29500): paragraphs with their numbers, tables, notes, text boxes, header and footer of the first page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from lxml import etree

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.draft import CellText, Draft, reads_as_table
from extraction.errors import RogatioError
from extraction.media_type import DOCX
from extraction.office.docx_numbering import DocxNumbering, W
from extraction.office.docx_runs import DocxRuns, Paragraph, is_on
from extraction.office.docx_styles import DocxStyles
from extraction.office.docx_tables import placed_cells
from extraction.office.office_package import OfficePackage, Relationship
from extraction.office.pictures import Pictures
from extraction.page_heads import add_page_heads

NOTE_KINDS = ("footnotes", "endnotes")
HEADERS = {"header": FurnitureKind.RUNNING_HEAD, "footer": FurnitureKind.RUNNING_FOOT}
UNREAD = frozenset({W + "sectPr", W + "del", W + "moveFrom", W + "sdtPr"})
CORE = {"title": "title", "creator": "author", "subject": "subject", "keywords": "keywords"}
CORE |= {"created": "created", "modified": "modified"}


def read_docx(path: Path) -> Document:
    """Read ``path``; pages are those of Word's last saved layout, if the file records it.

    Pictures in the body are read by OCR, those in headers and footers are not.

    Warnings: ``tracked_deletions`` and ``comments`` (not read), ``tracked_insertions`` (read), ``struck_wording``,
    ``hidden_text``, ``embedded_part_not_read``. Raises what :class:`extraction.office.office_package.OfficePackage`
    does, and ``extraction.malformed``.
    """
    with OfficePackage(path) as package:
        main = next((part.target for part in package.related("") if part.kind == "officeDocument"), "word/document.xml")
        root = package.part(main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise RogatioError("extraction.malformed", media_type=DOCX)
        draft = Draft()
        blocks = _DocxBlocks(package, package.related(main), draft, body)
        blocks.read(body)
        add_page_heads(draft, *blocks.page_heads(body))
        return draft.document(DOCX, "docx", dict(_metadata(package)))


class _DocxBlocks:
    """Converts the body and the parts its paragraphs refer to (notes, text boxes) to blocks."""

    def __init__(self, package: OfficePackage, parts: list[Relationship], draft: Draft, body: etree._Element) -> None:
        roots = {
            part.kind: package.part(part.target)
            for part in parts
            if part.kind in (*NOTE_KINDS, "styles", "numbering", "comments")
        }
        self._draft = draft
        self._package = package
        self._targets = {part.identifier: part.target for part in parts if part.kind == "image"}
        self._pictures = Pictures(draft)
        self._styles = DocxStyles(roots.get("styles"))
        self._numbering = DocxNumbering(roots.get("numbering"))
        self._runs = DocxRuns(draft, next(body.iter(W + "lastRenderedPageBreak"), None) is not None)
        self._notes = {
            (kind, note.get(W + "id", "")): note
            for kind in NOTE_KINDS
            if (root := roots.get(kind)) is not None
            for note in root
        }
        if (comments := roots.get("comments")) is not None and next(comments.iter(W + "t"), None) is not None:
            draft.warn("comments")
        self._heads = {
            part.identifier: list(self._lines(root))
            for part in parts
            if part.kind in HEADERS and (root := package.part(part.target)) is not None
        }
        for part in parts:
            if part.identifier in self._heads:
                draft.furnish(" ".join(self._heads[part.identifier]), HEADERS[part.kind])

    def page_heads(self, body: etree._Element) -> tuple[list[str], list[str]]:
        """Return the paragraphs of header and footer on the first page of ``body``."""
        section = next(body.iter(W + "sectPr"), None)
        if section is None:
            return [], []
        wanted = "first" if is_on(section, "titlePg") else "default"
        found: dict[str, list[str]] = {}
        for name in HEADERS:
            for reference in section.iterchildren(f"{W}{name}Reference"):
                if reference.get(W + "type", "default") == wanted:
                    found[name] = self._heads.get(_identifier(reference), [])
        return found.get("header", []), found.get("footer", [])

    def read(self, container: etree._Element) -> None:
        for element in container.iterchildren(etree.Element):
            if element.tag == W + "p":
                self._paragraph(element)
            elif element.tag == W + "tbl":
                self._table(element)
            elif element.tag == W + "altChunk":
                self._draft.warn("embedded_part_not_read")
            elif element.tag not in UNREAD:
                self.read(element)

    def _paragraph(self, element: etree._Element) -> None:
        content, style = self._runs.read(element), self._styles.of(element)
        text = str(content)
        if text.strip() and style.number:
            text = f"{self._numbering.next(*style.number)} {text}"
        kind = BlockKind.PARAGRAPH
        if style.level:
            kind = BlockKind.HEADING
        elif style.caption:
            kind = BlockKind.CAPTION
        elif style.number:
            kind = BlockKind.LIST_ITEM
        self._draft.add(kind, text, style.level)
        self._add_anchored(content)

    def _add_anchored(self, paragraph: Paragraph) -> None:
        """Add the pictures, text boxes and notes of a paragraph after it."""
        for picture in paragraph.pictures:
            if data := self._package.data(self._targets.get(picture, "")):
                self._pictures.add(data)
        for box in paragraph.boxes:
            self.read(box)
        for note in paragraph.notes:
            element = self._notes.get((note.kind, note.identifier))
            if element is not None:
                self._draft.add(BlockKind.FOOTNOTE, f"[{note.number}] {self._plain(element)}")

    def _table(self, table: etree._Element) -> None:
        """Add a data table; a layout table is read cell by cell."""
        cells = placed_cells(table)
        lengths = ((cell.row, cell.column, len("".join(map(str, cell.element.itertext(W + "t"))))) for cell in cells)
        if next(table.iterdescendants(W + "tbl"), None) is not None or not reads_as_table(lengths):
            self.read(table)
            return
        paragraphs = [[self._runs.read(p) for p in cell.element.iter(W + "p")] for cell in cells]
        self._draft.add_table(
            CellText(cell.row, cell.column, "\n".join(map(str, found)), cell.row_span, cell.column_span, cell.header)
            for cell, found in zip(cells, paragraphs, strict=True)
        )
        for paragraph in chain.from_iterable(paragraphs):
            self._add_anchored(paragraph)

    def _lines(self, container: etree._Element) -> Iterator[str]:
        """Yield the paragraphs of ``container``, also those in its tables and text boxes."""
        for element in container.iterchildren(etree.Element):
            if element.tag == W + "p":
                content = self._runs.read(element)
                yield str(content)
                for box in content.boxes:
                    yield from self._lines(box)
            elif element.tag not in UNREAD:
                yield from self._lines(element)

    def _plain(self, element: etree._Element) -> str:
        return " ".join(str(self._runs.read(paragraph)) for paragraph in element.iter(W + "p"))


def _identifier(reference: etree._Element) -> str:
    """Return the relationship that a reference names; ISO 29500 Strict has another namespace for it."""
    return next((str(value) for name, value in reference.attrib.items() if str(name).endswith("}id")), "")


def _metadata(package: OfficePackage) -> Iterator[tuple[str, str]]:
    root = package.part("docProps/core.xml")
    for element in () if root is None else root.iterchildren(etree.Element):
        if (name := CORE.get(etree.QName(element).localname)) and element.text:
            yield name, element.text
