"""``rogatio demo-corpus``: writes the demonstration corpus, each file with its ground truth in a second file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from app.cli_wording import say
from extraction.errors import RogatioError


@click.command(help=say("demo-corpus.help"))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--documents", type=click.IntRange(1), default=80, show_default=True, help=say("demo-corpus.documents"))
@click.option("--seed", type=int, default=1, show_default=True, help=say("demo-corpus.seed"))
def demo_corpus_command(folder: Path, documents: int, seed: int) -> None:
    try:
        from app.demonstration.corpus import write_corpus, write_legislation
        from app.demonstration.register import write_register
        from app.demonstration.workspace import write_workspace
    except ModuleNotFoundError as error:
        raise RogatioError("app.demonstration_missing", module=error.name) from error
    try:
        corpus = list(write_corpus(folder, documents=documents, seed=seed))
        corpus += write_legislation(folder, documents=documents, seed=seed)
        write_workspace(folder, corpus)
        written = len(corpus) + len(write_register(folder, date.today()))
    except OSError as error:
        raise RogatioError("app.file_not_written", file=error.filename or folder) from error
    click.echo(say("demo-corpus.done", documents=written, folder=folder))
