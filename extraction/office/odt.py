"""ODT (ISO 26300): headings, lists, tables, notes, values of forms, header and footer of the first page.

A document is a package of parts or, in the flat form, one XML file that has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.draft import PAGE_BREAK, CellText, Draft, reads_as_table
from extraction.errors import RogatioError
from extraction.markup.xml_tree import parse_xml
from extraction.media_type import FLAT_ODT, ODT
from extraction.office.odt_heads import TABLE, PageHead, page_heads
from extraction.office.odt_numbering import OFFICE, STYLE, TEXT, OdtLists
from extraction.office.office_package import DRAW, HREF, FlatPackage, OfficePackage
from extraction.office.pictures import Pictures
from extraction.page_heads import add_page_heads

FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
ENCRYPTION = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}encryption-data"
UNREAD = frozenset(
    {TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "forms", TEXT + "note-citation", TEXT + "sequence-decls"}
)
META = {"title": "title", "creator": "author", "creation-date": "created", "date": "modified"}
TICKABLE = (FORM + "checkbox", FORM + "radio")
WRITTEN = (
    "text",
    "textarea",
    "formatted-text",
    "number",
    "date",
    "time",
    "combobox",
    "fixed-text",
)  # controls of forms
TICKED, EMPTY = "☒", "☐"
MAX_REPEAT = 1000  # columns that one element may represent


def read_odt(path: Path) -> Document:
    """Read ``path``; pages are those of the last saved layout, if the file records it.

    Pictures in the body are read by OCR, those in headers and footers are not.

    Warnings: ``tracked_deletions`` and ``comments`` (not read), ``hidden_text``, ``struck_wording``. Raises
    ``extraction.encryption_unsupported`` and what :class:`extraction.office.office_package.OfficePackage` does.
    """
    with OfficePackage(path) as package:
        manifest = package.part("META-INF/manifest.xml")
        if manifest is not None and next(manifest.iter(ENCRYPTION), None) is not None:
            raise RogatioError("extraction.encryption_unsupported")
        return _document(package, ODT)


def read_flat_odt(path: Path) -> Document:
    """Read a flat ODT as :func:`read_odt` does; raises what :func:`extraction.markup.xml_tree.parse_xml` does."""
    return _document(FlatPackage(parse_xml(path.read_bytes())), FLAT_ODT)


def _document(package: OfficePackage | FlatPackage, media_type: str) -> Document:
    root, styles = package.part("content.xml"), package.part("styles.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise RogatioError("extraction.malformed", media_type=media_type)
    draft = Draft()
    blocks = _OdtBlocks(package, draft, [part for part in dict.fromkeys((styles, root)) if part is not None])
    head, foot = blocks.furnish(page_heads(body, [part for part in (styles, root) if part is not None]))
    blocks.read(body)
    add_page_heads(draft, head, foot)
    return draft.document(media_type, "odt", dict(_metadata(package)))


def _metadata(package: OfficePackage | FlatPackage) -> Iterator[tuple[str, str]]:
    root = package.part("meta.xml")
    found = None if root is None else root.find(OFFICE + "meta")
    for element in () if found is None else found.iter(etree.Element):
        if (name := META.get(etree.QName(element).localname)) and element.text:
            yield name, element.text


class _OdtBlocks:
    """Converts a body to blocks; the parser bounds its depth and thus the recursion."""

    def __init__(self, package: OfficePackage | FlatPackage, draft: Draft, roots: list[etree._Element]) -> None:
        self._package = package
        self._draft = draft
        self._pictures = Pictures(draft)
        self._lists = OdtLists(roots)
        self._unread = {name: warning for root in roots for name, warning in _unread_styles(root)}
        self._controls = _Controls(roots)
        self._anchored: list[etree._Element] = []
        self._notes = 0

    def furnish(self, heads: Iterable[PageHead]) -> tuple[list[str], list[str]]:
        """Add headers and footers as furniture; return the paragraphs of the first page's header and of its footer."""
        first: dict[FurnitureKind, list[str]] = {}
        for head in heads:
            lines = list(self._lines(head.element))
            self._draft.furnish(" ".join(lines), head.kind)
            if head.on_first_page:
                first[head.kind] = lines
        return first.get(FurnitureKind.RUNNING_HEAD, []), first.get(FurnitureKind.RUNNING_FOOT, [])

    def read(self, container: etree._Element) -> None:
        """Add the block elements of ``container``."""
        for element in container.iterchildren(etree.Element):
            if element.tag == TEXT + "h":
                level = element.get(TEXT + "outline-level", "1")
                self._add(BlockKind.HEADING, element, int(level) if level.isdecimal() else 1)
            elif element.tag == TEXT + "p":
                self._add(BlockKind.PARAGRAPH, element)
            elif element.tag == TEXT + "list":
                self._list(element)
            elif element.tag == TABLE + "table":
                self._table(element)
            elif element.tag == TEXT + "tracked-changes":
                self._draft.warn("tracked_deletions")
            elif element.tag == TEXT + "soft-page-break":
                self._draft.page_break()
            elif element.tag == DRAW + "control":
                self._draft.add(BlockKind.PARAGRAPH, self._controls.shown(element))
            elif element.tag not in UNREAD:
                self.read(element)

    def _list(self, element: etree._Element) -> None:
        with self._lists.entered(element):
            for item in element.iterchildren(TEXT + "list-item", TEXT + "list-header"):
                if item.tag == TEXT + "list-item":
                    self._lists.count(item)
                self.read(item)

    def _add(self, kind: BlockKind, element: etree._Element, level: int = 0) -> None:
        text, marker = self._line(element), self._lists.marker()
        if kind is BlockKind.PARAGRAPH and self._lists.inside:
            kind = BlockKind.LIST_ITEM
        self._draft.add(kind, f"{marker} {text}" if text.strip() else text, level)
        anchored, self._anchored = self._anchored, []
        for anchor in anchored:
            if anchor.tag == TEXT + "note":
                paragraphs = " ".join(self._line(p) for p in anchor.iter(TEXT + "p"))
                self._draft.add(BlockKind.FOOTNOTE, f"[{anchor.get('number')}] {paragraphs}")
            elif anchor.tag == DRAW + "image":
                if data := self._package.data(anchor.get(HREF, "")):
                    self._pictures.add(data)
            else:
                self.read(anchor)

    def _table(self, table: etree._Element) -> None:
        cells = list(self._cells(table))
        nested = next(table.iterdescendants(TABLE + "table"), None) is not None
        if nested or not reads_as_table((cell.row, cell.column, len(cell.text)) for cell in cells):
            self._anchored = []
            self.read(table)
        else:
            self._draft.add_table(cells, table.get(TABLE + "name", ""))

    def _cells(self, table: etree._Element) -> Iterator[CellText]:
        for number, row in enumerate(table.iter(TABLE + "table-row")):
            column = 0
            header = number == 0 or next(row.iterancestors(TABLE + "table-header-rows"), None) is not None
            for cell in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
                if cell.tag == TABLE + "table-cell":
                    text = "\n".join(self._line(p) for p in cell.iter(TEXT + "p", TEXT + "h"))
                    rows, columns = (_count(cell, f"number-{name}-spanned") for name in ("rows", "columns"))
                    yield CellText(number, column, text, rows, columns, header)
                column += _count(cell, "number-columns-repeated")

    def _lines(self, container: etree._Element) -> Iterator[str]:
        """Yield the paragraphs of ``container``, also those in its tables and text boxes."""
        for element in container.iterchildren(etree.Element):
            if element.tag in (TEXT + "p", TEXT + "h"):
                yield self._line(element)
                anchored, self._anchored = self._anchored, []
                for anchor in anchored:
                    if anchor.tag == DRAW + "text-box":
                        yield from self._lines(anchor)
            elif element.tag not in UNREAD:
                yield from self._lines(element)

    def _line(self, paragraph: etree._Element) -> str:
        parts: list[str] = []
        self._inline(paragraph, parts)
        return "".join(parts)

    def _inline(self, element: etree._Element, parts: list[str]) -> None:
        parts.append(element.text or "")
        for child in element:
            self._character(child, parts)
            parts.append(child.tail or "")

    def _character(self, element: etree._Element, parts: list[str]) -> None:
        tag = element.tag
        if tag == TEXT + "s":
            parts.append(" ")
        elif tag == TEXT + "tab":
            parts.append("\t")
        elif tag == TEXT + "line-break":
            parts.append("\n")
        elif tag == TEXT + "soft-page-break":
            parts.append(PAGE_BREAK)
        elif tag == TEXT + "note":
            self._notes += 1
            element.set("number", str(self._notes))
            self._anchored.append(element)
            parts.append(f"[{self._notes}]")
        elif tag in (DRAW + "text-box", DRAW + "image"):
            self._anchored.append(element)
        elif tag == DRAW + "control":
            parts.append(f" {self._controls.shown(element)} ")
        elif tag in (SVG + "title", SVG + "desc"):  # of a picture
            parts.append(f" {element.text or ''} ")
        elif warning := self._unread.get(element.get(TEXT + "style-name", "")):
            self._draft.warn(warning)
        elif tag == OFFICE + "annotation":
            self._draft.warn("comments")
        elif isinstance(tag, str) and tag not in UNREAD:
            self._inline(element, parts)


