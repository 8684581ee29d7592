"""HTML of EUR-Lex: numbers before their text, articles as headings, notes apart, no marks of amendments.

The converters of the Publications Office set each number of a list or paragraph into a cell or box of its own, and put
``▼M3`` and ``◄`` around what an act has amended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from extraction.markup.xml_tree import empty, words_in
from extraction.resource import load

_CLASSES: dict[str, Any] = load("extraction.eur_lex")
TITLE, HEADS, NOTES, LABELS = (frozenset(_CLASSES[name]) for name in ("title", "heads", "notes", "labels"))
HEADINGS: dict[str, int] = _CLASSES["headings"]
_AMENDED = re.compile(r"\s*(?:[►▼][A-Z]{1,2}\d{0,3}|◄)\s*")
_LABEL = re.compile(r"\s*[‘“\"«]?(?:\(?(?:\d{1,3}|[a-z]{1,5})[.)]|[—–•‒-])\s*", re.IGNORECASE)
_REFERENCE = re.compile(
    r"0?(?P<number>\d{4}[A-Z]{1,2}\d{4})\s+—\s+(?P<language>[A-Z]{2})\s+—\s+(?P<day>\d\d\.\d\d\.\d{4})"
)


def read_eur_lex(root: etree._Element) -> dict[str, str]:
    """Rename the elements of a page of EUR-Lex in place and return its metadata; nothing of any other page.

    The metadata are country, type, title, language and, of a consolidated text, celex and version_date.
    """
    first = next((element for element in root.iter(etree.Element) if TITLE & _classes(element)), None)
    if first is None:
        return {}
    metadata = {"country": "EU", "type": "eu_act", "title": _title(first)} | dict(_stated(root))
    for element in list(root.iter(etree.Element)):
        if _AMENDED.fullmatch("".join(map(str, element.itertext()))):
            _leave_out(element)
        else:
            _rename(element)
    for element in reversed(list(root.iter(etree.Element))):  # inner numbers before those around them
        if LABELS & _classes(element):
            _number(element, _next(element))
        elif element.tag == "tr" and (cells := _numbered(element)):
            _number(*cells)
    return metadata


def _classes(element: etree._Element) -> frozenset[str]:
    return frozenset(name.removeprefix("oj-") for name in element.get("class", "").split())


def _title(first: etree._Element) -> str:
    """Return the lines of the title from ``first`` on, without remarks in parentheses."""
    lines = [first, *first.itersiblings(etree.Element)]
    texts = [words_in(line) for line in lines if TITLE & _classes(line)]
    return " ".join(text for text in texts if not (text.startswith("(") and text.endswith(")")))


def _stated(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield language, number and day of the head of the page."""
    for element in root.iter(etree.Element):
        classes = _classes(element)
        if _CLASSES["language"] in classes and re.fullmatch("[A-Z]{2}", text := words_in(element)):
            yield "language", text.lower()
        elif _CLASSES["reference"] in classes and (match := _REFERENCE.match(words_in(element))):
            yield "language", match["language"].lower()
            yield "celex", f"3{match['number']}"
            yield "version_date", "-".join(reversed(match["day"].split(".")))


def _leave_out(mark: etree._Element) -> None:
    """Remove a mark of amendments, except in the table that lists them."""
    row = next(mark.iterancestors("tr"), None)
    if row is None or len(list(row.itersiblings("tr"))) + len(list(row.itersiblings("tr", preceding=True))) == 0:
        empty(mark)


def _rename(element: etree._Element) -> None:
    classes = _classes(element)
    if HEADS & classes:
        table = next(element.iterancestors("table"), element)
        table.tag = "nav"  # which is read as the head of the page
    elif NOTES & classes and element.tag == "p":
        element.tag = "footnote"
    elif level := next((HEADINGS[name] for name in classes if name in HEADINGS), 0):
        element.tag = f"h{level}"


def _numbered(row: etree._Element) -> tuple[etree._Element, etree._Element] | None:
    """Return the cells of the only row of a table if they are a number and its text."""
    table = next(row.iterancestors("table"), None)
    rows = () if table is None else [one for one in table.iter("tr") if next(one.iterancestors("table")) is table]
    if len(rows) != 1:
        return None
    cells = list(row.iterchildren("td"))
    return (cells[0], cells[1]) if len(cells) == 2 and _LABEL.fullmatch(words_in(cells[0])) else None


def _next(element: etree._Element) -> etree._Element | None:
    return next(element.itersiblings(etree.Element), None)


def _number(label: etree._Element, numbered: etree._Element | None) -> None:
    """Move the text of ``label`` to the beginning of ``numbered``, unless its own text follows in the same block."""
    if numbered is None or (label.tail or "").strip():
        return
    for event, element in etree.iterwalk(numbered, events=("start", "end")):
        text = element.text if event == "start" else element.tail
        if text and text.strip() and (event == "start" or element is not numbered):
            numbers = f"{words_in(label)} {text.lstrip()}"
            empty(label)
            if event == "start":
                element.text = numbers
            else:
                element.tail = numbers
            return
