"""``rogatio migrate``: from SQLite and the embedded engine to PostgreSQL, and to Elasticsearch where it is set."""

from __future__ import annotations

import click

from app.cli_wording import say
from app.operations.migration import migrate
from indexing.ingest.reindexing import reindex
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("migrate.help"))
def migrate_command() -> None:
    settings = settings_from()
    copied = migrate(settings)
    click.echo(say("migrate.done", documents=copied["documents"], rows=sum(copied.values())))
    if settings.engine != "embedded":
        installation = open_installation(settings)
        report = reindex(installation)
        installation.close()
        click.echo(say("reindex.report", documents=report.documents, records=report.records, engine=report.engine))
    click.echo(say("migrate.left", file=settings.records_file))