class _Controls:
    """Controls of forms (ISO 26300-1, 13) by their identifiers: typed values, tick boxes with their labels."""

    def __init__(self, roots: list[etree._Element]) -> None:
        names = (*TICKABLE, *(FORM + name for name in WRITTEN))
        self._controls = {control.get(FORM + "id", ""): control for root in roots for control in root.iter(*names)}

    def shown(self, place: etree._Element) -> str:
        """Return what is seen at a ``place`` (``draw:control``): the value of its control, or its mark and label."""
        control = self._controls.get(place.get(DRAW + "control", ""))
        if control is None:
            return ""
        label = control.get(FORM + "label", "")
        if control.tag in TICKABLE:
            state = control.get(FORM + "current-state") or control.get(FORM + "current-selected")
            return f"{TICKED if state in ('checked', 'true') else EMPTY} {label}".strip()
        return control.get(FORM + "current-value") or control.get(FORM + "value") or label


def _unread_styles(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield (name, warning) of the character styles for struck-through and hidden text."""
    for style in root.iter(STYLE + "style"):
        properties = style.find(STYLE + "text-properties")
        if properties is None:
            continue
        if properties.get(STYLE + "text-line-through-style", "none") != "none":
            yield style.get(STYLE + "name", ""), "struck_wording"
        elif properties.get(TEXT + "display") == "none":
            yield style.get(STYLE + "name", ""), "hidden_text"


def _count(cell: etree._Element, name: str) -> int:
    value = cell.get(TABLE + name, "1")
    return min(max(int(value), 1), MAX_REPEAT) if value.isdecimal() and len(value) < 10 else 1
