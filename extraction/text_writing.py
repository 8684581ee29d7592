"""Writes the words of laid-out lines as one text, and keeps where each word went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extraction.document import WORD_BOX, Cell, PlacedBox, Table, Words
from extraction.draft import BETWEEN_BLOCKS
from extraction.hyphens import Vocabulary
from extraction.page_layout import Laid
from extraction.page_lines import Line
from extraction.page_words import PageWords, surrounding
from extraction.pdf_tables import PageTable


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of a paragraph that stand on one page."""

    laid: Laid
    lines: list[Line]


@dataclass(slots=True)
class _Block:
    """A block being written: its text so far, and start and end of each word."""

    position: int
    parts: list[str]
    starts: list[int]
    ends: list[int]

    def line(self, words: Sequence[str]) -> None:
        position, starts, ends = self.position, self.starts, self.ends
        for word in words:
            starts.append(position)
            position += len(word)
            ends.append(position)
            position += 1
        self.parts += (" ".join(words), " ")
        self.position = position

    def mend(self, word: str, drops_hyphen: bool) -> None:
        """Join ``word`` to the hyphened end of the line before; both boxes then stand for the whole word."""
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


class TextWriter:
    """Appends blocks, two line feeds between them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._texts: list[str] = []
        self._rows: list[NDArray[np.void]] = []
        self.length = 0

    def add(self, pieces: Sequence[Piece]) -> tuple[int, list[int]]:
        """Append a paragraph; return where it starts and where each of its pieces does."""
        start = self._next_start()
        block = _Block(start, [], [], [])
        offsets: list[int] = []
        last = ""
        for piece in pieces:
            for number, line in enumerate(piece.lines):
                words = [piece.laid.text.words[index] for index in line.words]
                mends = _is_broken(last, words[0])
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
        written = 0  # only now: a word that a page end broke changed the end of its first half
        for piece in pieces:
            indices = [index for line in piece.lines for index in line.words]
            self._keep(piece.laid.page, indices, block, written)
            written += len(indices)
        self._append("".join(block.parts[:-1]))
        return start, offsets

    def add_table(self, laid: Laid, table: PageTable) -> Table:
        """Append a table: a row a line, a tab between cells."""
        start = position = self._next_start()
        parts: list[str] = []
        cells: list[Cell] = []
        row = table.cells[0].row
        for cell in table.cells:
            if cells:
                parts.append("\t" if cell.row == row else "\n")
                position += 1
            row = cell.row
            block = _Block(position, [], [], [])
            if cell.words:
                block.line([laid.text.words[index] for index in cell.words])
                parts.append(block.parts[0])
                self._keep(laid.page, cell.words, block, 0)
            end = position + (len(block.parts[0]) if cell.words else 0)
            cells.append(Cell(cell.row, cell.column, position, end, cell.row_span, cell.column_span, cell.header))
            position = end
        self._append("".join(parts))
        box = surrounding(laid.page.boxes[table.words])
        return Table(start, self.length, tuple(cells), "", (PlacedBox(laid.page.number, box),))

    @property
    def last(self) -> str:
        """The text of the last block."""
        return self._texts[-1]

    def text(self) -> str:
        return BETWEEN_BLOCKS.join(self._texts)

    def words(self) -> Words:
        """Return the boxes of all words, by where they stand in the text."""
        if not self._rows:
            return Words()
        rows = np.concatenate(self._rows)
        self._rows.clear()
        if (np.diff(rows["start"].astype(np.int64)) < 0).any():
            rows = rows[np.argsort(rows["start"], kind="stable")]
        return Words(rows)

    def _next_start(self) -> int:
        return self.length + (len(BETWEEN_BLOCKS) if self._texts else 0)

    def _append(self, text: str) -> None:
        self.length = self._next_start() + len(text)
        self._texts.append(text)

    def _keep(self, page: PageWords, indices: list[int], block: _Block, written: int) -> None:
        rows = np.zeros(len(indices), WORD_BOX)
        last = written + len(indices)
        rows["start"], rows["end"] = block.starts[written:last], block.ends[written:last]
        rows["page"] = page.number
        rows["x0"], rows["top"], rows["x1"], rows["bottom"] = page.boxes[indices].T
        rows["confidence"] = page.confidence[indices]
        self._rows.append(rows)


_JOINING = frozenset("-–—/@")


def _is_broken(before: str, after: str) -> bool:
    """Tell whether a line end broke a word: after a hyphen, a dash without a space before it, or within an address."""
    if len(before) < 2 or before[-1] not in _JOINING:
        return False
    return (before[-2].isalnum() and after[0].isalnum()) or "://" in before
