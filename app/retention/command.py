"""``rogatio retention``: rules, the report of due documents, and their deletion by the operator."""

from __future__ import annotations

import json

import click
from rich.console import Console
from rich.progress import Progress

from app.cli_wording import say
from app.retention import rules
from app.retention.deletion import delete_all_due
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import process_pending
from indexing.installation import open_installation
from indexing.settings import settings_from


@click.group("retention", help=say("retention.help"))
def retention_command() -> None:
    pass


@retention_command.command("rule", help=say("retention.rule"))
@click.argument("collection")
@click.option("--type", "document_type", default="", help=say("ingest.type"))
@click.option("--days", type=click.IntRange(rules.MIN_DAYS, rules.MAX_DAYS), required=True, help=say("retention.days"))
def rule(collection: str, document_type: str, days: int) -> None:
    store = open_installation(settings_from()).store
    made = rules.propose_rule(store, collection, document_type, days, LOCAL_USER)
    rules.approve_rule(store, made.id, LOCAL_USER, alone=True)
    click.echo(say("retention.rule_set", number=made.id))


@retention_command.command("remove", help=say("retention.remove"))
@click.argument("number", type=int)
def remove(number: int) -> None:
    rules.remove_rule(open_installation(settings_from()).store, number, LOCAL_USER)
    click.echo(say("retention.removed", number=number))


@retention_command.command("report", help=say("retention.report"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def report(as_json: bool) -> None:
    store = open_installation(settings_from()).store
    access = store.access(LOCAL_USER)
    for known in rules.retention_rules(store, access) if not as_json else ():
        state = "" if known.approver else f"  ({say('retention.not_approved')})"
        click.echo(f"{known.id:>4}  {known.collection}  {known.document_type or '*'}  {known.days}{state}")
    due = rules.due_documents(store, access)
    rows = [{"document": item.document.id, "since": item.since.isoformat(), "held": item.is_held} for item in due]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row, item in zip(rows, due, strict=True):
        held = f"  {say('retention.held')}" if item.is_held else ""
        click.echo(f"{row['document']}  {item.since:%Y-%m-%d}  {item.document.collection}{held}")


@retention_command.command("apply", help=say("retention.apply"))
@click.option("--yes", is_flag=True, required=True, help=say("delete.yes"))
def apply(yes: bool) -> None:
    """Delete in slices; a repeated command continues what a killed one left."""
    installation = open_installation(settings_from())
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(say("retention.progress"), total=None)
        gone = delete_all_due(
            installation, LOCAL_USER, lambda done, total: bar.update(task, completed=done, total=total)
        )
    process_pending(installation)
    click.echo(say("retention.applied", documents=len(gone)))
