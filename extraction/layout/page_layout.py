"""Layout of one page: furniture, tables, paragraphs and footnotes of its columns in reading order.

Line numbers, stamps and marginal strips, which one page is enough to recognise, are separated first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from extraction.block_marks import is_footnote, is_open, starts_low
from extraction.document import Furniture, FurnitureKind
from extraction.layout.account_tables import account_tables
from extraction.layout.address_blocks import address_words, around_addresses, has_addresses
from extraction.layout.aligned_tables import aligned_tables
from extraction.layout.banded_tables import banded_tables
from extraction.layout.caption_marks import around_marks
from extraction.layout.captions import around_captions
from extraction.layout.filled_blanks import part_at_filled_blanks
from extraction.layout.furniture import EdgeRow, as_furniture, in_order
from extraction.layout.labelled_values import around_labelled, labelled_words
from extraction.layout.line_numbers import line_numbers
from extraction.layout.page_lines import Line, Stretches, column_lines, rows, stretches
from extraction.layout.page_words import OBLIQUE, PageWords, directions, in_frame, without
from extraction.layout.paragraphs import (
    PageText,
    Paragraph,
    is_parallel_text,
    language_of,
    may_differ,
    paragraphs,
    right_margin,
    usual_pitch,
)
from extraction.layout.reading_order import MIN_LABELS, columns
from extraction.layout.received_stamps import apart_from_stamp
from extraction.layout.right_to_left import has_right_to_left, reading_order
from extraction.layout.ruled_boxes import around_boxes
from extraction.layout.table_headers import with_headers
from extraction.layout.tables import PageTable, tables

WHOLE_WIDTH = 0.9  # share of the text's width
MARGIN = 0.12  # share of the page's side: rotated words in this margin are a stamp or a verification strip


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """A page in reading order: paragraphs and tables, then its footnotes.

    ``heads`` and ``feet`` are the lines of its head and foot that are text.
    """

    page: PageWords
    text: PageText
    flow: list[Paragraph | PageTable]
    footnotes: list[Paragraph]
    furniture: tuple[Furniture, ...]
    heads: list[Paragraph] = field(default_factory=list)
    feet: list[Paragraph] = field(default_factory=list)

    @property
    def breaks_off_in_note(self) -> bool:
        """Whether the last note of the page may continue at the foot of the next."""
        return bool(self.footnotes) and is_open(self.text.text(self.footnotes[-1].lines[-1]))


def lay_out(
    page: PageWords,
    parts: PageParts,
    edges: Sequence[tuple[EdgeRow, FurnitureKind]],
    body_size: float,
    in_note: bool = False,
) -> Laid:
    """Return the page in reading order, with the rows ``edges`` as furniture.

    ``body_size`` is the type size of the document's body in points; ``in_note`` whether the previous page ended within
    a footnote.
    """
    body = parts.body
    if edges:
        body = without(body, np.concatenate([row.words for row, _ in edges]))
    furniture = in_order([as_furniture(page, row.words, kind) for row, kind in edges])
    if len(parts.line_numbers):
        furniture.append(as_furniture(page, parts.line_numbers, FurnitureKind.LINE_NUMBER))
    if len(parts.stamps):
        furniture.append(as_furniture(page, parts.stamps, FurnitureKind.STAMP))
    furniture += page.notes
    page_tables = _tables(page, body)
    lines = _lines(page, _without(body, page_tables))
    if has_right_to_left(page.text):
        lines, page_tables = _in_reading_order(page, lines, page_tables)
    main, notes = part_footnotes(page, lines, body_size, in_note)
    text = PageText(
        page.words, _widths(page, lines), usual_pitch(lines), _languages(page, lines), right_margin(page, lines)
    )
    flow = _with_tables(paragraphs(main, text), page_tables)
    return Laid(page, text, flow, paragraphs(notes, text), tuple(furniture))


def _in_reading_order(
    page: PageWords, lines: Sequence[Line], page_tables: Sequence[PageTable]
) -> tuple[list[Line], list[PageTable]]:
    """Return lines and tables with the words of each line and cell in the order in which they are read."""
    texts = page.words
    ordered = [replace(line, words=tuple(reading_order(line.words, texts))) for line in lines]
    return ordered, [
        replace(table, cells=[replace(cell, words=_ordered_cell(page, cell.words, texts)) for cell in table.cells])
        for table in page_tables
    ]


def _ordered_cell(page: PageWords, words: list[int], texts: list[str]) -> list[int]:
    lines = rows(page.upright[words]) if words else []
    return [index for line in lines for index in reading_order([words[place] for place in line], texts)]


def _tables(page: PageWords, body: NDArray[np.int64]) -> list[PageTable]:
    """Return the tables of each direction of the words with their headers, ruled and aligned, from top to bottom."""
    found: list[PageTable] = []
    for turn in directions(page, body):
        if turn == OBLIQUE:
            continue
        frame = in_frame(page, turn)
        ruled = [table for table in tables(frame, body, turn) if not is_parallel_text(page, table)]
        body = _without(body, ruled)
        level = body[page.turn[body] == turn]
        banded = banded_tables(frame, level)
        body, level = _without(body, banded), _without(level, banded)
        aligned = _aligned(frame, level) if turn == 0 or len(level) > len(body) / 2 else []
        body, level = _without(body, aligned), _without(level, aligned)
        accounts = account_tables(frame, level)
        body = _without(body, accounts)
        ordered = sorted(ruled + banded + aligned + accounts, key=lambda table: table.top)
        found += [with_headers(frame, table) for table in ordered]
    return found


def _aligned(frame: PageWords, level: NDArray[np.int64]) -> list[PageTable]:
    """Return the tables without lines among the words ``level``, except labelled values and addresses side by side."""
    found = aligned_tables(frame, level)
    if not found:
        return []
    segments, words = stretches(frame, level), frame.words
    apart = np.concatenate((labelled_words(segments, words), address_words(segments, words)))
    return aligned_tables(frame, without(level, apart)) if len(apart) else found


def _without(body: NDArray[np.int64], page_tables: Sequence[PageTable]) -> NDArray[np.int64]:
    if not page_tables:
        return body
    return without(body, np.concatenate([table.words for table in page_tables]))


def _lines(page: PageWords, body: NDArray[np.int64]) -> list[Line]:
    """Return the lines in reading order; words in other directions follow those in the main one."""
    lines: list[Line] = []
    column = 0
    for turn in directions(page, body):
        segments = part_at_filled_blanks(stretches(page, body[page.turn[body] == turn]), page)
        for part in _parts(page, segments) if turn == 0 else [segments]:
            for indices in columns(part, _labels(page, part)):
                lines += column_lines(part.chosen(indices), column)
                column += 1
    return lines


def _labels(page: PageWords, part: Stretches) -> NDArray[np.bool_] | None:
    """Return which stretches have a label, a word that ends in a colon; None with too few for a form in columns."""
    if page.text.count(":") < 2 * MIN_LABELS:
        return None
    words = page.words
    return np.array([any(words[index][-1] == ":" for index in stretch) for stretch in part.words], np.bool_)


def _parts(page: PageWords, segments: Stretches) -> list[Stretches]:
    """Return boxes, stamps, sides of captions, addresses and labelled values, and what is around them, in order."""
    has_uprights = bool((page.rulings[:, 3] - page.rulings[:, 1] > page.rulings[:, 2] - page.rulings[:, 0]).any())
    boxes = around_boxes(segments, page.rulings, page.words) if has_uprights else [segments]
    if len(boxes) > 1 and _in_two_languages(page, segments):
        boxes = [segments]
    bands = [band for box in boxes for band in _bands(page, box)]
    ruled = [part for band in bands for part in apart_from_stamp(band, page.words)]
    if has_uprights:
        ruled = [part for whole in ruled for part in around_captions(whole, page.rulings)]
    marked = [part for whole in ruled for part in around_marks(whole, page)]
    if has_addresses(segments, page.words):
        marked = [part for whole in marked for part in around_addresses(whole, page.words)]
    return [part for whole in marked for part in around_labelled(whole)]


def _languages(page: PageWords, lines: Sequence[Line]) -> dict[int, str]:
    """Return the language of each column if there are two or more, else nothing."""
    if not lines or lines[-1].column == lines[0].column:
        return {}
    words, columns = page.words, defaultdict[int, list[str]](list)
    for line in lines:
        columns[line.column] += [words[index] for index in line.words]
    return {column: language_of(texts) for column, texts in columns.items()}


def _bands(page: PageWords, segments: Stretches) -> list[Stretches]:
    """Split the page at ruling lines of nearly its full width, unless it has columns in two languages."""
    x0, top, x1, bottom = page.rulings.T
    left, right = float(segments.boxes[:, 0].min()), float(segments.boxes[:, 2].max())
    across = (bottom - top < 2) & (np.minimum(x1, right) - np.maximum(x0, left) >= WHOLE_WIDTH * (right - left))
    if not across.any():
        return [segments]
    band = np.searchsorted(np.sort(top[across]), (segments.boxes[:, 1] + segments.boxes[:, 3]) / 2)
    numbers = np.unique(band)
    if len(numbers) == 1 or _in_two_languages(page, segments):
        return [segments]
    return [segments.chosen(np.flatnonzero(band == number)) for number in numbers]


def _in_two_languages(page: PageWords, segments: Stretches) -> bool:
    words = page.words
    if not may_differ(words) or language_of(words):
        return False
    chosen = [np.concatenate(segments.chosen(column).words).tolist() for column in columns(segments)]
    return len({language_of([words[index] for index in column]) for column in chosen} - {""}) > 1


def _widths(page: PageWords, lines: Sequence[Line]) -> dict[int, float]:
    """Return the width in points of the first word of each line, by the word's index."""
    first = [line.words[0] for line in lines]
    widths = page.upright[first, 2] - page.upright[first, 0]
    return dict(zip(first, widths.tolist(), strict=True))


