"""Commands that read one JSON object per line and write one per line, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from app.cli_wording import language
from extraction.errors import RogatioError

Row = dict[str, Any]


def answer_lines(files: tuple[Path, ...], answer: Callable[[Row], Row]) -> None:
    """Write the result of ``answer`` for each row of ``files`` (default: standard input) with its ``id``.

    Exits with 1 if a row failed. A row that is not an object, or for which ``answer`` raises a ``RogatioError``, gives
    ``{"id", "error"}``, and on standard error the sentence of the error behind its id or the number of its line.
    """
    failed = False
    for number, line in enumerate(lines_of(files), start=1):
        if line.strip():
            row = _answered(line, number, answer)
            failed |= "error" in row
            write_row(row)
    sys.exit(1 if failed else 0)


def _answered(line: bytes, number: int, answer: Callable[[Row], Row]) -> Row:
    name = None
    try:
        row = _object(line)
        name = row.get("id")
        return {"id": name, **answer(row)}
    except RogatioError as error:
        click.echo(f"{number if name is None else name}: {error.sentence(language())}", err=True)
        return {"id": name, "error": error.code}


def _object(line: bytes) -> Row:
    """Return the object of a line; raises ``app.row_unreadable``."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RogatioError("app.row_unreadable") from error
    if not isinstance(row, dict):
        raise RogatioError("app.row_unreadable")
    return row


def write_row(row: Row) -> None:
    """Write a row to standard output at once; a lone surrogate, which UTF-8 cannot encode, becomes a JSON escape."""
    sys.stdout.buffer.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def lines_of(files: Iterable[Path]) -> Iterator[bytes]:
    """Yield the lines of ``files``, without files those of standard input."""
    if not files:
        yield from sys.stdin.buffer
    for path in files:
        with path.open("rb") as lines:
            yield from lines


def text_of(row: Row, key: str) -> str:
    """Return a text field, empty if missing or null; raises ``app.row_unreadable`` for anything else."""
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RogatioError("app.row_unreadable")
    return value.strip()
