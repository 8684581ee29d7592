"""``rogatio rooms`` and ``rogatio export``: what is said, frozen and filed without a browser."""

from __future__ import annotations

from pathlib import Path

import click

from app.cell_comments import say_of_cell
from app.commands.room_rows import cell_named, tell_room
from app.commands.usage import WrongUsage
from app.commands.wording import language, say
from app.commands.written_files import write_file
from app.exports.akn import akn_law
from app.exports.answers import named_format
from app.exports.room import room_report
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER
from indexing.comparison.views import compared
from indexing.library import open_library
from indexing.rooms.comments import resolve
from indexing.rooms.rooms import room, rooms
from indexing.rooms.versions import freeze
from indexing.settings import settings_from


@click.command(help=say("rooms.help"))
@click.argument("room_id", required=False, default="")
@click.option("--freeze", "label", default=None, metavar="NAME", help=say("rooms.freeze"))
@click.option("--comment", "text", default="", metavar="TEXT", help=say("rooms.comment"))
@click.option("--cell", default="", metavar="ROW/CC", help=say("rooms.cell"))
@click.option("--answer", "parent", type=click.IntRange(1), default=None, metavar="NUMBER", help=say("rooms.answer"))
@click.option("--resolve", "done", type=click.IntRange(1), default=None, metavar="NUMBER", help=say("rooms.resolve"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def rooms_command(
    room_id: str, label: str | None, text: str, cell: str, parent: int | None, done: int | None, as_json: bool
) -> None:
    library = open_library(settings_from())
    if not room_id and (label is not None or text or done):
        raise WrongUsage("app.argument_missing", name="ROOM_ID")
    if label is not None:
        found = room(library.store, LOCAL_USER, room_id)
        made = compared(library, LOCAL_USER, found.question)
        click.echo(freeze(library, LOCAL_USER, found.id, made, label).digest)
    elif text:
        click.echo(str(say_of_cell(library, LOCAL_USER, room_id, cell_named(cell), text, parent or 0).id))
    elif done:
        resolve(library.store, library.store.access(LOCAL_USER), LOCAL_USER, room_id, done)
    else:
        for found in [room(library.store, LOCAL_USER, room_id)] if room_id else rooms(library.store, LOCAL_USER):
            tell_room(library, found, as_json=as_json, whole=bool(room_id))
    library.close()


@click.command(help=say("export.help"))
@click.argument("what")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", "number", type=click.IntRange(0), default=0, help=say("export.version"))
@click.option("--unit", default="", help=say("export.unit"))
@click.option("--report-language", "wanted", type=click.Choice(LANGUAGES), help=say("export.language"))
def export_command(what: str, file: Path, number: int, unit: str, wanted: str | None) -> None:
    library = open_library(settings_from())
    name = file.suffix.lstrip(".").lower()
    if name == "xml":
        content = akn_law(library.store, library.store.access(LOCAL_USER), what, unit)[1]
    else:
        wanted_format = named_format(name)
        report = room_report(library, LOCAL_USER, what, number, wanted or language())
        content = wanted_format.write(report)
    write_file(file, content)
    click.echo(str(file))
