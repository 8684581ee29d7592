"""``rogatio related``: similar requests, and other files that may name the parties of a request."""

from __future__ import annotations

import json

import click

from app.cli_wording import language, say, variety
from app.labels import concept_in, label_in
from app.requests.related.json_form import related_json
from app.requests.related.network import network_of
from app.requests.related.similar import similar_requests
from app.requests.related.words import outcome_words
from app.wording import enumerated
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("related.help"))
@click.argument("document")
@click.option("--limit", default=10, type=click.IntRange(1, 50), help=say("requests.limit"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def related_command(document: str, limit: int, as_json: bool) -> None:
    installation = open_installation(settings_from())
    access = installation.store.access(LOCAL_USER)
    similar = similar_requests(installation, access, document, limit)
    network = network_of(installation.store, access, document)
    if as_json:
        click.echo(json.dumps(related_json(similar, network), ensure_ascii=False))
        return
    click.echo(say("related.similar", n=len(similar)))
    for request in similar:
        shared = enumerated(
            (concept_in(variety(), code) for code in (*request.measures, *request.offences)), language()
        )
        days = "" if request.days is None else str(request.days)
        file, outcome = request.document, outcome_words(request.outcome, language())
        columns = (file.id, file.case_file or file.title, shared, outcome, days)
        click.echo("  " + "  ".join(filter(None, columns)))
    click.echo(say("related.parties", n=len(network.parties)))
    for party in network.parties:
        click.echo(f"  {label_in(variety(), 'match_kind', party.party.kind)}  {party.party.name}")
        for link in party.links:
            state = label_in(variety(), "match_state", link.state)
            click.echo(
                f"    {link.document.id}  {link.document.case_file or link.document.title}  {link.name}  {state}"
            )
