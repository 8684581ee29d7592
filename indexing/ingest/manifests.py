"""Manifests: CSV files that give collection, case file and metadata of files, checked before any file is read.

A manifest has a column ``file`` and any of ``COLUMNS``; a comma or a semicolon separates its cells.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def rows_by_path(manifest: Path) -> dict[str, Row]:
    """Return the rows of a manifest by absolute path of the file.

    Raises the first problem: ``indexing.manifest_unreadable``, ``indexing.manifest_column``,
    ``indexing.manifest_file``, ``indexing.manifest_value`` or ``indexing.manifest_days``.
    """
    rows = {}
    for file, row in checked_rows(manifest, str(manifest), _beside(manifest)):
        if isinstance(row, RogatioError):
            raise row
        rows[str(canonical(manifest.parent / file))] = row
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
    try:
        yield from (
            row for _, row in checked_rows(manifest, str(manifest), _beside(manifest)) if isinstance(row, RogatioError)
        )
    except RogatioError as error:
        yield error


def checked_rows(
    manifest: Path, name: str, is_there: Callable[[str], bool]
) -> Iterator[tuple[str, Row | RogatioError]]:
    """Yield each file named by a manifest with its row, or with the error of that row.

    ``name`` is the name of the manifest in messages; ``is_there`` returns whether a file exists. The encoding is
    detected. Raises ``indexing.manifest_unreadable`` and ``indexing.manifest_column``.
    """
    reader = _reader(manifest, name)
    try:
        for row in reader:
            cells = {column: value.strip() for column, value in row.items() if column and value and value.strip()}
            if not cells:
                continue
            if max(map(len, cells.values())) > MOST_CELL:
                raise RogatioError("indexing.manifest_unreadable", path=name)
            file = cells.pop("file", "")
            try:
                yield file, _checked(name, file, cells, is_there)
            except RogatioError as problem:
                yield file, problem
    except csv.Error as error:  # an unclosed field
        raise RogatioError("indexing.manifest_unreadable", path=name) from error


def canonical(path: Path) -> Path:
    """Return the absolute path without ``..``; links are not followed."""
    return Path(os.path.normpath(path.absolute()))


def _beside(manifest: Path) -> Callable[[str], bool]:
    return lambda file: os.path.isfile(manifest.parent / file)  # does not raise for invalid file names


def _reader(manifest: Path, name: str) -> csv.DictReader[str]:
    if not os.path.isfile(manifest):  # reading a pipe would never end
        raise RogatioError("indexing.manifest_unreadable", path=name)
    try:
        text = decode(manifest.read_bytes()).text
    except OSError as error:
        raise RogatioError("indexing.manifest_unreadable", path=name) from error
    if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
        raise RogatioError("indexing.manifest_unreadable", path=name)
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.DictReader(text.splitlines(), delimiter=delimiter)
    try:
        columns = [column.strip().lower() for column in reader.fieldnames or ()]
    except csv.Error as error:
        raise RogatioError("indexing.manifest_unreadable", path=name) from error
    reader.fieldnames = columns
    unknown = sorted(set(columns) - {"file", *COLUMNS})
    if unknown or "file" not in columns:
        raise RogatioError("indexing.manifest_column", path=name, columns=", ".join(unknown) or "file")
    return reader


def _checked(name: str, file: str, cells: Row, is_there: Callable[[str], bool]) -> Row:
    if not is_there(file):
        raise RogatioError("indexing.manifest_file", path=name, file=file)
    row = {column: _cell(name, file, column, value) for column, value in cells.items()}
    first, last = (row.get(column, "") for column in DAYS)
    if last and last < first:
        raise RogatioError("indexing.manifest_days", path=name, file=file, first=first, last=last)
    return row


def _cell(name: str, file: str, column: str, value: str) -> str:
    try:
        return whole_day(value) if column in DAYS else known_value(HINTS.get(column, column), value)
    except RogatioError as error:
        facts = {"path": name, "file": file, "column": column, "value": value}
        raise RogatioError("indexing.manifest_value", **facts) from error
