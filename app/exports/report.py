"""Data model of a report, which each format writes in its own way.

The language of an export is chosen for itself; what is quoted stays in its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

COLUMNS_A_PART = 4
Row = TypeVar("Row")
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 80
_SHORT = 500  # characters


class Kind(StrEnum):
    """What a paragraph of a cell is: a provision by its name, words of a law or of people, a verdict, or nothing."""

    PROVISION = "provision"
    QUOTATION = "quotation"
    REMARK = "remark"
    VERDICT = "verdict"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: what it says before its ``address`` (a page on the web, or empty) and after it."""

    number: int
    text: str
    address: str = ""
    after: str = ""

    @property
    def whole(self) -> str:
        return f"{self.text}{self.address}{self.after}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``lead`` stands before the text (a pinpoint), ``language`` is that of both, ``notes`` are its sources.

    Paragraphs of one source in a row have the same note.
    """

    text: str
    language: str
    kind: Kind = Kind.QUOTATION
    lead: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCell:
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def length(self) -> int:
        return sum(len(paragraph.lead) + len(paragraph.text) for paragraph in self.paragraphs)

    @property
    def noted(self) -> Iterator[tuple[Paragraph, tuple[Note, ...]]]:
        """Yield each paragraph with the notes that are set behind it: one that several share behind the last alone."""
        following = (*(paragraph.notes for paragraph in self.paragraphs[1:]), ())
        for one, after in zip(self.paragraphs, following, strict=False):
            yield one, tuple(note for note in one.notes if note not in after)


@dataclass(frozen=True, slots=True)
class TableRow:
    heading: str
    cells: tuple[TableCell, ...]

    @property
    def is_short(self) -> bool:
        """Tell whether it fits a page many times over, so that no page need end within it."""
        return len(self.heading) <= _SHORT and all(cell.length <= _SHORT for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Source:
    """A quoted document as one line of the list of sources; values as they are shown, empty where not known."""

    title: str
    language: str
    number: str
    identifier: str
    country: str
    version: str
    date: str
    address: str
    retrieved: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """``facts`` say what it is and whence (label, value), ``columns`` are headings beside ``corner``.

    ``made`` is when and by whom, shown on every page; ``marking`` is a mark of confidentiality, or empty.
    """

    title: str
    language: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    facts: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[str, ...] = ()
    made: str = ""
    marking: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some neighbouring columns of a report that fit on a page side by side: their places from ``first``."""

    first: int
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def parts(report: Report, most: int = COLUMNS_A_PART) -> Iterator[Part]:
    """Cut a report into tables of at most ``most`` columns, as even as can be, each with all rows."""
    for places in _parted(len(report.columns), most):
        rows = (TableRow(row.heading, row.cells[places.start : places.stop]) for row in report.rows)
        yield Part(places.start, report.columns[places.start : places.stop], tuple(rows))


def filled(
    rows: Sequence[Row], columns: int, cell: Callable[[Row, int], Iterable[Paragraph]]
) -> Iterator[tuple[TableCell, ...]]:
    """Yield the cells of each row; ``cell`` is asked in the order in which the parts of the report are read.

    So notes that are numbered as they are asked for have the numbers that a reader counts at the foot of pages.
    """
    made = {
        (at, place): TableCell(tuple(cell(row, place)))
        for places in _parted(columns, COLUMNS_A_PART)
        for at, row in enumerate(rows)
        for place in places
    }
    for at in range(len(rows)):
        yield tuple(made[at, place] for place in range(columns))


def _parted(columns: int, most: int) -> list[range]:
    """Return the places of the columns of each part."""
    size = -(-columns // max(1, -(-columns // most))) or 1
    return [range(first, min(first + size, columns)) for first in range(0, columns, size)]


def printable(text: str) -> str:
    """Return text without what no document can hold: control characters, halves of pairs, turned directions."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def file_name(title: str, extension: str) -> str:
    """Return a name that every system can keep: ASCII letters, digits and hyphens, at most eighty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{name or 'rogatio'}.{extension}"
