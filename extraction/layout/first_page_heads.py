"""Running head and foot of the first page that are text: those of letters, which have words that no other page has.

Every page of a letter may bear its letterhead, file number, urgency or time limit; running heads of gazettes, laws and
reviews stay furniture. The wording of both is data (``resources/furniture.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

import numpy as np

from extraction.document import FurnitureKind
from extraction.layout.furniture import SMALL, EdgeRow
from extraction.layout.page_layout import Laid
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords
from extraction.layout.paragraphs import Paragraph
from extraction.page_heads import LINES, opening_words, words_of
from extraction.resource import load

MAX_PAGES = 60  # of a letter with its enclosures; longer files are laws and books
RUNNING = (FurnitureKind.RUNNING_HEAD, FurnitureKind.RUNNING_FOOT)


def with_page_heads(laid: Laid, edges: Sequence[tuple[EdgeRow, FurnitureKind]], pages: int) -> Laid:
    """Return the first page of a file of ``pages`` pages with its head and foot as text, if they are those of a letter.

    Left out is what the first lines of the page state too.
    """
    if pages > MAX_PAGES:
        return laid
    known = opening_words(_beginning(laid))
    size = float(np.median(laid.page.size)) if len(laid.page) else 0.0
    heads, feet = (_unstated(_letter_rows(edges, kind, size), known) for kind in RUNNING)
    texts = frozenset(row.text for row in (*heads, *feet))
    return replace(
        laid,
        heads=[Paragraph([_line(laid.page, row)]) for row in heads],
        feet=[Paragraph([_line(laid.page, row)]) for row in reversed(feet)],
        furniture=tuple(item for item in laid.furniture if item.kind not in RUNNING or item.text not in texts),
    )


def _letter_rows(edges: Sequence[tuple[EdgeRow, FurnitureKind]], wanted: FurnitureKind, size: float) -> list[EdgeRow]:
    """Return the rows of a running head or foot, outermost first, if it is that of a letter; ``size``: usual type."""
    rows = [row for row, kind in edges if kind is wanted]
    whole = " ".join(row.text for row in rows)
    if _pattern("law_head").search(whole):
        return []
    is_letterhead = any(row.size > SMALL * size and _pattern("letterhead").search(row.text) for row in rows)
    return rows if is_letterhead or _pattern("letter_head").search(whole) else []


def _unstated(rows: Sequence[EdgeRow], known: str) -> list[EdgeRow]:
    return [row for row in rows if words_of(row.text) not in known]


def _beginning(laid: Laid) -> str:
    """Return the first lines of the page."""
    lines = (line for part in laid.flow if isinstance(part, Paragraph) for line in part.lines)
    return "\n".join(laid.text.text(line) for line in islice(lines, LINES))


def _line(page: PageWords, row: EdgeRow) -> Line:
    """Return an edge row as a line with the sides of its words."""
    x0, top = page.upright[row.words, :2].min(axis=0).tolist()
    x1, bottom = page.upright[row.words, 2:].max(axis=0).tolist()
    return Line(tuple(row.words.tolist()), x0, top, x1, bottom, row.size, row.bold, x0, x1, 0)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    alternatives = "|".join(f"(?:{pattern})" for pattern in load("extraction.furniture")[name])
    return re.compile(rf"(?<!\w)(?:{alternatives})", re.IGNORECASE)
