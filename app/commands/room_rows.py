"""A working room on the command line: what it is, what was said in it, and how one of its cells is named."""

from __future__ import annotations

import json

import click

from app.api.room_json import comment_json, room_json, version_json
from app.commands.usage import WrongUsage
from app.commands.wording import language, say
from app.exports.comparison import asked
from app.labels import label_in, person_in
from indexing.access import LOCAL_USER
from indexing.comparison.table import STRUCTURE
from indexing.library import Library
from indexing.rooms.comments import CellKey, Comment, comments
from indexing.rooms.rooms import Room
from indexing.rooms.versions import versions


def cell_named(written: str) -> CellKey:
    """Read ``penalty/ES``, or ``UNTOC_6/conversion/ES`` for a row of a model instrument; empty for an answer."""
    parts = written.split("/") if written else ["", ""]
    if len(parts) not in (2, 3):
        raise WrongUsage("app.bad_cell", cell=written[:80])
    *source, element, country = parts
    return CellKey(source[0] if source else STRUCTURE if element else "", element, country.upper())


def tell_room(library: Library, found: Room, *, as_json: bool, whole: bool) -> None:
    """Write a room in a line, and where ``whole`` its question, members, versions and comments."""
    store, access = library.store, library.store.access(LOCAL_USER)
    kept = versions(store, LOCAL_USER, found.id)
    if as_json:
        told = room_json(found) | {"versions": [version_json(one) for one in kept]}
        said = {"comments": [comment_json(one) for one in comments(store, access, LOCAL_USER, found.id)]}
        click.echo(json.dumps(told | (said if whole else {}), ensure_ascii=False))
        return
    click.echo(f"{found.id}  {found.name}  {say('rooms.versions', count=len(kept))}")
    if not whole:
        return
    click.echo(asked(found.question, language()))
    members = (f"{person_in(language(), one.principal)} ({_role(one.role)})" for one in found.members)
    click.echo(", ".join(members))
    for one in kept:
        click.echo(f"{one.number}  {one.label}  {one.digest}")
    for said_there in comments(store, access, LOCAL_USER, found.id):
        click.echo(_comment_line(said_there))


def _role(role: str) -> str:
    return label_in(language(), "role", role)


def _comment_line(said: Comment) -> str:
    cell = "/".join((said.cell.source, said.cell.element, said.cell.jurisdiction)).removeprefix(f"{STRUCTURE}/")
    done = say("rooms.resolved", by=person_in(language(), said.resolved_by)) if said.resolved else ""
    indent = "    " if said.parent else "  "
    told = (f"#{said.id}", "" if said.parent else cell, person_in(language(), said.author), said.text, done)
    return indent + "  ".join(filter(None, told))
