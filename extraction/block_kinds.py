"""Kind of a block, from its type and first characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extraction.block_marks import could_be_heading, is_caption, is_list_item
from extraction.document import BlockKind
from extraction.layout.page_lines import Line

HEADING_SIZE = 1.12  # of the body's type
MOST_HEADING_LINES = 4
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True, order=True)
class Style:
    """The type of a heading; the greater, the higher it ranks."""

    size: float
    bold: bool
    capitals: bool


def kind_of(text: str, lines: Sequence[Line], body_size: float) -> tuple[BlockKind, Style | None]:
    """Return the kind of a paragraph, and its style where it is a heading."""
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
    """Return the level of each style, from 1, the highest first."""
    ranked = sorted(set(styles), reverse=True)
    return {style: min(rank, MOST_LEVELS) for rank, style in enumerate(ranked, start=1)}
