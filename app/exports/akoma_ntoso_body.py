"""The body of an Akoma Ntoso 3.0 document: the text of a law as a hierarchy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from app.exports.report import printable
from extraction.resource import load
from nlp.annotations import Unit

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"


def add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """Append a new child to ``parent`` and return it."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        element.set(name, value)
    return element


_MAX_NUMBER_LENGTH = 60
_ENUMERATION = re.compile(r"\(?[\w.ºª°-]{1,12}[.)ºª°]+(?:[.-]+)?(?=\s)")


def _elements() -> dict[str, dict[str, str]]:
    """Return the element and the prefix of identifiers for each kind of unit."""
    elements: dict[str, dict[str, str]] = load("app.akoma_ntoso")["units"]
    return elements


@dataclass(slots=True)
class Node:
    """A unit with its immediate subunits."""

    unit: Unit
    children: list[Node] = field(default_factory=list)


def tree(units: Sequence[Unit], start: int, end: int) -> list[Node]:
    """Return the units between two offsets as trees; units that partly overlap another are omitted."""
    roots: list[Node] = []
    way: list[Node] = []
    for unit in sorted((unit for unit in units if start <= unit.start and unit.end <= end), key=_outermost_first):
        while way and unit.start >= way[-1].unit.end:
            way.pop()
        if way and unit.end > way[-1].unit.end:
            continue
        node = Node(unit)
        (way[-1].children if way else roots).append(node)
        way.append(node)
    return roots


def _outermost_first(unit: Unit) -> tuple[int, int]:
    return unit.start, -unit.end


@dataclass(slots=True)
class Body:
    """Writes units of ``text`` into ``parent``; every identifier is unique."""

    text: str
    given: set[str] = field(default_factory=set)

    def write(self, parent: etree._Element, nodes: Sequence[Node], start: int, end: int) -> None:
        """Write the units between two offsets, and the text around them."""
        at = start
        for node in nodes:
            self._loose(parent, at, node.unit.start)
            self._unit(parent, node, "")
            at = node.unit.end
        self._loose(parent, at, end)

    def _loose(self, parent: etree._Element, start: int, end: int) -> None:
        """Write text that belongs to no unit."""
        if lines := self._lines(start, end):
            container = add(parent, "hcontainer", name="text", eId=self._identifier("hcontainer_text"))
            _paragraphs(add(container, "content"), lines)

    def _unit(self, parent: etree._Element, node: Node, above: str) -> None:
        unit, known = node.unit, _elements().get(node.unit.kind, {})
        if unit.kind == "article" and unit.label.startswith("s."):  # acts of common law countries have sections
            known = _elements()["section"]
        name = known.get("element", "")
        element = add(parent, name) if name else add(parent, "hcontainer", name=_word(unit.kind))
        element.set("eId", self._identifier(_own_identifier(unit, known.get("prefix", "hcontainer"), above)))
        first = node.children[0].unit.start if node.children else unit.end
        lines = self._head(element, unit, self._lines(unit.start, first))
        if node.children:
            self._within(element, node, lines)
        else:
            _paragraphs(add(element, "content"), lines or [""])

    def _head(self, element: etree._Element, unit: Unit, lines: list[str]) -> list[str]:
        """Write number and heading as printed and return the remaining lines."""
        if not lines:
            return lines
        number, heading, rest = head_of(lines[0], unit)
        if number:
            add(element, "num").text = number
        if heading:
            add(element, "heading").text = heading
        return [*([rest] if rest else []), *lines[1:]]

    def _within(self, element: etree._Element, node: Node, lines: list[str]) -> None:
        if lines:
            _paragraphs(add(element, "intro"), lines)
        above = element.get("eId", "")
        at = node.children[0].unit.start
        for child in node.children:
            self._loose(element, at, child.unit.start)
            self._unit(element, child, above)
            at = child.unit.end
        if after := self._lines(at, node.unit.end):
            _paragraphs(add(element, "wrapUp"), after)

    def _lines(self, start: int, end: int) -> list[str]:
        lines = (" ".join(line.split()) for line in printable(self.text[start:end]).split("\n"))
        return [line for line in lines if line]

    def _identifier(self, preferred: str) -> str:
        found, number = preferred, 1
        while found in self.given:
            number += 1
            found = f"{preferred}-{number}"
        self.given.add(found)
        return found


def head_of(line: str, unit: Unit) -> tuple[str, str, str]:
    """Split the first line of a unit into number, heading and the rest."""
    at = line.find(unit.heading) if unit.heading else -1
    if 0 < at <= _MAX_NUMBER_LENGTH and not line[at + len(unit.heading) :].strip(" .:*-–—)"):
        return line[:at].strip(), line[at:].strip(), ""
    if (found := _ENUMERATION.match(line)) and unit.kind not in ("article", "disposition"):
        return found.group(), "", line[found.end() :].strip()
    if len(line) <= _MAX_NUMBER_LENGTH and unit.kind in ("article", "disposition", "section", "chapter", "title"):
        return line, "", ""
    return "", "", line


def _own_identifier(unit: Unit, prefix: str, above: str) -> str:
    """Return ``art_301`` for an article, ``art_301__point_a`` for what is within one (naming convention 3.0)."""
    own = f"{prefix}_{_word(unit.label.rpartition(' ')[2]) or 'x'}"
    return f"{above}__{own}" if above and prefix not in ("art", "sec") else own


def _word(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")


def _paragraphs(parent: etree._Element, lines: Sequence[str]) -> None:
    for line in lines:
        add(parent, "p").text = line
