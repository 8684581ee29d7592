"""Data model of a report, which each format renders in its own way.

The language of an export is chosen independently; quotations remain in theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from babel import Locale
from babel.numbers import format_decimal

COLUMNS_A_PART = 4
Row = TypeVar("Row")
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_MAX_NAME_LENGTH = 80
# Names and signs that Windows reserves in names of files.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_RESERVED = re.compile(r'[<>:"/\\|?*]')
_SHORT = 500  # characters


class Kind(StrEnum):
    """Kind of a paragraph of a cell: name of a provision, quotation, remark, verdict, or statement of absence."""

    PROVISION = "provision"
    QUOTATION = "quotation"
    REMARK = "remark"
    VERDICT = "verdict"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the text before its ``address`` (a URL, or empty) and the text after it."""

    number: int
    text: str
    address: str = ""
    after: str = ""

    @property
    def whole(self) -> str:
        """Return the text of the note with its address."""
        return f"{self.text}{self.address}{self.after}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``lead`` precedes the text (a pinpoint), ``language`` is that of both, ``notes`` are its sources.

    ``law`` is a short title of the quoted law, shown with the lead; empty if the text has it or quotes none.
    Consecutive paragraphs of one source have the same note.
    """

    text: str
    language: str
    kind: Kind = Kind.QUOTATION
    lead: str = ""
    notes: tuple[Note, ...] = ()
    law: str = ""

    @property
    def cited(self) -> str:
        """Return the lead with the law."""
        return ", ".join(filter(None, (self.lead, self.law)))


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of the table of a report."""

    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def length(self) -> int:
        """Return the number of characters in the cell."""
        return sum(len(paragraph.cited) + len(paragraph.text) for paragraph in self.paragraphs)

    @property
    def noted(self) -> Iterator[tuple[Paragraph, tuple[Note, ...]]]:
        """Yield each paragraph with its notes; a note shared by several is yielded with the last one only."""
        following = (*(paragraph.notes for paragraph in self.paragraphs[1:]), ())
        for paragraph, after in zip(self.paragraphs, following, strict=False):
            yield paragraph, tuple(note for note in paragraph.notes if note not in after)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the table: its heading and a cell for each column."""

    heading: str
    cells: tuple[TableCell, ...]

    @property
    def is_short(self) -> bool:
        """Return whether the row takes a small part of a page, so that it need not be split between pages."""
        return len(self.heading) <= _SHORT and all(cell.length <= _SHORT for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Penalty:
    """A penalty of a country as figures; all but the figures are display values.

    ``provision`` is its article and law. ``least`` is None if the law sets none. ``most`` is None without an upper
    bound, which ``unbounded`` words if it is for life.
    """

    country: str
    kind: str
    unit: str
    least: float | None
    most: float | None
    unbounded: str = ""
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A quoted document as one line of the list of sources; display values, empty if unknown."""

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
    """``facts`` are (label, value) pairs that describe it, ``columns`` are headings beside ``corner``.

    ``made`` is time and author, shown on every page; ``marking`` is a confidentiality marking, or empty. ``watermark``
    is set across every page, or empty. ``documents`` are the ids of the quoted documents. ``penalties``
    are figures, under the name of their row ``penalty_row``; empty for reports that compare none.
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
    watermark: str = ""
    documents: tuple[str, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    penalty_row: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Adjacent columns of a report that fit on a page: their places from ``first``."""

    first: int
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def parts(report: Report, most: int = COLUMNS_A_PART) -> Iterator[Part]:
    """Divide a report into tables of at most ``most`` columns, as equal as possible, each with all rows."""
    for places in _parted(len(report.columns), most):
        rows = (TableRow(row.heading, row.cells[places.start : places.stop]) for row in report.rows)
        yield Part(places.start, report.columns[places.start : places.stop], tuple(rows))


def filled(
    rows: Sequence[Row], columns: int, cell: Callable[[Row, int], Iterable[Paragraph]]
) -> Iterator[tuple[TableCell, ...]]:
    """Yield the cells of each row; ``cell`` is called in the reading order of the parts of the report.

    Footnotes numbered during these calls are thus numbered in reading order.
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
    """Return text without control characters, lone surrogates and bidirectional overrides."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def file_name(title: str, extension: str) -> str:
    """Return a portable file name: at most eighty ASCII letters, digits and hyphens, no device of Windows (``con``)."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:_MAX_NAME_LENGTH].strip("-")
    name = f"rogatio-{name}" if _DEVICE.fullmatch(name) else name
    return f"{name or 'rogatio'}.{extension}"


def safe_name(given: str) -> str:
    """Return the name of a file as it is, as far as Windows allows it: without reserved signs, ends and devices."""
    name = _RESERVED.sub("_", given).rstrip(" .")
    return f"_{name}" if _DEVICE.fullmatch(name.partition(".")[0].strip()) else name


PENALTY_COLUMNS = ("country", "provision_and_law", "penalty_kind", "minimum", "maximum", "unit")


def penalty_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """Yield the penalties of a report as display values in the order of ``PENALTY_COLUMNS``."""
    for one in report.penalties:
        most = one.unbounded or _number(one.most, report.language)
        yield one.country, one.provision, one.kind, _number(one.least, report.language), most, one.unit


def _number(value: float | None, language: str) -> str:
    return "" if value is None else str(format_decimal(value, locale=Locale.parse(language, sep="-")))
