"""Sections of a table without ruling lines that have columns of their own, as those of price lists do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from extraction.block_marks import starts_low
from extraction.layout.page_lines import Rows, Stretches
from extraction.layout.page_words import PageWords

MIN_ROWS = 4  # of a section with more columns than the table
INDENT = 2.0  # type sizes by which a heading may begin to the right of the labels


def sections(
    page: PageWords, segments: Stretches, group: Rows, gaps: list[float], gaps_of: Callable[[Rows], list[float]]
) -> list[tuple[Rows, list[float]]]:
    """Return the rows of each section below a heading with the gaps between its columns, without the headings.

    All rows are one section, with ``gaps``, unless a section has more columns than it fills of those; ``gaps_of``
    returns the gaps of some rows.
    """
    parts = [part for part in _parts(page, segments, group) if part]
    own = [gaps_of(part) for part in parts]
    if not any(
        len(part) >= MIN_ROWS and len(found) >= _filled(segments, part, gaps)
        for part, found in zip(parts, own, strict=True)
    ):
        return [(group, gaps)]
    return [(part, found) for part, found in zip(parts, own, strict=True) if len(part) > 1 and found]


def _filled(segments: Stretches, part: Rows, gaps: list[float]) -> int:
    """Return the number of columns between ``gaps`` that have a stretch in some of the rows."""
    boxes = segments.boxes[[index for row in part for index in row]]
    return len(np.unique(np.searchsorted(gaps, (boxes[:, 0] + boxes[:, 2]) / 2)))


def _parts(page: PageWords, segments: Stretches, group: Rows) -> Iterator[Rows]:
    texts = page.words
    left = min(float(segments.boxes[row[0], 0]) for row in group)
    begins_low = [starts_low(texts[int(segments.words[row[0]][0])]) for row in group]
    part: Rows = []
    for number, row in enumerate(group):
        first = row[0]
        heads = len(row) == 1 and float(segments.boxes[first, 0]) <= left + INDENT * float(segments.size[first])
        if heads and not any(begins_low[number : number + 2]):
            yield part
            part = []
        else:
            part.append(row)
    yield part
