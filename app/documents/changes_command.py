"""``rogatio move`` and ``rogatio release``."""

from __future__ import annotations

import click

from app.audit.command_recording import note_in_command
from app.cli_wording import say
from app.documents.changes import Changes, change_documents, release_documents
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import process_pending
from indexing.installation import Installation, open_installation
from indexing.settings import settings_from


@click.command(help=say("move.help"))
@click.argument("documents", nargs=-1, required=True)
@click.option("--collection", default=None, help=say("move.collection"))
@click.option("--case-file", default=None, help=say("move.case_file"))
def move_command(documents: tuple[str, ...], collection: str | None, case_file: str | None) -> None:
    installation = open_installation(settings_from())
    moved = change_documents(installation, documents, Changes({}, collection, case_file))
    note_in_command(**moved.audited)
    _process(installation)
    for document in moved.documents:
        click.echo(say("move.done", document=document))


@click.command(help=say("release.help"))
@click.argument("documents", nargs=-1, required=True)
def release_command(documents: tuple[str, ...]) -> None:
    installation = open_installation(settings_from())
    release_documents(installation, documents, LOCAL_USER)
    _process(installation)
    for document in documents:
        click.echo(say("release.done", document=document))


def _process(installation: Installation) -> None:
    from app.requests.readings import read_pending  # imports the readers, which --help does not need

    process_pending(installation)
    read_pending(installation.store)
