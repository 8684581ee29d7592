"""Kind of a DOCX paragraph by its style: heading, caption, numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from extraction.office.docx_numbering import W

_HEADING = re.compile(r"(?:heading|t[ií]tulo|titre|überschrift)\s*([1-9])", re.IGNORECASE)
_TITLE = frozenset({"title", "título", "titulo", "titre"})
_CAPTION = frozenset({"caption", "epígrafe", "legenda", "légende"})


@dataclass(frozen=True, slots=True)
class Style:
    """``level`` is the depth of a heading from 1, else 0; ``number`` is a list identifier and a level from 0."""

    level: int = 0
    caption: bool = False
    number: tuple[str, int] | None = None


class DocxStyles:
    """The paragraph styles of one document with inheritance resolved."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else root.iterchildren(W + "style")
        self._elements = {element.get(W + "styleId", ""): element for element in styles}
        self._resolved_styles: dict[str, Style] = {}

    def of(self, paragraph: etree._Element) -> Style:
        """Return the style of ``paragraph``; its direct properties take precedence over its named style."""
        properties = paragraph.find(W + "pPr")
        style = self._named(_value(properties, "pStyle"))
        level, number = _outline(properties), _number(properties)
        return Style(
            style.level if level is None else level,
            style.caption,
            style.number if number is None else number if number[0] != "0" else None,
        )

    def _named(self, identifier: str) -> Style:
        if identifier not in self._resolved_styles:
            self._resolved_styles[identifier] = self._resolved(identifier)
        return self._resolved_styles[identifier]

    def _resolved(self, identifier: str) -> Style:
        style, seen = Style(), set[str]()
        while identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            element = self._elements[identifier]
            name, properties = _value(element, "name").lower(), element.find(W + "pPr")
            heading = _HEADING.match(name)
            named = int(heading[1]) if heading else 1 if name in _TITLE else 0
            style = Style(
                style.level or named or _outline(properties) or 0,
                style.caption or name in _CAPTION,
                style.number or _number(properties),
            )
            identifier = _value(element, "basedOn")
        return style


def _value(element: etree._Element | None, name: str) -> str:
    child = None if element is None else element.find(W + name)
    return "" if child is None else child.get(W + "val", "")


def _outline(properties: etree._Element | None) -> int | None:
    """Return the outline depth from 1, 0 for body text, None if it is not specified."""
    value = _value(properties, "outlineLvl")
    if not value.isdecimal():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def _number(properties: etree._Element | None) -> tuple[str, int] | None:
    numbered = None if properties is None else properties.find(W + "numPr")
    if numbered is None or not (identifier := _value(numbered, "numId")):
        return None
    level = _value(numbered, "ilvl")
    return identifier, int(level) if level.isdecimal() else 0
