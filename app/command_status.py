"""``rogatio status`` and ``rogatio collections``: what an installation holds."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from app.wording import say
from indexing.access import LOCAL_USER, Collection
from indexing.library import open_library
from indexing.settings import settings_from
from indexing.store_writing import ensure_collection


@click.command(help=say("status.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def status_command(as_json: bool) -> None:
    status = open_library(settings_from()).status(LOCAL_USER)
    if as_json:
        click.echo(json.dumps(asdict(status), ensure_ascii=False))
        return
    click.echo(say("status.home", home=status.home, engine=status.engine, database=status.database))
    for name, number in status.documents.items():
        click.echo(f"{say(f'count.{name}'):>24}  {number}")
    for space, number in status.records.items():
        click.echo(f"{say('status.space', space=space):>24}  {number}")
    if status.by_words_alone:
        click.echo(say("status.by_words_alone", documents=status.by_words_alone))
    if status.unfinished:
        click.echo(say("status.unfinished", batches=status.unfinished))


@click.command(help=say("collections.help"))
@click.option("--add", default="", metavar="NAME", help=say("collections.add"))
@click.option("--authority", default="", help=say("collections.authority"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def collections_command(add: str, authority: str, as_json: bool) -> None:
    store = open_library(settings_from()).store
    if add:
        ensure_collection(store, Collection(add, add, authority), LOCAL_USER)
    access = store.access(LOCAL_USER)
    rows = [
        {"id": one.id, "name": one.name, "authority": one.authority, "documents": dict(store.counts(access, one.id))}
        for one in store.collections(access)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        kind = row["authority"] or say("collections.public")
        click.echo(f"{row['id']:<24} {kind:<24} {row['documents']}")
