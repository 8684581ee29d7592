"""``rogatio annotate``: annotations of files or texts as JSON Lines; nothing is stored."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.cli_usage import WrongUsage
from app.cli_wording import say, variety
from app.json_lines import Row, lines_of, object_in, tell, write_row
from extraction.document import Block
from extraction.errors import RogatioError
from extraction.members import Member
from extraction.processor_time import processor_time
from nlp.annotations import Annotations, DocumentType, Segment, Span, Unit

# Worker processes are imported with the first file, since a text on standard input needs none.
if TYPE_CHECKING:
    from extraction.worker import Limits, Workers


def document_row(identifier: object, text: str, annotations: Annotations) -> Row:
    """Return ``id``, ``text``, ``document_type``, ``segments``, ``structure`` and ``spans``.

    Every item has ``start`` and ``end`` in code points of ``text``, ``label``, ``value``, ``confidence``, ``origin``.
    """
    return {
        "id": identifier,
        "text": text,
        "document_type": _document_type(annotations.document_type, len(text)),
        "segments": [_segment(segment) for segment in annotations.segments],
        "structure": [_unit(unit) for unit in annotations.structure],
        "spans": [_span(span) for span in annotations.spans],
    }


def _item(found: Span | Segment | Unit, value: str) -> Row:
    return {
        "start": found.start,
        "end": found.end,
        "label": found.label,
        "value": value,
        "confidence": found.confidence,
        "origin": found.origin,
    }


def _document_type(kind: DocumentType, length: int) -> Row:
    return {
        "start": 0,
        "end": length,
        "label": kind.label,
        "value": kind.label,
        "confidence": kind.confidence,
        "origin": kind.origin,
        "evidence": [_span(span) for span in kind.evidence],
    }


def _segment(segment: Segment) -> Row:
    return _item(segment, segment.label)


def _unit(unit: Unit) -> Row:
    return {**_item(unit, unit.kind), "path": list(unit.path), "heading": unit.heading}


def _span(span: Span) -> Row:
    row = _item(span, span.value)
    if span.attributes:
        row["attributes"] = dict(span.attributes)
    if span.readings:
        row["readings"] = [asdict(reading) for reading in span.readings]
    return row


STANDARD_INPUT = "-"
LIMITS: Limits | None = None
"""Limits of a worker, the usual ones if None."""

AHEAD = 2  # files queued per worker


@dataclass(frozen=True, slots=True)
class File:
    """An incoming file ``name``, reported under ``identifier``."""

    path: Path
    identifier: str
    name: str


WorkerResult = tuple[Path | None, tuple[Member, ...]]
# Makes the row of a text from its blocks and the metadata of its file; pickled by name for worker processes.
Describe = Callable[[str, Sequence[Block], Mapping[str, str] | None], Row]


@click.command(help=say("annotate.help"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help=say("annotate.jsonl"))
def annotate_command(files: tuple[Path, ...], jsonl: bool) -> None:
    write_rows(files, jsonl, annotation_row)


def annotation_row(text: str, blocks: Sequence[Block] = (), metadata: Mapping[str, str] | None = None) -> Row:
    """Return the annotations of a text as a row of ``rogatio annotate``, with those of its file where given."""
    from nlp.pipeline import annotate

    annotations = annotate(text, blocks, metadata=metadata) if blocks or metadata else annotate(text)
    return document_row("", text, annotations)


def write_rows(files: tuple[Path, ...], jsonl: bool, describe: Describe) -> None:
    """Write the rows of files, of JSON Lines or of the text on standard input; exit with 1 if one failed.

    A file that is not there or may not be read fails alone; raises ``app.no_file`` if none of several can be read.
    """
    missing, there = [path for path in files if not is_readable(path)], tuple(filter(is_readable, files))
    if missing and not there:
        raise WrongUsage("app.no_file", name=str(missing[0]))
    if jsonl:
        failed = _write(chain(map(_refused, missing), _rows_of(lines_of(there), describe)))
    elif files:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch, _workers(len(files)) as pool:
            sources = [File(path, str(path), path.name) for path in files]
            failed = _write(file_rows(sources, pool, Path(scratch), describe))
    else:
        failed = _write([text_row(STANDARD_INPUT, sys.stdin.buffer.read().decode("utf-8", "replace"), describe)])
    sys.exit(1 if failed else 0)


def is_readable(path: Path) -> bool:
    """Return whether ``path`` is a file, or a pipe, that may be read."""
    return path.exists() and not path.is_dir() and os.access(path, os.R_OK)


def _refused(path: Path) -> Row:
    return _failed(str(path), RogatioError("app.no_file", name=str(path)))


def _workers(files: int) -> Workers:
    """Return a worker pool: one for a single file, one per processor for several; pipelines are loaded once."""
    from extraction.worker import USUAL_LIMITS, Workers

    return Workers(
        1 if files == 1 else 0, LIMITS or USUAL_LIMITS, preload=() if files == 1 else ("indexing.ingest.warm_worker",)
    )


def _write(rows: Iterable[Row]) -> int:
    """Write each row as soon as it is available and return the number of failures."""
    failed = 0
    for row in rows:
        failed += "error" in row
        write_row(row)
    return failed


def _rows_of(lines: Iterable[bytes], describe: Describe) -> Iterator[Row]:
    """Yield one row for each non-blank line of ``{"id", "text"}``, in order."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(line, number, describe)


