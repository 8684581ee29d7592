"""``rogatio request``: the fields and completeness of request files, as JSON Lines; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import click

from app.annotation.command import write_rows
from app.cli_wording import say, variety
from app.requests.rows import Row, request_row
from extraction.document import Block


@click.command(help=say("request.help"))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help=say("request.jsonl"))
def request_command(files: tuple[Path, ...], jsonl: bool) -> None:
    write_rows(files, jsonl, partial(reading_row, variety()))


def reading_row(
    language: str, text: str, blocks: Sequence[Block] = (), metadata: Mapping[str, str] | None = None
) -> Row:
    """Return the reading of a text as a row, its messages in ``language``; the caller sets ``id``.

    That of an answer has the state of the request that it reports, with its words, as ``outcome``.
    """
    from app.requests.life.summary import reported_outcome
    from nlp.pipeline import annotate
    from nlp.requests.reading import read_request

    annotations = annotate(text, blocks, metadata=metadata)
    row = request_row("", read_request(text, annotations, blocks), language)
    outcome = reported_outcome(row, text)
    return {**row, "outcome": outcome} if outcome else row
