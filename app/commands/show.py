"""``rogatio show``: what is known of a document, and its text."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from app.commands.wording import say
from indexing.access import LOCAL_USER
from indexing.library import open_library
from indexing.settings import settings_from
from indexing.store.rows import StoredDocument

SHOWN = (
    "source title document_type jurisdiction date language collection case_file parent duplicate_of status error "
    "media_type pages passages sha256"
).split()


@click.command(help=say("show.help"))
@click.argument("document")
@click.option("--page", type=click.IntRange(1), help=say("show.page"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def show_command(document: str, page: int | None, as_json: bool) -> None:
    library = open_library(settings_from())
    access = library.store.access(LOCAL_USER)
    stored = library.store.document(access, document)
    text = library.store.page_text(access, document, page) if stored.passages else ""
    if as_json:
        row = asdict(stored) | {"added": stored.added.isoformat(), "text": text}
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        _tell(stored)
        click.echo_via_pager(text) if text else None


def _tell(stored: StoredDocument) -> None:
    for name in SHOWN:
        if value := getattr(stored, name):
            click.echo(f"{say(f'field.{name}'):>20}  {value}")
    click.echo()
