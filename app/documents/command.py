"""``rogatio show``, ``reindex``, ``delete`` and ``correct``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import Progress

from app.cli_wording import say
from app.uploads import job_records
from indexing.access import LOCAL_USER
from indexing.ingest.corrections import correct, refuse_if_held, remove
from indexing.ingest.ingest import process_pending
from indexing.ingest.reindexing import reindex
from indexing.installation import Installation, open_installation
from indexing.settings import settings_from
from indexing.store.database import forget_deleted
from indexing.store.deletion import expunge_removed
from indexing.store.rows import CORRECTABLE, PAGE_TEXT, StoredDocument

SHOWN = (
    "source title document_type jurisdiction date language collection case_file parent duplicate_of status error "
    "media_type pages passages sha256"
).split()


@click.command(help=say("show.help"))
@click.argument("document")
@click.option("--page", type=click.IntRange(1), help=say("show.page"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def show_command(document: str, page: int | None, as_json: bool) -> None:
    installation = open_installation(settings_from())
    access = installation.store.access(LOCAL_USER)
    stored = installation.store.document(access, document)
    text = installation.store.page_text(access, document, page) if stored.passages else ""
    if as_json:
        row = asdict(stored) | {"added": stored.added.isoformat(), "text": text}
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _print_result(stored)
        click.echo_via_pager(text) if text else None


def _print_result(stored: StoredDocument) -> None:
    for name in SHOWN:
        if value := getattr(stored, name):
            click.echo(f"{say(f'field.{name}'):>20}  {value}")
    click.echo()


@click.command(help=say("reindex.help"))
@click.option("--to", "engine", type=click.Choice(("embedded", "elasticsearch")), help=say("reindex.to"))
@click.option("--space", default="", help=say("reindex.space"))
def reindex_command(engine: str | None, space: str) -> None:
    installation = open_installation(settings_from())
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say("reindex.progress"), total=None)
        report = reindex(
            installation,
            engine or installation.settings.engine,
            space,
            lambda done, known: bar.update(task, completed=done, total=known),
        )
    click.echo(say("reindex.report", documents=report.documents, records=report.records, engine=report.engine))
    if report.engine != installation.settings.engine:
        click.echo(say("reindex.setting", engine=report.engine))


@click.command(help=say("delete.help"))
@click.argument("documents", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help=say("delete.yes"))
def delete_command(documents: tuple[str, ...], yes: bool) -> None:
    """Delete documents, then, once for all, what the index and the log of the database still have of them.

    Raises ``indexing.legal_hold`` before it asks whether to delete, if one of them is held.
    """
    installation = open_installation(settings_from())
    access, deleted = installation.store.access(LOCAL_USER), list[str]()
    named = [installation.store.document(access, document) for document in documents]
    for document in named:
        refuse_if_held(installation.store, access, document)
    if not yes and not all(_is_sure(document.source) for document in named):
        sys.exit(1)
    try:
        for one in documents:
            deleted += [] if one in deleted else remove(installation, one, LOCAL_USER)
    finally:
        job_records.forget(installation.store, deleted)
        process_pending(installation)
        forget_deleted(installation.store.database)
        for removed in deleted:
            click.echo(say("delete.done", document=removed))
    _expunge(installation)


def _expunge(installation: Installation) -> None:
    """Remove what the index has of deleted and corrected text."""
    if expunge_removed(installation.store, installation.engine):
        process_pending(installation)


def _is_sure(source: str) -> bool:
    """Ask for confirmation in the user's language; anything but yes means no."""
    choice = say("delete.choice")
    answer = click.prompt(f"{say('delete.sure', source=source)} [{choice}]", default="", show_default=False)
    return answer.strip().lower()[:1] in {choice[0], "y"}


@click.command(help=say("correct.help"))
@click.argument("document")
@click.argument("field", type=click.Choice((*CORRECTABLE, PAGE_TEXT)))
@click.argument("value")
@click.option("--page", type=click.IntRange(1), default=None, help=say("correct.page"))
def correct_command(document: str, field: str, value: str, page: int | None) -> None:
    installation = open_installation(settings_from())
    fields = {field: sys.stdin.read() if value == "-" else value}
    correct(installation, document, fields, LOCAL_USER, page=page or 0)
    from app.requests.readings import read_pending  # imports the readers, which --help does not need

    read_pending(installation.store)
    _expunge(installation)
    click.echo(say("correct.done", document=document))
