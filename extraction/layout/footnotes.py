"""Notes at the foot of the columns of a page."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.block_marks import is_footnote, is_open, starts_low
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords

FOOTNOTE_SIZE = 0.93  # of the body's type
FOOTNOTE_ZONE = 0.4  # of the page's height, above which no footnote begins


def part_footnotes(
    page: PageWords, lines: Sequence[Line], body_size: float, unfinished: bool
) -> tuple[list[Line], list[Line]]:
    """Part the notes at the foot of each column from the text above them.

    Notes are the last lines of a column, in type smaller than the body's, the first of them with a mark or the rest
    of a note in the column or, where that is ``unfinished``, on the page before.
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
