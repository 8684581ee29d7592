"""Commands that read one JSON object per line and write one per line, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from app.cli_wording import say, variety
from extraction.errors import RogatioError

Row = dict[str, Any]
_MAX_TOLD = 200


def answer_lines(files: tuple[Path, ...], answer: Callable[[Row], Row], names: Collection[str]) -> None:
    """Write the result of ``answer`` for each row of ``files`` (default: standard input) with its ``id``.

    Exits with 1 if a row failed. A row that is not an object, or for which ``answer`` raises a ``RogatioError``, gives
    ``{"id", "error"}``, and on standard error the sentence of the error behind its id or the number of its line.
    Fields other than ``id`` and ``names`` ("a.name" is the field "name" of the object "a", whose name is known even
    where it is no object) do not fail a row, since programs carry columns of their own; they are listed as ``ignored``,
    so that a misspelt one is seen.
    """
    failed = False
    for number, line in enumerate(lines_of(files), start=1):
        if line.strip():
            row = _answered(line, number, answer, names)
            failed |= "error" in row
            write_row(row)
    sys.exit(1 if failed else 0)


def _answered(line: bytes, number: int, answer: Callable[[Row], Row], names: Collection[str]) -> Row:
    given: Row = {}
    try:
        given = object_in(line)
        answered = answer(given)
    except RogatioError as error:
        tell(given, number, error.sentence(variety()))
        answered = {"error": error.code}
    known, objects = {"id", *names}, {name.partition(".")[0] for name in names}
    ignored = [
        field for field in _fields(given) if not {field, field.partition(".")[0]} & known and field not in objects
    ]
    if ignored:
        tell(given, number, say("row.ignored", fields=", ".join(ignored)[:_MAX_TOLD]))
        answered["ignored"] = ignored
    return {"id": given.get("id"), **answered}


def tell(row: Row, number: int, sentence: str) -> None:
    """Write a sentence to standard error behind the id of its row, or the number of its line."""
    name = row.get("id")
    click.echo(f"{number if name is None else name}: {sentence}", err=True)


def _fields(row: Row) -> Iterator[str]:
    """Yield the names of the fields of a row; a field of an object inside it has the object's name before it."""
    for key, value in row.items():
        yield from (f"{key}.{inner}" for inner in value) if isinstance(value, dict) else (key,)


def object_in(line: bytes) -> Row:
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
