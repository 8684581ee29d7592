"""Kind of a block, from its type and first characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.block_marks import could_be_heading, is_caption, is_list_item
from extraction.document import BlockKind
from extraction.layout.page_lines import Line

HEADING_SIZE = 1.12  # ratio to the type size of the body
MOST_HEADING_LINES = 4
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True, order=True)
class Style:
    """Typography of a heading; styles are ordered by rank, ``size`` is in points."""

    size: float
    bold: bool
    capitals: bool


def kind_of(text: str, lines: Sequence[Line], body_size: float) -> tuple[BlockKind, Style | None]:
    """Return the kind of a paragraph and, for a heading, its style.

    ``lines`` are the lines of ``text``; ``body_size`` is the type size of the document's body, in points.
    """
    size, bold = lines[0].size, all(line.bold for line in lines)
    capitals = text.isupper() and len(text) > 3
    larger = size >= HEADING_SIZE * body_size
    short = len(lines) <= MOST_HEADING_LINES and could_be_heading(text)
    if short and (larger or (size > 0.95 * body_size and (bold or (capitals and not text.endswith("."))))):
        return BlockKind.HEADING, Style(round(2 * size) / 2, bold, capitals)
    if is_caption(text):
        return BlockKind.CAPTION, None
    return (BlockKind.LIST_ITEM if is_list_item(text) else BlockKind.PARAGRAPH), None


def heading_levels(styles: Iterable[Style]) -> dict[Style, int]:
    """Return the heading level of each style: 1 for the highest rank, at most ``MOST_LEVELS``."""
    ranked = sorted(set(styles), reverse=True)
    return {style: min(rank, MOST_LEVELS) for rank, style in enumerate(ranked, start=1)}
