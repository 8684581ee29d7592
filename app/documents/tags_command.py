"""``rogatio tag``."""

from __future__ import annotations

import json
from collections.abc import Iterable

import click

from app.cli_usage import WrongUsage
from app.cli_wording import say
from app.documents.changes import Changes, change_documents
from app.documents.tags import tags_written
from indexing.access import LOCAL_USER
from indexing.installation import open_installation
from indexing.settings import settings_from
from indexing.store.reading import Selection
from indexing.store.tags import tag_counts, tags_of


@click.command(help=say("tag.help"))
@click.argument("documents", nargs=-1)
@click.option("--add", "added", multiple=True, metavar="TAG", help=say("tag.add"))
@click.option("--remove", "removed", multiple=True, metavar="TAG", help=say("tag.remove"))
@click.option("--collection", default="", help=say("tag.collection"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def tag_command(
    documents: tuple[str, ...], added: tuple[str, ...], removed: tuple[str, ...], collection: str, as_json: bool
) -> None:
    """Without documents, list the tags in use; with documents, change their tags and list them."""
    installation = open_installation(settings_from())
    store, access = installation.store, installation.store.access(LOCAL_USER)
    if not documents:
        if added or removed:
            raise WrongUsage("app.argument_missing", name="DOCUMENTS")
        counted = tag_counts(store, access, Selection(collection=collection))
        rows: list[dict[str, object]] = [{"tag": tag, "documents": count} for tag, count in counted]
        _print(({"tags": rows},) if as_json else (f"{count:>6}  {tag}" for tag, count in counted))
        return
    for document in documents:
        store.document(access, document)
    changes = Changes(added_tags=_each(added), removed_tags=_each(removed))
    if changes.tags:
        change_documents(installation, documents, changes)
    found = tags_of(store, access, documents)
    for document in dict.fromkeys(documents):
        tags = found.get(document, ())
        _print(({"document": document, "tags": tags},) if as_json else (f"{document}  {', '.join(tags)}",))


def _each(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(tag.strip() for words in written for tag in tags_written(words))


def _print(rows: Iterable[object]) -> None:
    for row in rows:
        click.echo(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False))
