"""``rogatio rooms`` and ``rogatio export``: what is frozen and filed without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import click

from app.commands.written_files import write_file
from app.exports.akn import akn_law
from app.exports.answers import named_format
from app.exports.room import room_report
from app.exports.words import checked_language
from app.pages.wording import language, say
from indexing.access import LOCAL_USER
from indexing.comparison.views import compared
from indexing.library import open_library
from indexing.rooms.rooms import room, rooms
from indexing.rooms.versions import freeze, versions
from indexing.settings import settings_from


@click.command(help=say("rooms.help"))
@click.argument("room_id", required=False, default="")
@click.option("--freeze", "label", default=None, metavar="NAME", help=say("rooms.freeze"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def rooms_command(room_id: str, label: str | None, as_json: bool) -> None:
    library = open_library(settings_from())
    if label is not None:
        found = room(library.store, LOCAL_USER, room_id)
        made = compared(library, LOCAL_USER, found.question)
        click.echo(freeze(library, LOCAL_USER, found.id, made, label).digest)
        return
    wanted = [room(library.store, LOCAL_USER, room_id)] if room_id else rooms(library.store, LOCAL_USER)
    for found in wanted:
        kept = versions(library.store, LOCAL_USER, found.id)
        if as_json:
            rows = [{"number": one.number, "label": one.label, "digest": one.digest} for one in kept]
            click.echo(json.dumps({"id": found.id, "name": found.name, "versions": rows}, ensure_ascii=False))
        else:
            click.echo(f"{found.id}  {found.name}  {say('rooms.versions', count=len(kept))}")


@click.command(help=say("export.help"))
@click.argument("what")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", "number", type=click.IntRange(0), default=0, help=say("export.version"))
@click.option("--unit", default="", help=say("export.unit"))
@click.option("--report-language", "wanted", default="", metavar="es|pt|en|fr", help=say("export.language"))
def export_command(what: str, file: Path, number: int, unit: str, wanted: str) -> None:
    library = open_library(settings_from())
    name = file.suffix.lstrip(".").lower()
    if name == "xml":
        content = akn_law(library.store, library.store.access(LOCAL_USER), what, unit)[1]
    else:
        wanted_format = named_format(name)
        report = room_report(library, LOCAL_USER, what, number, checked_language(wanted or language()))
        content = wanted_format.write(report)
    write_file(file, content)
    click.echo(str(file))
