"""XLSX: each sheet becomes a heading and a table of displayed values with all their digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook

from extraction.document import BlockKind, Document
from extraction.draft import CellText, Draft
from extraction.errors import RogatioError
from extraction.media_type import XLSX
from extraction.office.office_package import OfficePackage

MAX_CELLS = 3_000_000
MAX_ROWS = 1 << 20  # what Excel allows
MAX_GRID = 30_000_000  # grid positions visited, including empty ones: a cell may claim any row and column
EXACT = 10**15  # Excel stores fifteen digits; longer numbers were already rounded on entry
_ZEROS = re.compile(r"^0+$")
_DECIMALS = re.compile(r"0\.(0+)")


def read_xlsx(path: Path) -> Document:
    """Read ``path``: dates in ISO 8601, numbers without exponent and with the zeros of their format.

    Warnings: ``hidden_sheet`` (read), ``long_number_rounded``. Raises ``extraction.too_large`` beyond ``MAX_CELLS``
    and what :class:`extraction.office.office_package.OfficePackage` does.
    """
    with OfficePackage(path) as package:
        package.refuse_entities()
    draft = Draft()
    with path.open("rb") as file:  # openpyxl would refuse the path of a stored original, which has no extension
        try:
            workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except (BadZipFile, KeyError, ValueError) as error:
            raise RogatioError("extraction.malformed", media_type=XLSX) from error
        remaining = MAX_CELLS
        for sheet in workbook.worksheets:
            remaining -= _add_sheet(draft, sheet, remaining)
        properties = workbook.properties
    return draft.document(XLSX, "spreadsheet", {"title": properties.title or "", "author": properties.creator or ""})


def _add_sheet(draft: Draft, sheet: Any, remaining: int) -> int:
    """Add one sheet and return its number of non-empty cells; ``left`` is the number still allowed."""
    if sheet.sheet_state != "visible":
        draft.warn("hidden_sheet")
    sheet.reset_dimensions()  # the declared dimensions may be a million columns
    cells = list(_cells(draft, sheet, remaining))
    if cells:
        draft.add(BlockKind.HEADING, sheet.title, 1)
        draft.add_table(cells, sheet.title)
    return len(cells)


def _cells(draft: Draft, sheet: Any, remaining: int) -> Iterator[CellText]:
    header: int | None = None
    places = 0
    for number, cells in enumerate(sheet.iter_rows()):
        places += len(cells)
        shown = [(cell, text) for cell in cells if cell.value is not None and (text := _shown(draft, cell))]
        remaining -= len(shown)
        if remaining < 0 or places > MAX_GRID or number >= MAX_ROWS:
            raise RogatioError("extraction.too_large", limit=f"{MAX_CELLS:,}")
        if shown and header is None:
            header = shown[0][0].row if all(isinstance(cell.value, str) for cell, _ in shown) else -1
        for cell, text in shown:
            yield CellText(cell.row - 1, cell.column - 1, text, header=cell.row == header)


def _shown(draft: Draft, cell: Any) -> str:
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) >= EXACT:
            draft.warn("long_number_rounded")
        return number_text(value, str(cell.number_format or ""))
    return moment_text(value) if isinstance(value, datetime | date | time | timedelta) else str(value)


def number_text(value: float, number_format: str) -> str:
    """Return ``value`` in digits, without exponent, with the leading zeros, decimals or percent sign of its format."""
    if number_format.rstrip().endswith("%"):
        return number_text(float(Decimal(repr(value)) * 100), number_format.rstrip("% ")) + "%"
    plain = format(Decimal(repr(value)), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    if _ZEROS.match(number_format) and "." not in plain:
        return plain.zfill(len(number_format))
    decimals = _DECIMALS.search(number_format)
    return f"{Decimal(plain):.{len(decimals[1])}f}" if decimals and len(decimals[1]) < 20 else plain


def moment_text(value: datetime | date | time | timedelta) -> str:
    """Return a date, time or both in ISO 8601, without time at midnight; a duration as h:mm:ss."""
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat()
