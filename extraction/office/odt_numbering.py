"""Computed numbers of ODT lists (ISO 26300-1, 16.30), by list style and level, with continued numbering."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from extraction.numbering import numeral

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class OdtLists:
    """The open lists of one document, outermost first, and the last numbers of those that ended."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._styles = {
            style.get(STYLE + "name", ""): {
                level.get(TEXT + "level", "1"): level for level in style.iterchildren(TEXT + "list-level-style-number")
            }
            for root in roots
            for style in root.iter(TEXT + "list-style")
        }
        self._open: list[tuple[str, int]] = []
        self._ended: dict[tuple[str, int], int] = {}
        self._pending = False

    @property
    def inside(self) -> bool:
        """Whether a list is open."""
        return bool(self._open)

    @contextmanager
    def entered(self, element: etree._Element) -> Iterator[None]:
        """Open the list ``element``, numbered from its start value or continued from the last list of its style."""
        style = element.get(TEXT + "style-name") or (self._open[-1][0] if self._open else "")
        depth = len(self._open) + 1
        continued = element.get(TEXT + "continue-numbering") == "true" or element.get(TEXT + "continue-list")
        count = self._ended.get((style, depth), 0) if continued else self._start(style, depth) - 1
        self._open.append((style, count))
        yield
        self._ended[style, depth] = self._open.pop()[1]
        self._pending = False

    def count(self, item: etree._Element) -> None:
        """Advance the counter of the innermost list to its next ``item``."""
        style, count = self._open[-1]
        start = item.get(TEXT + "start-value", "")
        self._open[-1] = (style, int(start) if start.isdecimal() and len(start) < 7 else count + 1)
        self._pending = True

    def marker(self) -> str:
        """Return the number of the item before its first paragraph, ``""`` for later paragraphs."""
        if not self._pending:
            return ""
        self._pending = False
        depth = len(self._open)
        level = self._level(self._open[-1][0], depth)
        if level is None or not level.get(STYLE + "num-format"):
            return ""
        shown = int(level.get(TEXT + "display-levels", "1"))
        numbers = [self._number(each) for each in range(max(1, depth - shown + 1), depth + 1)]
        return level.get(STYLE + "num-prefix", "") + ".".join(numbers) + level.get(STYLE + "num-suffix", "")

    def _number(self, depth: int) -> str:
        style, count = self._open[depth - 1]
        level = self._level(style, depth)
        return numeral(count, "1" if level is None else level.get(STYLE + "num-format", "1")) or str(count)

    def _level(self, style: str, depth: int) -> etree._Element | None:
        return self._styles.get(style, {}).get(str(depth))

    def _start(self, style: str, depth: int) -> int:
        level = self._level(style, depth)
        start = "1" if level is None else level.get(TEXT + "start-value", "1")
        return int(start) if start.isdecimal() and len(start) < 7 else 1
