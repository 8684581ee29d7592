"""Serialises laid-out lines to text and records the position of each word."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from extraction.block_marks import Vocabulary
from extraction.document import WORD_BOX, Cell, PlacedBox, Table, Words
from extraction.draft import BETWEEN_BLOCKS
from extraction.layout.continued_tables import TablePart, joined_cells
from extraction.layout.page_layout import Laid
from extraction.layout.page_lines import Line
from extraction.layout.page_words import PageWords, surrounding

_LINES_BACK = 5


@dataclass(slots=True)
class WrittenBlock:
    """A block being written: ``parts`` of its text, and start and end of each word as offsets."""

    position: int
    parts: list[str]
    starts: list[int]
    ends: list[int]

    @property
    def text(self) -> str:
        """The last ``_LINES_BACK`` lines written, enough for one sentence."""
        return "".join(self.parts[-2 * _LINES_BACK : -1])

    def line(self, words: Sequence[str]) -> None:
        """Write the words of a line."""
        starts = list(accumulate([len(word) + 1 for word in words], initial=self.position))
        self.position = starts.pop()
        self.starts += starts
        self.ends += [start - 1 for start in starts[1:]]
        self.ends.append(self.position - 1)
        self.parts += (" ".join(words), " ")

    def mend(self, word: str, drops_hyphen: bool) -> None:
        """Join ``word`` to the hyphenated end of the previous line; both boxes then refer to the whole word."""
        self.parts.pop()
        self.position -= 1
        if drops_hyphen:
            self.parts[-1] = self.parts[-1][:-1]
            self.position -= 1
        self.parts += (word, " ")
        self.position += len(word) + 1
        begin = self.starts[-1]
        self.starts.append(begin)
        self.ends.append(self.position - 1)
        index = len(self.starts) - 2
        while index >= 0 and self.starts[index] == begin:
            self.ends[index] = self.position - 1
            index -= 1


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a paragraph on one page."""

    laid: Laid
    lines: list[Line]


