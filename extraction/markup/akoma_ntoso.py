"""Akoma Ntoso (OASIS LegalDocML, 1.0 to 3.0): provisions with their numbers and headings, FRBR metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from extraction.document import BlockKind, Document
from extraction.draft import Draft
from extraction.errors import RogatioError
from extraction.markup.akoma_ntoso_dates import dates, stated_date
from extraction.markup.akoma_ntoso_lists import list_marker
from extraction.markup.akoma_ntoso_notes import Notes
from extraction.markup.html_tables import table_cells
from extraction.markup.xml_tree import empty, parse_xml, without_namespaces, words_in
from extraction.media_type import AKOMA_NTOSO
from extraction.resource import load

_ELEMENTS: dict[str, Any] = load("extraction.akoma_ntoso")
INLINE, UNREAD = frozenset(_ELEMENTS["inline"]), frozenset(_ELEMENTS["unread"])
NUMBERED_TEXT = frozenset(_ELEMENTS["numbered_text"])
LANGUAGES: dict[str, str] = _ELEMENTS["languages"]
READ_NAMESPACES = frozenset({"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"})
PROSE = 20  # words of an element that is text, not a property
TITLES = ("heading", "subheading")
_IDENTIFIES = re.compile(r"\bu?u?id\b|n(?:umber|úmero|umero|uméro|ummer)\b", re.IGNORECASE)
TITLE_PARAGRAPHS = frozenset({"p", "block", "item", "li", "point"})


def read_akoma_ntoso(path: Path) -> Document:
    """Read ``path``; ``metadata`` has country, type, number, date, language, title, uri, version_date, publication,
    publication_date and the dates of ``extraction.markup.akoma_ntoso_dates``.

    Warnings: ``struck_wording``; ``unknown_xml`` if text is read that stands in a vocabulary of the publisher's own.
    Raises what :func:`extraction.markup.xml_tree.parse_xml` does.
    """
    parsed = parse_xml(path.read_bytes())
    has_own_text = _leave_out_foreign(parsed)
    root = without_namespaces(parsed)
    documents = list(root.iterchildren(etree.Element))  # a collection, and its components behind it
    if not documents:
        raise RogatioError("extraction.malformed", media_type=AKOMA_NTOSO)
    document, draft = documents[0], Draft()
    blocks = _AkomaNtosoBlocks(draft, Notes(root))
    for part in documents:
        blocks.read(part, 0)
    if has_own_text:
        draft.warn("unknown_xml")
    metadata = {"type": str(document.tag), **dict(dates(document)), **dict(_metadata(document))}
    return draft.document(AKOMA_NTOSO, "akoma_ntoso", metadata)


def _leave_out_foreign(root: etree._Element) -> bool:
    """Mark the metadata that publishers put into the text in a vocabulary of their own; return whether some is text."""
    own = etree.QName(root).namespace
    has_text = False
    text: set[etree._Element] = set()
    for element in list(root.iter(etree.Element)):
        space, parent = etree.QName(element).namespace, element.getparent()
        if parent is None or space in (own, None, *READ_NAMESPACES) or _is_within("foreign", element):
            continue
        if parent in text or _has_prose(element):
            text.add(element)
            has_text |= not _is_within("meta", element)
        else:
            element.tag = "meta"
    return has_text


def _has_prose(element: etree._Element) -> bool:
    """Return whether an element within ``element``, or it itself, has a text of ``PROSE`` words."""
    return any(len((within.text or "").split()) >= PROSE for within in element.iter(etree.Element))


def _is_within(name: str, element: etree._Element) -> bool:
    return any(etree.QName(above).localname == name for above in element.iterancestors())


def _metadata(document: etree._Element) -> Iterator[tuple[str, str]]:
    places = {
        "uri": ("meta//FRBRWork/FRBRuri", "value"),
        "country": ("meta//FRBRWork/FRBRcountry", "value"),
        "number": ("meta//FRBRWork/FRBRnumber", "value"),
        "date": ("meta//FRBRWork/FRBRdate", "date"),
        "version_date": ("meta//FRBRExpression/FRBRdate", "date"),
        "language": ("meta//FRBRExpression/FRBRlanguage", "language"),
        "publication": ("meta/publication", "name"),
        "publication_date": ("meta/publication", "date"),
    }
    for name, (place, attribute) in places.items():
        element = document.find(place)
        if element is not None and (value := stated_date(element.get(attribute, ""))):
            value = value if name == "uri" else value.rpartition("/")[2] if value.startswith("http") else value
            yield name, LANGUAGES.get(value.lower(), value) if name == "language" else value
    if title := _title(document) or _name(document):
        yield "title", title


def _name(document: etree._Element) -> str:
    """Return the name of a judgment, or the alias of a work that is no identifier; ``""`` if there is neither."""
    names = document.iterfind("meta//FRBRWork/FRBRname") if document.tag == "judgment" else ()
    aliases = document.iterfind("meta//FRBRWork/FRBRalias")
    named = (*names, *(alias for alias in aliases if not _IDENTIFIES.search(alias.get("name", ""))))
    return next(filter(None, (element.get("value", "") for element in named)), "")


def _title(document: etree._Element) -> str:
    """Return the title in the text, else document type and number of the preface, else ``""``."""
    for place in (".//docTitle", "preface//shortTitle", "preface//longTitle", "coverPage//longTitle"):
        title = document.find(place)
        if title is not None and (words := "".join(_title_parts(title)).strip()):
            return words
    if _name(document):
        return ""
    named = (document.find(f"preface//{name}") for name in ("docType", "docNumber"))
    return " ".join(
        words for element in named if element is not None and (words := "".join(map(str, element.itertext())).strip())
    )


def _title_parts(title: etree._Element) -> Iterator[str]:
    """Yield the text of a title with a space before each of its paragraphs, as of those of a law that names others."""
    for event, element in etree.iterwalk(title, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield f" {element.text or ''}" if element.tag in TITLE_PARAGRAPHS else element.text or ""
        elif element is not title:
            yield element.tail or ""


class _AkomaNtosoBlocks:
    """Converts an element tree to blocks; the parser bounds its depth and thus the recursion."""

    def __init__(self, draft: Draft, notes: Notes) -> None:
        self._draft = draft
        self._all_notes = notes
        self._text: list[str] = []
        self._number = ""
        self._notes: list[str] = []

    def read(self, element: etree._Element, level: int) -> None:
        """Add ``element``; ``level`` is the number of headings above it."""
        level += self._headed(element, level + 1)
        if element.tag == "li":
            self._number = " ".join(filter(None, (self._number, list_marker(element))))
        self._add_text(element.text)
        for child in element:
            self._child(child, level)
            self._add_text(child.tail)
        self._flush(element)

    def _child(self, child: etree._Element, level: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in UNREAD or tag in TITLES or tag == "num":
            return
        if tag == "del":
            self._draft.warn("struck_wording")
        elif tag == "authorialNote":
            self._note(*self._all_notes.authorial(child))
        elif tag == "noteRef":
            self._note(*self._all_notes.referred(child))
        elif tag in ("eol", "br"):
            self._text.append("\n")
        elif tag == "table":
            self._flush(child)
            self._table(child)
        elif tag in INLINE and not _holds_blocks(child):
            self._inline(child, level)
        else:
            self._flush(child)
            self.read(child, level)

    def _table(self, table: etree._Element) -> None:
        """Add a table with the marks of its notes, and these behind it."""
        for note in list(table.iter("authorialNote", "noteRef")):
            authorial = note.tag == "authorialNote"
            mark, text = self._all_notes.authorial(note) if authorial else self._all_notes.referred(note)
            empty(note)
            note.text = mark
            self._notes += filter(None, (text,))
        caption = table.find("caption")
        self._draft.add_table(table_cells(table, words_in), "" if caption is None else words_in(caption))
        self._add_notes()

    def _note(self, mark: str, text: str) -> None:
        """Add the ``mark`` of a note to the text, and its ``text``, if any, behind the block."""
        self._text.append(mark)
        if text:
            self._notes.append(text)

    def _inline(self, element: etree._Element, level: int) -> None:
        self._add_text(element.text)
        for child in element:
            if element.tag == "signature" and self._text:
                self._text.append("\n")
            self._child(child, level)
            self._add_text(child.tail)
        if element.tag == "signature":
            self._text.append("\n")

    def _headed(self, element: etree._Element, level: int) -> int:
        """Add the number and heading of ``element``; return 1 if they form a heading, else 0."""
        number = " ".join(words_in(child) for child in element.iterchildren("num"))
        titles = [title for name in TITLES for child in element.iterchildren(name) if (title := words_in(child))]
        if not titles and (element.tag in NUMBERED_TEXT or not any(map(str.isalpha, number))):
            self._number = " ".join(filter(None, (self._number, number)))
            return 0
        self._flush(element)
        self._draft.add(BlockKind.HEADING, "\n".join(filter(None, (number, *titles))), level)
        return 1

    def _add_text(self, text: str | None) -> None:
        if text:
            self._text.append(" ".join(text.split()).join((text[:1].isspace() * " ", text[-1:].isspace() * " ")))

    def _flush(self, element: etree._Element) -> None:
        text = "".join(self._text).strip()
        self._text.clear()
        if text:
            kind = BlockKind.LIST_ITEM if self._number or element.tag == "item" else BlockKind.PARAGRAPH
            self._draft.add(kind, f"{self._number} {text}")
            self._number = ""
        self._add_notes()

    def _add_notes(self) -> None:
        for note in self._notes:
            self._draft.add(BlockKind.FOOTNOTE, note)
        self._notes.clear()


def _holds_blocks(element: etree._Element) -> bool:
    """Return whether an inline element contains block elements, such as quoted provisions."""
    return next(element.iter("p", "quotedStructure", "content", "table"), None) is not None
