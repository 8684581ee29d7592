"""``rogatio annotate``: what the pipelines say of files or texts, as JSON Lines; nothing is stored."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from app.annotation_rows import Row, document_row
from app.wording import language, say
from extraction.document import Document
from extraction.errors import RogatioError

STANDARD_INPUT = "-"


@click.command(help=say("annotate.help"))
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--jsonl", is_flag=True, help=say("annotate.jsonl"))
def annotate_command(files: tuple[Path, ...], jsonl: bool) -> None:
    if jsonl:
        rows = _rows_of(_lines(files))
    elif files:
        rows = (row for path in files for row in file_rows(path, str(path), path.name))
    else:
        rows = iter([text_row(STANDARD_INPUT, sys.stdin.buffer.read().decode("utf-8", "replace"))])
    sys.exit(1 if _write(rows) else 0)


def _write(rows: Iterable[Row]) -> int:
    """Write one line a row as soon as it is there; return how many failed."""
    output = sys.stdout.buffer
    failed = 0
    for row in rows:
        failed += "error" in row
        # What UTF-8 cannot hold, half a surrogate pair, leaves as the escape that JSON has for it.
        output.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        output.flush()
    return failed


def _lines(files: Iterable[Path]) -> Iterator[bytes]:
    if not files:
        yield from sys.stdin.buffer
    for path in files:
        with path.open("rb") as lines:
            yield from lines


def _rows_of(lines: Iterable[bytes]) -> Iterator[Row]:
    """Yield one row for each line of ``{"id", "text"}`` that is not blank, in order."""
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: bytes) -> Row:
    row: Any = None
    try:
        row = json.loads(line)
        text = row["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"id": row.get("id") if isinstance(row, dict) else None, "error": "app.row_unreadable"}
    if not isinstance(text, str):
        return {"id": row.get("id"), "error": "app.row_unreadable"}
    return text_row(row.get("id"), text)


def text_row(identifier: object, text: str) -> Row:
    """Return the annotations of a text, or the code of what went wrong with it."""
    from nlp.pipeline import annotate

    try:
        return document_row(identifier, text, annotate(text))
    except RogatioError as error:
        return {"id": identifier, "error": error.code}
    except Exception as error:
        # One row must not end a batch of thousands; what failed is told without any content.
        click.echo(f"{identifier}: {type(error).__name__}", err=True)
        return {"id": identifier, "error": "nlp.annotation_failed"}


def file_rows(path: Path, identifier: str, name: str) -> Iterator[Row]:
    """Yield the annotations of a file that came in as ``name``, and of every file inside it (``outer/inner``)."""
    from extraction.read import read

    with tempfile.TemporaryDirectory() as scratch:
        try:
            reading = read(path, Path(scratch), name=name)
        except RogatioError as error:
            yield _failed(identifier, error)
            return
        if reading.document is not None:
            yield _document(identifier, reading.document)
        for member in reading.members:
            inner = f"{identifier}/{member.name}"
            if member.path is None:
                yield _failed(inner, member.error)
            else:
                yield from file_rows(member.path, inner, member.name)


def _document(identifier: str, document: Document) -> Row:
    from nlp.pipeline import annotate

    annotations = annotate(document.text, document.blocks, metadata=document.metadata)
    return document_row(identifier, document.text, annotations)


def _failed(identifier: str, error: RogatioError | None) -> Row:
    code = error.code if error else "extraction.malformed"
    if error:
        click.echo(f"{identifier}: {error.sentence(language())}", err=True)
    return {"id": identifier, "error": code}
