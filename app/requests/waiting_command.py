"""``rogatio request-waiting``: near deadlines, proposals to decide, and who waits for whom."""

from __future__ import annotations

import json
from datetime import date

import click

from app.cli_wording import language, say
from app.requests.waiting import waiting
from app.requests.waiting_form import waiting_json, waiting_lines
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("request-waiting.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def request_waiting_command(as_json: bool) -> None:
    installation = open_installation(settings_from())
    store, today = installation.store, date.today()
    found = waiting(store, store.access(LOCAL_USER), today)
    if as_json:
        click.echo(json.dumps(waiting_json(found, today, language()), ensure_ascii=False))
    else:
        for line in list(waiting_lines(found, language())) or [say("request-waiting.nothing")]:
            click.echo(line)
    installation.close()
