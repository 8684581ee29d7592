"""A table to be filed: headings, cells that quote, numbered notes to the sources; each format writes it its own way.

The language of an export is chosen for itself (brief 6.5); what is quoted stays in its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

COLUMNS_A_PART = 4
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 80


class Kind(StrEnum):
    """What a paragraph of a cell is: words of a law, words of people, a verdict, or that nothing is there."""

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
    """``lead`` stands before the text (a pinpoint), ``language`` is that of both, ``notes`` follow it."""

    text: str
    language: str
    kind: Kind = Kind.QUOTATION
    lead: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCell:
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    heading: str
    cells: tuple[TableCell, ...]


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
    count = max(1, -(-len(report.columns) // most))
    size = -(-len(report.columns) // count) if report.columns else 0
    for first in range(0, len(report.columns), size or 1):
        rows = (TableRow(row.heading, row.cells[first : first + size]) for row in report.rows)
        yield Part(first, report.columns[first : first + size], tuple(rows))


def printable(text: str) -> str:
    """Return text without what no document can hold: control characters, halves of pairs, turned directions."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def file_name(title: str, extension: str) -> str:
    """Return a name that every system can keep: ASCII letters, digits and hyphens, at most eighty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:_LONGEST_NAME].strip("-")
    return f"{name or 'rogatio'}.{extension}"
