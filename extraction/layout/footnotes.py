"""Notes at the foot of the columns of a page."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.block_marks import is_footnote, is_open, starts_low
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords

FOOTNOTE_SIZE = 0.93  # largest ratio to the type size of the body
FOOTNOTE_ZONE = 0.4  # share of the page's height above which no footnote begins


def part_footnotes(
    page: PageWords, lines: Sequence[Line], body_size: float, unfinished: bool
) -> tuple[list[Line], list[Line]]:
    """Separate the footnotes of each column from the text above; return text lines and note lines.

    Notes are the last lines of a column, in smaller type than the body. The first has a footnote mark or continues a
    note of the previous column or, if ``unfinished``, of the previous page.
    """
    words = page.words
    notes: set[int] = set()
    ends = [i for i, line in enumerate(lines) if i + 1 == len(lines) or lines[i + 1].column != line.column]
    for end in ends:
        start = end + 1
        while start and _is_note_type(lines[start - 1], lines[end], page, body_size):
            start -= 1
        texts = [" ".join([words[index] for index in line.words]) for line in lines[start : end + 1]]
        if not (unfinished and texts and starts_low(texts[0])):
            start += next((i for i, text in enumerate(texts) if is_footnote(text)), len(texts))
        notes.update(range(start, end + 1))
        unfinished = start <= end and is_open(texts[-1])
    return [line for i, line in enumerate(lines) if i not in notes], [lines[i] for i in sorted(notes)]


def _is_note_type(line: Line, last: Line, page: PageWords, body_size: float) -> bool:
    return (
        line.column == last.column
        and line.size <= FOOTNOTE_SIZE * body_size
        and line.top >= FOOTNOTE_ZONE * page.height
    )
