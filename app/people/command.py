"""``rogatio entities`` and ``rogatio entity``."""

from __future__ import annotations

import json

import click

from app.cli_wording import say, variety
from app.labels import label_in
from app.people.json_form import entity_json, occurrence_json, proposal_json
from app.people.occurrences import Occurrence, document_entities, occurrences
from app.people.same_person import DIFFERENT, OPEN, SAME, Proposal, decide, proposals
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.command(help=say("entities.help"))
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def entities_command(document: str, as_json: bool) -> None:
    store = open_installation(settings_from()).store
    found = document_entities(store, store.access(LOCAL_USER), document)
    if as_json:
        click.echo(json.dumps({"entities": [entity_json(occurrence) for occurrence in found]}, ensure_ascii=False))
        return
    for occurrence in sorted(found, key=lambda occurrence: occurrence.label):
        kind = label_in(variety(), "entity", occurrence.label)
        click.echo(f"{occurrence.key}  {kind}  {occurrence.name}  × {occurrence.mentions}")


@click.command(help=say("entity.help"))
@click.argument("key")
@click.option("--same", default="", metavar="KEY", help=say("entity.same"))
@click.option("--different", default="", metavar="KEY", help=say("entity.different"))
@click.option("--open", "undecided", default="", metavar="KEY", help=say("entity.open"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def entity_command(key: str, same: str, different: str, undecided: str, as_json: bool) -> None:
    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    for other, verdict in ((same, SAME), (different, DIFFERENT), (undecided, OPEN)):
        if other:
            decide(store, access, LOCAL_USER, key, other, verdict)
    found = occurrences(store, access, key)
    proposed = proposals(store, access, found[0])
    if as_json:
        row = {
            "occurrences": [occurrence_json(occurrence) for occurrence in found],
            "proposals": [proposal_json(proposal) for proposal in proposed],
        }
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _print_result(found, proposed)


def _print_result(found: tuple[Occurrence, ...], proposed: tuple[Proposal, ...]) -> None:
    click.echo(f"{label_in(variety(), 'entity', found[0].label)}  {found[0].name}")
    for occurrence in found:
        click.echo(_line(occurrence))
    if proposed:
        click.echo(say("entity.proposed"))
    for proposal in proposed:
        strength = label_in(variety(), "strength", proposal.strength)
        verdict = say(f"entity.is_{proposal.verdict}") if proposal.verdict else ""
        click.echo(
            f"{_line(proposal.other)}  {proposal.other.name}  {proposal.other.key}  {strength}  {verdict}".rstrip()
        )


def _line(occurrence: Occurrence) -> str:
    places = ", ".join(dict.fromkeys(say("page", page=place.page) for place in occurrence.places[:8]))
    return f"  {occurrence.document.id}  {occurrence.document.title or occurrence.document.source}  {places}"
