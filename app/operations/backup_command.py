"""``rogatio backup`` and ``rogatio restore``."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli_wording import say
from app.operations.backup import back_up, restore
from app.operations.index_backup import restore_index
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("backup.help"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    installation = open_installation(settings_from())
    found = back_up(installation, file)
    installation.close()
    click.echo(say("backup.done", file=file, documents=found.documents))
    click.echo(say("backup.secret"))
    if found.snapshot:
        click.echo(say("backup.snapshot", name=found.snapshot.name, repository=found.snapshot.repository))


@click.command(help=say("restore.help"))
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
def restore_command(file: Path) -> None:
    """Restore a backup, migrate its database to the newest schema, and restore the index from its snapshot."""
    settings = settings_from()
    found = restore(settings, file)
    installation = open_installation(settings)
    click.echo(say("restore.done", home=settings.home, documents=found.documents, made=found.made))
    has_index = found.engine == settings.engine == "embedded"
    try:
        has_index = restore_index(installation, found.snapshot) or has_index
    finally:
        if not has_index:
            click.echo(say("restore.index"))
        installation.close()