def _answer(line: bytes, number: int, describe: Describe) -> Row:
    row: Row = {}
    try:
        row = object_in(line)
        if not isinstance(row.get("text"), str):
            raise RogatioError("app.row_unreadable")
    except RogatioError as error:
        tell(row, number, error.sentence(variety()))
        return {"id": row.get("id"), "error": error.code}
    return text_row(row.get("id"), row["text"], describe)


def text_row(identifier: object, text: str, describe: Describe) -> Row:
    """Return the row of a text, or the code of its error; it has the processor time of a file."""
    from extraction.worker import USUAL_LIMITS

    try:
        with processor_time((LIMITS or USUAL_LIMITS).processor_seconds):
            return {**describe(text, (), None), "id": identifier}
    except RogatioError as error:
        click.echo(f"{identifier}: {error.sentence(variety())}", err=True)
        return {"id": identifier, "error": error.code}
    except Exception as error:
        # One row must not end a batch of thousands; the error is reported without content.
        click.echo(f"{identifier}: {type(error).__name__}", err=True)
        return {"id": identifier, "error": "nlp.annotation_failed"}


def file_rows(files: Iterable[File], pool: Workers, scratch: Path, describe: Describe) -> Iterator[Row]:
    """Yield the row of each file and of every file inside it (``outer/inner``), in order.

    Files are read by the workers of ``pool``, some of them ahead, so that a malicious file cannot affect the others.
    """
    waiting = iter(files)
    running = deque(_send(file, pool, scratch, describe) for file in islice(waiting, AHEAD * pool.count))
    while running:
        file, future = running.popleft()
        running.extend(_send(file, pool, scratch, describe) for file in islice(waiting, 1))
        try:
            row, members = pool.outcome(future)
        except RogatioError as error:
            yield _failed(file.identifier, error)
            continue
        if row:
            yield json.loads(row.read_bytes()) | {"id": file.identifier}
            row.unlink()
        for member in members:
            yield from _member_rows(f"{file.identifier}/{member.name}", member, pool, scratch, describe)


def _member_rows(identifier: str, member: Member, pool: Workers, scratch: Path, describe: Describe) -> Iterator[Row]:
    if member.path is None:
        yield _failed(identifier, member.error)
        return
    yield from file_rows([File(member.path, identifier, member.name)], pool, scratch, describe)
    member.path.unlink(missing_ok=True)


def _send(file: File, pool: Workers, scratch: Path, describe: Describe) -> tuple[File, Future[WorkerResult]]:
    if not is_readable(file.path):
        refused: Future[WorkerResult] = Future()
        refused.set_exception(RogatioError("app.no_file", name=file.identifier))
        return file, refused
    folder = Path(tempfile.mkdtemp(dir=scratch))
    return file, pool.submit(describe_in_worker, file.path, folder, file.name, describe)


def describe_in_worker(path: Path, scratch: Path, name: str, describe: Describe) -> WorkerResult:
    """Read and describe one file; row and members are returned as files in ``scratch``."""
    from extraction.read import read

    tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
    reading = read(path, scratch, name=name)
    if reading.document is None:
        return None, reading.members
    document = reading.document
    try:
        content = describe(document.text, document.blocks, document.metadata)
    except MemoryError:
        raise
    except Exception as error:  # reported without content
        raise RogatioError("nlp.annotation_failed") from error
    row = scratch / "row.json"
    row.write_text(json.dumps(content), encoding="ascii")
    return row, reading.members


def _failed(identifier: str, error: RogatioError | None) -> Row:
    code = error.code if error else "extraction.malformed"
    if error:
        click.echo(f"{identifier}: {error.sentence(variety())}", err=True)
    return {"id": identifier, "error": code}
