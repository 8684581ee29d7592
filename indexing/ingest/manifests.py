"""Manifests: CSV files that give collection, case file and metadata of files, checked before any file is read.

A manifest has a column ``file`` and any of ``COLUMNS``; a comma or a semicolon separates its cells.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extraction.encoding import decode
from extraction.errors import RogatioError
from indexing.records.validity import whole_day
from indexing.search.query_fields import known_value

MANIFEST = "manifest.csv"
HINTS = {"type": "document_type", "jurisdiction": "jurisdiction", "title": "title", "date": "date"}
DAYS = ("in_force_from", "in_force_to")
COLUMNS = ("collection", "case_file", "password", *HINTS, *DAYS)
MOST_CELL = 100_000  # characters; an unclosed quotation mark takes in the rest of the file

Row = Mapping[str, str]
Rows = Mapping[str, Row]


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """A row of a manifest: its number in the spreadsheet (the header is 1), its file, its values or its problems."""

    number: int
    file: str
    values: Row
    problems: tuple[RogatioError, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    columns: tuple[str, ...]
    rows: Iterator[list[str]]
    is_there: Callable[[str], bool]


def rows_by_path(manifest: Path) -> dict[str, Row]:
    """Return the rows of a manifest by absolute path of the file.

    Raises the first problem: ``indexing.manifest_unreadable``, ``indexing.manifest_column``,
    ``indexing.manifest_file``, ``indexing.manifest_value`` or ``indexing.manifest_days``.
    """
    rows = {}
    for row in checked_rows(manifest, str(manifest), _beside(manifest)):
        if row.problems:
            raise row.problems[0]
        rows[str(canonical(manifest.parent / row.file))] = row.values
    return rows


def manifest_problems(paths: Iterable[Path], manifest: Path | None = None) -> list[RogatioError]:
    """Return every problem of ``manifest`` and of the manifests in the folders ``paths``; other files are not read."""
    found = [manifest] if manifest else []
    for path in paths:
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found += [Path(folder) / MANIFEST] if MANIFEST in names else []
    each = {canonical(manifest): manifest for manifest in reversed(found)}  # the given one may lie in a folder
    return [problem for manifest in reversed(each.values()) for problem in _problems(manifest)]


def _problems(manifest: Path) -> Iterator[RogatioError]:
    """Yield the problem of the columns and those of all rows, of which unknown columns are not read."""
    try:
        sheet = _sheet(manifest, str(manifest), _beside(manifest))
        if problem := _column_problem(sheet):
            yield problem
        if "file" in sheet.columns:
            yield from (problem for row in _rows(sheet) for problem in row.problems)
    except RogatioError as error:
        yield error


def checked_rows(manifest: Path, name: str, is_there: Callable[[str], bool]) -> Iterator[ManifestRow]:
    """Yield the rows of a manifest, each with its problems.

    ``name`` is the name of the manifest in messages; ``is_there`` returns whether a file exists. The encoding is
    detected. Raises ``indexing.manifest_unreadable`` and ``indexing.manifest_column``.
    """
    sheet = _sheet(manifest, name, is_there)
    if problem := _column_problem(sheet):
        raise problem
    yield from _rows(sheet)


def _rows(sheet: _Sheet) -> Iterator[ManifestRow]:
    known = ("file", *COLUMNS)
    try:
        for number, written in enumerate(sheet.rows, 2):
            pairs = zip(sheet.columns, written, strict=False)
            cells = {column: value.strip() for column, value in pairs if column in known and value.strip()}
            if not cells:
                continue
            if max(map(len, cells.values())) > MOST_CELL:
                raise RogatioError("indexing.manifest_unreadable", path=sheet.name)
            yield _checked(sheet, number, cells.pop("file", ""), cells)
    except csv.Error as error:  # an unclosed field
        raise RogatioError("indexing.manifest_unreadable", path=sheet.name) from error


def canonical(path: Path) -> Path:
    """Return the absolute path without ``..``; links are not followed."""
    return Path(os.path.normpath(path.absolute()))


def _beside(manifest: Path) -> Callable[[str], bool]:
    return lambda file: os.path.isfile(manifest.parent / file)  # does not raise for invalid file names


def _sheet(manifest: Path, name: str, is_there: Callable[[str], bool]) -> _Sheet:
    if not os.path.isfile(manifest):  # reading a pipe would never end
        raise RogatioError("indexing.manifest_unreadable", path=name)
    try:
        text = decode(manifest.read_bytes()).text
    except OSError as error:
        raise RogatioError("indexing.manifest_unreadable", path=name) from error
    if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
        raise RogatioError("indexing.manifest_unreadable", path=name)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        columns = tuple(column.strip().lower() for column in next(reader, []))
    except csv.Error as error:
        raise RogatioError("indexing.manifest_unreadable", path=name) from error
    return _Sheet(name, columns, reader, is_there)


def _column_problem(sheet: _Sheet) -> RogatioError | None:
    unknown = sorted(set(sheet.columns) - {"file", *COLUMNS})
    if not unknown and "file" in sheet.columns:
        return None
    return RogatioError("indexing.manifest_column", path=sheet.name, columns=", ".join(unknown) or "file")


def _checked(sheet: _Sheet, number: int, file: str, cells: Row) -> ManifestRow:
    facts = {"path": sheet.name, "row": number, "file": file}
    problems = [] if sheet.is_there(file) else [RogatioError("indexing.manifest_file", **facts)]
    values = {}
    for column, value in cells.items():
        try:
            values[column] = whole_day(value) if column in DAYS else known_value(HINTS.get(column, column), value)
        except RogatioError:
            problems.append(RogatioError("indexing.manifest_value", **facts, column=column, value=value))
    first, last = (values.get(column, "") for column in DAYS)
    if last and last < first:
        problems.append(RogatioError("indexing.manifest_days", **facts, first=first, last=last))
    return ManifestRow(number, file, values, tuple(problems))
