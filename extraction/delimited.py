"""Delimited text (RFC 4180 and variants): delimiter and encoding are detected, field values kept unchanged."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from extraction.characters import clean
from extraction.document import Document
from extraction.draft import CellText, Draft
from extraction.encoding import decode
from extraction.errors import RogatioError

DELIMITERS = (";", ",", "\t", "|")
SAMPLE_RECORDS = 100
MAX_FIELD = 1_000_000  # characters
MAX_CELLS = 3_000_000
_DIGIT = re.compile(r"\d")


def read_delimited(path: Path) -> Document:
    """Read ``path`` as one table.

    Warnings: ``uneven_rows``, those of :func:`extraction.encoding.decode`. Raises ``extraction.malformed`` for a field
    beyond ``MAX_FIELD``, ``extraction.too_large`` beyond ``MAX_CELLS``.
    """
    decoded = decode(path.read_bytes())
    draft = Draft()
    for warning in decoded.warnings:
        draft.warn(warning)
    lines = clean(decoded.text).split("\n")
    csv.field_size_limit(MAX_FIELD)
    delimiter = detect_delimiter(lines)
    try:
        draft.add_table(_cells(draft, csv.reader(_with_ends(lines), delimiter=delimiter)))
    except csv.Error as error:
        raise RogatioError("extraction.malformed", media_type="text/csv") from error
    return draft.document("text/csv", "delimited", {"encoding": decoded.encoding, "delimiter": delimiter})


def detect_delimiter(lines: list[str]) -> str:
    """Return the delimiter under which the largest share of the first records has the same number of fields (> 1)."""

    def agreement(delimiter: str) -> tuple[float, int]:
        rows = [row for row in islice(csv.reader(_with_ends(lines), delimiter=delimiter), SAMPLE_RECORDS) if row]
        width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
        return (count / len(rows), width) if width > 1 else (0.0, 0)

    try:
        return max(DELIMITERS, key=agreement)
    except csv.Error:
        return ","


def _with_ends(lines: list[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def _cells(draft: Draft, rows: Iterator[list[str]]) -> Iterator[CellText]:
    first: list[str] = []
    remaining = MAX_CELLS
    filled = (row for row in rows if any(field.strip() for field in row))
    for number, row in enumerate(filled):
        first = first or row
        remaining -= len(row)
        if remaining < 0:
            raise RogatioError("extraction.too_large", limit=f"{MAX_CELLS:,}")
        if len(row) != len(first):
            draft.warn("uneven_rows")
        header = number == 0 and not any(_DIGIT.search(field) for field in row)
        for column, field in enumerate(row):
            yield CellText(number, column, field, header=header)
