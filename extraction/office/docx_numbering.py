"""Computed numbers of lists and headings in DOCX (ISO 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extraction.numbering import numeral

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLES = {
    "decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i",
    "upperRoman": "I", "ordinal": "º",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: start value, number style, and text with ``%1`` for the number of the first level."""

    start: int
    style: str
    text: str


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class DocxNumbering:
    """Counters of the lists of one document, advanced in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: etree._Element) -> None:
        abstract = {
            element.get(W + "abstractNumId", ""): _List(dict(_levels(element)))
            for element in root.iterchildren(W + "abstractNum")
        }
        for number in root.iterchildren(W + "num"):
            abstract_reference = number.find(W + "abstractNumId")
            name = "" if abstract_reference is None else abstract_reference.get(W + "val", "")
            identifier = number.get(W + "numId", "")
            if name in abstract:
                self._lists[identifier] = abstract[name]
                self._restarts[identifier] = dict(_restarts(number))

    def next(self, identifier: str, level: int) -> str:
        """Return the number of the next paragraph of list ``identifier`` at ``level`` (from 0), ``""`` for a bullet."""
        numbers = self._lists.get(identifier)
        if numbers is None or level not in numbers.levels:
            return ""
        restarts = self._restarts[identifier]
        if level in restarts:
            numbers.counts[level] = restarts.pop(level) - 1
        numbers.counts[level] = numbers.counts.get(level, numbers.levels[level].start - 1) + 1
        for deeper in [deeper for deeper in numbers.counts if deeper > level]:
            del numbers.counts[deeper]
        return _PLACE.sub(lambda place: _level_number(numbers, int(place[1]) - 1), numbers.levels[level].text)


def _level_number(numbers: _List, index: int) -> str:
    level = numbers.levels.get(index)
    return numeral(numbers.counts.get(index, level.start), level.style) if level else ""


def _levels(abstract: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in abstract.iterchildren(W + "lvl"):
        values = {str(child.tag).removeprefix(W): child.get(W + "val", "") for child in element}
        style = values.get("numFmt", "decimal")
        text = "" if style in ("bullet", "none") else values.get("lvlText", "")
        yield int(element.get(W + "ilvl", "0")), Level(int(values.get("start") or 1), STYLES.get(style, "1"), text)


def _restarts(number: etree._Element) -> Iterator[tuple[int, int]]:
    for override in number.iterchildren(W + "lvlOverride"):
        start = override.find(W + "startOverride")
        if start is not None:
            yield int(override.get(W + "ilvl", "0")), int(start.get(W + "val", "1"))