@dataclass(slots=True)
class _WordPositions:
    """Word indices of one page with their start and end in the text."""

    page: PageWords | None = None
    indices: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class TextWriter:
    """Appends blocks, separated by two line feeds; ``length`` is the length of the text so far."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._texts: list[str] = []
        self._rows: deque[NDArray[np.void]] = deque()
        self._kept = _WordPositions()
        self.length = 0

    def add(self, pieces: Sequence[Piece]) -> tuple[int, list[int]]:
        """Append a paragraph; return its start and the start of each of its pieces, as offsets."""
        start = self._next_start()
        block = WrittenBlock(start, [], [], [])
        offsets = self._write_lines(block, pieces)
        written = 0  # only now: joining a word across pages changed the end of its first half
        for piece in pieces:
            indices = [index for line in piece.lines for index in line.words]
            last = written + len(indices)
            self._keep(piece.laid.page, indices, block.starts[written:last], block.ends[written:last])
            written = last
        self._append("".join(block.parts[:-1]))
        return start, offsets

    def _write_lines(self, block: WrittenBlock, pieces: Sequence[Piece]) -> list[int]:
        """Write the lines of ``pieces``, joining hyphenated words; return the offset of each piece."""
        offsets: list[int] = []
        last = ""
        for piece in pieces:
            for number, line in enumerate(piece.lines):
                words = [piece.laid.text.words[index] for index in line.words]
                mends = _is_broken(last, words[0]) and not self._vocabulary.closes_aside(block.text, words[0])
                if not number:
                    offsets.append(block.position - mends)
                last = words[-1]
                if mends:
                    before = block.parts[-2].rsplit(" ", 1)[-1]
                    drops = before[-1] == "-" and self._vocabulary.drops_hyphen(before, words[0])
                    block.mend(words[0], drops)
                    words = words[1:]
                if words:
                    block.line(words)
        return offsets

    def add_table(self, table_parts: Sequence[TablePart]) -> tuple[Table, list[int]]:
        """Append a table as one line per row with tabs between cells; return it and the offset of each part."""
        start = position = self._next_start()
        texts: list[str] = []
        cells: list[Cell] = []
        offsets: list[int] = []
        row = 0
        for number, part_cells in joined_cells(table_parts):
            page, page_words = table_parts[number].laid.page, table_parts[number].laid.text.words
            for cell in part_cells:
                if cells:
                    texts.append("\t" if cell.row == row else "\n")
                    position += 1
                row = cell.row
                if len(offsets) == number:
                    offsets.append(position)
                end = position
                if cell.words:
                    words = [page_words[index] for index in cell.words]
                    starts, ends = [position], [position + len(words[0])]
                    text = words[0]
                    for place, word in enumerate(words[1:]):
                        gap = "" if _is_broken_number(page, cell.words, words, place) else " "
                        text += gap + word
                        starts.append(ends[-1] + len(gap))
                        ends.append(starts[-1] + len(word))
                    end = ends[-1]
                    self._keep(page, cell.words, starts, ends)
                    texts.append(text)
                cells.append(Cell(cell.row, cell.column, position, end, cell.row_span, cell.column_span, cell.header))
                position = end
        self._append("".join(texts))
        boxes = tuple(
            PlacedBox(part.laid.page.number, surrounding(part.laid.page.boxes[part.table.words]))
            for part in table_parts
        )
        return Table(start, self.length, tuple(cells), "", boxes), offsets

    @property
    def last(self) -> str:
        """The text of the last block."""
        return self._texts[-1]

    def text(self) -> str:
        """Return the whole text."""
        return BETWEEN_BLOCKS.join(self._texts)

    def words(self) -> Words:
        """Return the boxes of all words, sorted by their position in the text."""
        self._flush()
        rows = np.empty(sum(map(len, self._rows)), WORD_BOX)
        filled = 0
        while self._rows:  # np.concatenate would compare the dtypes of every block
            part = self._rows.popleft()
            rows[filled : filled + len(part)] = part
            filled += len(part)
        if (np.diff(rows["start"].astype(np.int64)) < 0).any():
            rows = rows[np.argsort(rows["start"], kind="stable")]
        return Words(rows)

    def _next_start(self) -> int:
        return self.length + (len(BETWEEN_BLOCKS) if self._texts else 0)

    def _append(self, text: str) -> None:
        self.length = self._next_start() + len(text)
        self._texts.append(text)

    def _keep(self, page: PageWords, indices: list[int], starts: list[int], ends: list[int]) -> None:
        if self._kept.page is not page:
            self._flush()
            self._kept = _WordPositions(page)
        self._kept.indices += indices
        self._kept.starts += starts
        self._kept.ends += ends

    def _flush(self) -> None:
        if (kept := self._kept).page is None:
            return
        rows = np.empty(len(kept.indices), WORD_BOX)
        rows["start"], rows["end"] = kept.starts, kept.ends
        rows["page"] = kept.page.number
        rows["x0"], rows["top"], rows["x1"], rows["bottom"] = kept.page.boxes[kept.indices].T
        rows["confidence"] = kept.page.confidence[kept.indices]
        self._rows.append(rows)


def _is_broken_number(page: PageWords, indices: Sequence[int], words: Sequence[str], place: int) -> bool:
    """Return whether the words at ``place`` and behind it are a number that is broken at a hyphen."""
    if not words[place + 1][:1].isdigit() or not _NUMBER_END.search(words[place]):
        return False
    return bool(page.upright[indices[place], 3] < page.upright[indices[place + 1], 3])


_NUMBER_END = re.compile(r"\d[-–/.]\Z")
_JOINING = frozenset("-–—/@")


def _is_broken(before: str, after: str) -> bool:
    """Return whether a line break splits a word: after a hyphen, a dash without space before it, or within a URL."""
    if len(before) < 2 or before[-1] not in _JOINING:
        return False
    return (before[-2].isalnum() and after[0].isalnum()) or "://" in before
