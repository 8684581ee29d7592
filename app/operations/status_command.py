"""``rogatio status`` and ``rogatio collections``: contents of an installation."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from app.accounts.authorities import MAX_MEBIBYTES, set_authority_state, set_quota
from app.cli_wording import say
from app.collection_names import collection_name
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Collection
from indexing.ingest.status import status as installation_status
from indexing.installation import open_installation
from indexing.settings import settings_from
from indexing.store.quotas import MEBIBYTE, StorageUse, storage_use
from indexing.store.reading import Store
from indexing.store.writing import ensure_collection


@click.command(help=say("status.help"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def status_command(as_json: bool) -> None:
    status = installation_status(open_installation(settings_from()), LOCAL_USER)
    if as_json:
        click.echo(json.dumps(asdict(status), ensure_ascii=False))
        return
    click.echo(say("status.home", home=status.home, engine=status.engine, database=status.database))
    for name, number in status.documents.items():
        click.echo(f"{say(f'count.{name}'):>24}  {number}")
    for partition, number in status.records.items():
        click.echo(f"{say('status.space', space=partition):>24}  {number}")
    if not status.encoder:
        click.echo(say("search.without_meaning"))
    if status.by_words_alone:
        click.echo(say("status.by_words_alone", documents=status.by_words_alone))
    if status.unfinished:
        click.echo(say("status.unfinished", batches=status.unfinished))
    if last := status.verification:
        click.echo(say("status.verified", finished=last.finished, problems=last.problems))
    else:
        click.echo(say("status.never_verified"))


@click.command(help=say("collections.help"))
@click.option("--add", default="", metavar="NAME", help=say("collections.add"))
@click.option("--authority", default="", help=say("collections.authority"))
@click.option("--state", nargs=2, metavar="NAME CC", help=say("collections.state"))
@click.option("--quota", nargs=2, metavar="NAME MIB", help=say("collections.quota"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def collections_command(
    add: str, authority: str, state: tuple[str, str] | None, quota: tuple[str, str] | None, as_json: bool
) -> None:
    store = open_installation(settings_from()).store
    if add:
        _add(store, Collection(collection_name(add), add, authority))
    if state:
        set_authority_state(store, state[0], "" if state[1] == "-" else state[1])
    if quota:
        set_quota(store, quota[0], _mebibytes(quota[1]))
    access = store.access(LOCAL_USER)
    storage = {use.collection: use for use in storage_use(store)}
    rows: list[dict[str, Any]] = [
        {
            "id": collection.id,
            "name": collection.name,
            "authority": collection.authority,
            "state": collection.state,
            "documents": dict(store.counts(access, collection.id)),
            "used_bytes": storage[collection.id].used,
            "quota_bytes": storage[collection.id].quota,
        }
        for collection in store.collections(access)
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        kind = " ".join(filter(None, (row["authority"], row["state"]))) or say("collections.public")
        counts = ", ".join(f"{say(f'count.{name}')} {number}" for name, number in row["documents"].items())
        click.echo(f"{row['id']:<24} {kind:<24} {counts}, {_storage(storage[row['id']])}")


def _mebibytes(given: str) -> int | None:
    """Return a quota, None for ``-``; raises ``app.bad_quota``."""
    if given == "-":
        return None
    if not (given.isascii() and given.isdigit()):
        raise RogatioError("app.bad_quota", most=MAX_MEBIBYTES)
    return int(given)


def _storage(use: StorageUse) -> str:
    used = f"{use.used / MEBIBYTE:.1f}"
    if use.quota is None:
        return say("collections.storage", used=used)
    return say("collections.storage_of_quota", used=used, quota=use.quota // MEBIBYTE)


def _add(store: Store, collection: Collection) -> None:
    """Add a collection; raises ``indexing.collection_exists`` if it exists with another authority."""
    held = {collection.id: collection.authority for collection in store.collections(store.access(LOCAL_USER))}
    if held.get(collection.id, collection.authority) != collection.authority:
        raise RogatioError("indexing.collection_exists", collection=collection.id)
    ensure_collection(store, collection, LOCAL_USER)
