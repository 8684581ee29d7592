"""Rectangles over a page's image: hits, entities, doubtful words and the blocks that step with the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.pages.marked_text import Mark
from extraction.document import Box, Words
from nlp.annotations import Span

KIND_STYLES = {
    "PERSON": 0,
    "ORGANISATION": 0,
    "LAW": 1,
    "CASE": 1,
    "TREATY": 1,
    "REFERENCE": 1,
    "COUNTRY": 2,
    "NATIONALITY": 2,
    "LOCATION": 2,
    "DATE": 3,
    "MONEY": 3,
    "IDENTIFIER": 3,
}
OTHER_STYLE = 4


@dataclass(frozen=True, slots=True)
class PageMark:
    """One rectangle in points of the page, with the style classes it is drawn in and the anchor it leads to."""

    box: Box
    style: str
    anchor: str = ""


def kind_style(label: str) -> int:
    """Return the number of the line style (``.kind-N`` of the style sheet) of an entity's label."""
    return KIND_STYLES.get(label, OTHER_STYLE)


def entity_marks(words: Words, page: int, entities: Iterable[Span]) -> Iterator[PageMark]:
    for entity in entities:
        for box in line_boxes(words, page, entity.start, entity.end):
            yield PageMark(box, f"entity-box kind-{kind_style(entity.label)}", f"c{entity.start}")


def mention_marks(words: Words, page: int, mentions: Iterable[Span]) -> Iterator[PageMark]:
    """Yield the marks of the entity that the reader follows."""
    for mention in mentions:
        for box in line_boxes(words, page, mention.start, mention.end):
            yield PageMark(box, "mention-box", f"c{mention.start}")


def hit_marks(words: Words, page: int, hits: Iterable[Mark], now: Mark | None) -> Iterator[PageMark]:
    for start, end in hits:
        anchor = "hit" if (start, end) == now else f"m{start}"
        for box in line_boxes(words, page, start, end):
            yield PageMark(box, "hit-box", anchor)


def line_boxes(words: Words, page: int, start: int, end: int) -> list[Box]:
    """Return one rectangle for each line of ``page`` on which words of ``[start, end)`` stand."""
    lines: list[Box] = []
    for placed in words.boxes(start, end):
        if placed.page != page:
            continue
        if lines and _same_line(lines[-1], placed.box):
            lines[-1] = _around(lines[-1], placed.box)
        else:
            lines.append(placed.box)
    return lines


def _same_line(left: Box, right: Box) -> bool:
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    height = min(left.bottom - left.top, right.bottom - right.top)
    return overlap > height / 2 and -height < right.x0 - left.x1 < 3 * height


def _around(left: Box, right: Box) -> Box:
    return Box(min(left.x0, right.x0), min(left.top, right.top), max(left.x1, right.x1), max(left.bottom, right.bottom))
