"""Converts the visible content of an HTML tree to blocks."""

from __future__ import annotations

import re

from lxml import etree

from extraction.document import BlockKind
from extraction.draft import Draft, reads_as_table
from extraction.markup.html_page import Furniture, page_furniture
from extraction.markup.html_tables import is_data_table, table_cells
from extraction.numbering import numeral
from extraction.resource import load

_ELEMENTS = load("extraction.html")
UNREAD, LISTS, INLINE = (frozenset(_ELEMENTS[name]) for name in ("unread", "lists", "inline"))
STRUCK_BEGINS, STRUCK_ENDS = "<!--rogatio:struck-->", "<!--rogatio:/struck-->"
ARRANGING = frozenset(_ELEMENTS["arranging"])
ORDINALS: dict[str, str] = _ELEMENTS["ordinals"]
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[^;]{0,80}line-through", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


class HtmlBlocks:
    """Traverses a tree without recursion, because old pages nest deeper than Python's stack."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._text: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._preformatted = 0
        self._struck = 0
        self._lists: list[_List] = []
        self._skipping: etree._Element | None = None
        self._furniture: Furniture = {}

    def read(self, root: etree._Element) -> None:
        """Add all visible content of ``root`` to the draft, what the page shows around its document as furniture."""
        self._furniture = page_furniture(root)
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                self._comment(element)
            elif event == "start" and self._skipping is None:
                self._start(element)
            elif event == "end":
                self._end(element)
        self._flush()

    def _comment(self, element: etree._Element) -> None:
        if element.text == "rogatio:struck":
            self._struck += 1
        elif element.text == "rogatio:/struck":
            self._struck = max(0, self._struck - 1)
        if self._skipping is None:
            self._add_text(element.tail)

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if self._is_unread(element) or (tag == "table" and is_data_table(element, ARRANGING) and self._table(element)):
            self._skipping = element
        elif tag == "sup" and (element.text or "").strip() in ORDINALS and not len(element):
            self._add_text(ORDINALS[(element.text or "").strip()])
        else:
            self._open(element)
            self._add_text(element.text)

    def _table(self, element: etree._Element) -> bool:
        """Add ``element`` as a table and return True; return False if its cells contain running text."""
        cells = list(table_cells(element, self._cell_text))
        if not reads_as_table((cell.row, cell.column, len(cell.text)) for cell in cells):
            return False
        self._flush()
        self._draft.add_table(cells, element.findtext("caption", ""))
        return True

    def _open(self, element: etree._Element) -> None:
        tag = element.tag
        if tag == "br":
            self._text.append("\n")
        elif tag not in INLINE:
            self._flush()
            if tag in HEADINGS:
                self._kind, self._level = BlockKind.HEADING, HEADINGS[tag]
            elif tag in LISTS:
                self._lists.append(_List(element))
            elif tag == "li":
                self._kind = BlockKind.LIST_ITEM
                self._text.append(self._lists[-1].marker(element) if self._lists else "")
            elif tag == "footnote":  # no element of HTML: one of an XML vocabulary
                self._kind = BlockKind.FOOTNOTE
            elif tag in ("caption", "figcaption"):
                self._kind = BlockKind.CAPTION
            elif tag == "pre":
                self._preformatted += 1

    def _end(self, element: etree._Element) -> None:
        if self._skipping is not None:
            if self._skipping is not element:
                return
            self._skipping = None
        elif element.tag != "br" and element.tag not in INLINE:
            self._flush()
            if element.tag in LISTS and self._lists:
                self._lists.pop()
            elif element.tag == "pre":
                self._preformatted -= 1
        self._add_text(element.tail)

    def _is_unread(self, element: etree._Element) -> bool:
        style = element.get("style", "")
        if _LINE_THROUGH.search(style):
            self._draft.warn("struck_wording")
            return True
        if kind := self._furniture.get(element):
            self._draft.furnish(words(element), kind)
            return True
        if element.get("hidden") is not None or _HIDDEN.search(style):
            self._draft.warn("hidden_text")
            return True
        return element.tag in UNREAD

    def _add_text(self, text: str | None) -> None:
        if text and self._struck:
            self._draft.warn("struck_wording")
        elif text:
            self._text.append(text if self._preformatted else _BLANKS.sub(" ", text))

    def _cell_text(self, element: etree._Element) -> str:
        """Return the text of a table cell."""
        cell = Draft()
        HtmlBlocks(cell).read(element)
        return cell.document("", "").text

    def _flush(self) -> None:
        text = "".join(self._text)
        if text.strip():
            if self._kind is BlockKind.HEADING:
                text = _BLANKS.sub(" ", text)
            self._draft.add(self._kind, text, self._level)
            self._kind, self._level = BlockKind.PARAGRAPH, 0
        self._text.clear()


def words(element: etree._Element) -> str:
    """Return all text inside ``element``."""
    return " ".join(str(text) for text in element.itertext())


class _List:
    """Numbering of an ordered list as browsers show it; unordered lists have no numbers."""

    def __init__(self, element: etree._Element) -> None:
        self._ordered = element.tag == "ol"
        self._style = element.get("type", "1")
        self._next = _integer(element.get("start"), 1)

    def marker(self, item: etree._Element) -> str:
        if not self._ordered:
            return ""
        number = _integer(item.get("value"), self._next)
        self._next = number + 1
        return f"{numeral(number, self._style) or number}. "


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else default
