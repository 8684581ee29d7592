"""``rogatio rooms`` and ``rogatio export``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from app.cli_usage import WrongUsage
from app.cli_wording import language, say, variety, write_file
from app.comparison.export import question_words
from app.comparison.table import STRUCTURE
from app.comparison.visibility import comparison_for
from app.exports.akoma_ntoso import akn_law
from app.exports.responses import named_format
from app.exports.words import EXPORT_LANGUAGES
from app.labels import label_in, person_in
from app.rooms.comments import CellKey, Comment, comment_on_cell, comments, resolve
from app.rooms.export import room_report
from app.rooms.json_form import comment_json, room_json, version_json
from app.rooms.provisions import add_cited, add_provision, remove_cited, remove_provision
from app.rooms.rooms import Room, room, rooms
from app.rooms.snapshots import freeze, snapshots
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.records.stored_fields import StoredFields
from indexing.settings import settings_from

_PROVISION_ID = re.compile(r"[0-9a-f]{24}:\d+")


def cell_key(written: str) -> CellKey:
    """Parse ``penalty/ES``, or ``UNTOC_6/conversion/ES`` for a row of a model instrument; empty for a reply."""
    parts = written.split("/") if written else ["", ""]
    if len(parts) not in (2, 3):
        raise WrongUsage("app.bad_cell", cell=written[:80])
    *source, element, country = parts
    return CellKey(source[0] if source else STRUCTURE if element else "", element, country.upper())


def print_room(installation: Installation, found: Room, *, as_json: bool, whole: bool) -> None:
    """Print a workspace on one line, with ``whole`` also its question, members, snapshots and comments."""
    store, access = installation.store, installation.store.access(LOCAL_USER)
    versions = snapshots(store, LOCAL_USER, found.id)
    if as_json:
        result = room_json(found) | {"versions": [version_json(version) for version in versions]}
        discussion = {"comments": [comment_json(comment) for comment in comments(store, access, LOCAL_USER, found.id)]}
        click.echo(json.dumps(result | (discussion if whole else {}), ensure_ascii=False))
        return
    click.echo(f"{found.id}  {found.name}  {say('rooms.versions', count=len(versions))}")
    if not whole:
        return
    click.echo(question_words(found.question, language()))
    members = (f"{person_in(variety(), member.principal)} ({_role(member.role)})" for member in found.members)
    click.echo(", ".join(members))
    for entry in versions:
        click.echo(f"{entry.number}  {entry.label}  {entry.digest}")
    for comment in comments(store, access, LOCAL_USER, found.id):
        click.echo(_comment_line(comment))


def _role(role: str) -> str:
    return label_in(variety(), "role", role)


def _comment_line(comment: Comment) -> str:
    cell = "/".join((comment.cell.source, comment.cell.element, comment.cell.jurisdiction)).removeprefix(
        f"{STRUCTURE}/"
    )
    resolved = say("rooms.resolved", by=person_in(variety(), comment.resolved_by)) if comment.resolved else ""
    indent = "    " if comment.parent else "  "
    columns = (
        f"#{comment.id}",
        "" if comment.parent else cell,
        person_in(variety(), comment.author),
        comment.text,
        resolved,
    )
    return indent + "  ".join(filter(None, columns))


@click.command(help=say("rooms.help"))
@click.argument("room_id", required=False, default="")
@click.option("--freeze", "label", default=None, metavar="NAME", help=say("rooms.freeze"))
@click.option("--comment", "text", default="", metavar="TEXT", help=say("rooms.comment"))
@click.option("--cell", default="", metavar="ROW/CC", help=say("rooms.cell"))
@click.option("--answer", "parent", type=click.IntRange(1), default=None, metavar="NUMBER", help=say("rooms.answer"))
@click.option("--resolve", "done", type=click.IntRange(1), default=None, metavar="NUMBER", help=say("rooms.resolve"))
@click.option("--add-provision", "added", default="", metavar="CITATION", help=say("rooms.add_provision"))
@click.option("--remove-provision", "removed", default="", metavar="CITATION", help=say("rooms.remove_provision"))
@click.option("--json", "as_json", is_flag=True, help=say("option.json"))
def rooms_command(
    room_id: str,
    label: str | None,
    text: str,
    cell: str,
    parent: int | None,
    done: int | None,
    added: str,
    removed: str,
    as_json: bool,
) -> None:
    installation = open_installation(settings_from())
    if not room_id and (label is not None or text or done or added or removed):
        raise WrongUsage("app.argument_missing", name="ROOM_ID")
    if label is not None:
        found = room(installation.store, LOCAL_USER, room_id)
        made = comparison_for(installation, LOCAL_USER, found.question)
        click.echo(freeze(installation, LOCAL_USER, found.id, made, label).digest)
    elif added or removed:
        _change_provisions(installation, room_id, added, removed)
    elif text:
        click.echo(str(comment_on_cell(installation, LOCAL_USER, room_id, cell_key(cell), text, parent or 0).id))
    elif done:
        resolve(installation.store, installation.store.access(LOCAL_USER), LOCAL_USER, room_id, done)
    else:
        for found in (
            [room(installation.store, LOCAL_USER, room_id)] if room_id else rooms(installation.store, LOCAL_USER)
        ):
            print_room(installation, found, as_json=as_json, whole=bool(room_id))
    installation.close()


def _change_provisions(installation: Installation, room_id: str, added: str, removed: str) -> None:
    """Add a provision, remove another one, and print each; both are citations or ids (``<document>:<number>``)."""
    if added:
        named = add_provision if _PROVISION_ID.fullmatch(added) else add_cited
        _print_provision(named(installation, LOCAL_USER, room_id, added))
    if removed:
        named = remove_provision if _PROVISION_ID.fullmatch(removed) else remove_cited
        _print_provision(named(installation, LOCAL_USER, room_id, removed))


def _print_provision(provision: StoredFields) -> None:
    click.echo(
        f"{provision.scope_id}  {', '.join(filter(None, (provision.unit, provision.title or provision.source)))}"
    )


@click.command(help=say("export.help"))
@click.argument("what")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", "number", type=click.IntRange(0), default=0, help=say("export.version"))
@click.option("--unit", default="", help=say("export.unit"))
@click.option("--report-language", "chosen_language", type=click.Choice(EXPORT_LANGUAGES), help=say("export.language"))
def export_command(what: str, file: Path, number: int, unit: str, chosen_language: str | None) -> None:
    installation = open_installation(settings_from())
    name = file.suffix.lstrip(".").lower()
    if name == "xml":
        content = akn_law(installation.store, installation.store.access(LOCAL_USER), what, unit)[1]
    else:
        wanted_format = named_format(name)
        report = room_report(installation, LOCAL_USER, what, number, chosen_language or language())
        content = wanted_format.write(report)
    write_file(file, content)
    click.echo(str(file))
