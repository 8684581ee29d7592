"""``rogatio request-statistics``: counts of requests, with small numbers suppressed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.cli_wording import language, say, write_file
from app.requests.statistics.counted_requests import DIMENSIONS, OUTCOME, PAIR
from app.requests.statistics.form import statistics_csv, statistics_json, statistics_lines
from app.requests.statistics.tables import request_statistics
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-statistics.help"))
@click.option("--by", type=click.Choice(DIMENSIONS), default=PAIR, show_default=True, help=say("request-statistics.by"))
@click.option(
    "--across", type=click.Choice(DIMENSIONS), default=OUTCOME, show_default=True, help=say("request-statistics.across")
)
@click.option("--csv", "file", type=click.Path(dir_okay=False, path_type=Path), help=say("request-statistics.csv"))
@click.option("--internal", is_flag=True, help=say("request-statistics.internal"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_statistics_command(by: str, across: str, file: Path | None, internal: bool, as_json: bool) -> None:
    installation = open_installation(settings_from())
    access = installation.store.access(LOCAL_USER)
    found = request_statistics(installation.store, access, by, across, internal=internal)
    if file:
        write_file(file, statistics_csv(found, language()))
    if as_json:
        click.echo(json.dumps(statistics_json(found), ensure_ascii=False))
    else:
        for line in statistics_lines(found, language()):
            click.echo("\t".join(line))
    installation.close()