def _with_tables(page_paragraphs: list[Paragraph], page_tables: Sequence[PageTable]) -> list[Paragraph | PageTable]:
    """Insert each table before the first paragraph of its column that begins below it."""
    flow: list[Paragraph | PageTable] = list(page_paragraphs)
    for table in page_tables:
        place = len(flow)
        for index, part in enumerate(flow):
            if isinstance(part, Paragraph) and part.lines[0].top >= table.top and _over(part.lines[0], table):
                place = index
                break
        flow.insert(place, table)
    return flow


def _over(line: Line, table: PageTable) -> bool:
    return line.left < table.right and line.right > table.left


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


@dataclass(frozen=True, slots=True, eq=False)
class PageParts:
    """Word indices by function; ``body`` are all others."""

    body: NDArray[np.int64]
    line_numbers: NDArray[np.int64]
    stamps: NDArray[np.int64]


def page_parts(page: PageWords) -> PageParts:
    """Separate line numbers, watermarks and marginal strips, which a single page is enough to recognise."""
    everything = np.arange(len(page))
    turns = directions(page, everything)
    main = turns[0] if turns else 0
    body, aside = everything, everything[:0]
    if len(turns) > 1 and main != OBLIQUE:
        is_aside = (page.turn == OBLIQUE) | ((page.turn != main) & _in_margin(page))
        body, aside = everything[~is_aside], everything[is_aside]
    numbers = line_numbers(page, body)
    return PageParts(without(body, numbers), numbers, aside)


def _in_margin(page: PageWords) -> NDArray[np.bool_]:
    x0, top, x1, bottom = page.boxes.T
    across, down = MARGIN * page.width, MARGIN * page.height
    outside: NDArray[np.bool_] = (
        (x1 < across) | (x0 > page.width - across) | (bottom < down) | (top > page.height - down)
    )
    return outside
