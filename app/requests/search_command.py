"""``rogatio requests``: the requests of the collection that match a query."""

from __future__ import annotations

import json

import click

from app.cli_wording import language, say, variety
from app.labels import concept_in, label_in
from app.requests.register import RegisteredRequest
from app.requests.search.json_form import found_json
from app.requests.search.search import MAX_REQUESTS, PAGE_SIZE, search_requests
from app.wording import enumerated
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("requests.help"))
@click.argument("query", default="")
@click.option("--start", default=0, type=click.IntRange(0), help=say("requests.start"))
@click.option("--limit", default=PAGE_SIZE, type=click.IntRange(1, MAX_REQUESTS), help=say("requests.limit"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def requests_command(query: str, start: int, limit: int, as_json: bool) -> None:
    installation = open_installation(settings_from())
    found = search_requests(installation, installation.store.access(LOCAL_USER), query, start=start, limit=limit)
    if as_json:
        click.echo(json.dumps(found_json(found, language()), ensure_ascii=False))
        return
    click.echo(say("requests.total", n=found.total))
    for line in found.lines:
        click.echo(_line(line))


def _line(line: RegisteredRequest) -> str:
    kind = label_in(variety(), "document_type", line.document.document_type)
    measures = enumerated((concept_in(variety(), measure) for measure in line.measures), language())
    states = f"{line.requesting or '?'} → {line.requested or '?'}"
    parts = (line.document.id, states, line.deadline, line.reference or line.document.title, kind, measures)
    return "  ".join(part for part in parts if part)
