"""Working rooms and exports in the REST API."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Annotated

import msgspec
from flask import Blueprint, Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.api_parameters import body
from app.api_parameters import number as number_in
from app.comparison.changes import changes
from app.comparison.comparing import validated
from app.comparison.table import ComparisonRequest, encoded
from app.comparison.visibility import comparison_for
from app.exports.page import comparison as export_comparison
from app.exports.page import law as export_law
from app.principal import current_access, current_principal, installation
from app.rooms.comments import CellKey, comment_on_cell, comments, resolve, withdraw
from app.rooms.json_form import comment_json, room_json, version_json
from app.rooms.page import room_export
from app.rooms.rooms import change_question, close_room, open_room, remove_member, rename, room, rooms, set_member
from app.rooms.snapshots import freeze, open_snapshot, snapshots
from indexing.store.schema import MOST_NUMBER

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class NewRoom:
    name: str
    question: ComparisonRequest


@dataclass(frozen=True, slots=True)
class RoomChange:
    name: str = ""
    question: ComparisonRequest | None = None


@dataclass(frozen=True, slots=True)
class NewMember:
    role: str


@dataclass(frozen=True, slots=True)
class NewComment:
    """``parent`` is the comment that it answers; the cell of an answer is that of its parent."""

    text: str
    source: str = ""
    element: str = ""
    jurisdiction: str = ""
    parent: Annotated[int, msgspec.Meta(ge=0, le=MOST_NUMBER)] = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    resolved: bool


@dataclass(frozen=True, slots=True)
class NewVersion:
    label: str = field(default="")


def add_rules(api: Blueprint) -> None:
    for address, name, view, method in (
        ("/rooms", "rooms", listed, "GET"),
        ("/rooms", "new_room", made, "POST"),
        ("/rooms/<room_id>", "room", one, "GET"),
        ("/rooms/<room_id>", "change_room", changed, "PATCH"),
        ("/rooms/<room_id>", "close_room", closed, "DELETE"),
        ("/rooms/<room_id>/table", "room_table", table, "GET"),
        ("/rooms/<room_id>/export", "room_export", export, "GET"),
        ("/rooms/<room_id>/members/<principal>", "set_room_member", member, "PUT"),
        ("/rooms/<room_id>/members/<principal>", "remove_room_member", no_member, "DELETE"),
        ("/rooms/<room_id>/comments", "room_comments", said, "GET"),
        ("/rooms/<room_id>/comments", "new_room_comment", say, "POST"),
        ("/rooms/<room_id>/comments/<int:number>", "resolve_room_comment", resolved, "PATCH"),
        ("/rooms/<room_id>/comments/<int:number>", "delete_room_comment", unsaid, "DELETE"),
        ("/rooms/<room_id>/versions", "new_room_version", frozen, "POST"),
        ("/rooms/<room_id>/versions/<int:number>", "room_version", version, "GET"),
        ("/rooms/<room_id>/versions/<int:number>/changes", "room_changes", since, "GET"),
        ("/compare/export", "compare_export", export_comparison, "GET"),
        ("/documents/<document_id>/akoma-ntoso", "akoma_ntoso", export_law, "GET"),
    ):
        api.add_url_rule(address, name, view, methods=[method])


def listed() -> Response:
    return jsonify({"rooms": [room_json(one) for one in rooms(installation().store, current_principal())]})


def made() -> ResponseReturnValue:
    asked = body(NewRoom)
    validated(asked.question)
    found = open_room(installation().store, current_principal(), asked.name, asked.question)
    return jsonify(room_json(found)), 201, {"Location": url_for("api.room", room_id=found.id)}


def one(room_id: str) -> Response:
    store, principal = installation().store, current_principal()
    found = room(store, principal, room_id)
    kept = [version_json(item) for item in snapshots(store, principal, room_id)]
    return jsonify(room_json(found) | {"versions": kept})


def changed(room_id: str) -> Response:
    asked, store, principal = body(RoomChange), installation().store, current_principal()
    if asked.name:
        rename(store, principal, room_id, asked.name)
    if asked.question:
        validated(asked.question)
        change_question(store, principal, room_id, asked.question)
    return jsonify(room_json(room(store, principal, room_id)))


def closed(room_id: str) -> ResponseReturnValue:
    close_room(installation().store, current_principal(), room_id)
    return "", 204


def table(room_id: str) -> Response:
    """Answer the table as it is now for who asks, as ``/compare`` does."""
    principal = current_principal()
    found = room(installation().store, principal, room_id)
    return Response(encoded(comparison_for(installation(), principal, found.question)), mimetype=_JSON)


def export(room_id: str) -> Response:
    """Answer the table of a room as it is now, or of the frozen ``version``, as a file."""
    return room_export(room_id, number_in("version", 0, 0, MOST_NUMBER))


def member(room_id: str, principal: str) -> ResponseReturnValue:
    set_member(installation().store, current_principal(), room_id, principal, body(NewMember).role)
    return "", 204


def no_member(room_id: str, principal: str) -> ResponseReturnValue:
    remove_member(installation().store, current_principal(), room_id, principal)
    return "", 204


def said(room_id: str) -> Response:
    found = comments(installation().store, current_access(), current_principal(), room_id)
    return jsonify({"comments": [comment_json(item) for item in found]})


def say(room_id: str) -> ResponseReturnValue:
    asked = body(NewComment)
    cell = CellKey(asked.source[:64], asked.element[:64], asked.jurisdiction[:8])
    item = comment_on_cell(installation(), current_principal(), room_id, cell, asked.text, asked.parent)
    return jsonify(comment_json(item)), 201


def resolved(room_id: str, number: int) -> ResponseReturnValue:
    done = body(Resolution).resolved
    resolve(installation().store, current_access(), current_principal(), room_id, number, done=done)
    return "", 204


def unsaid(room_id: str, number: int) -> ResponseReturnValue:
    withdraw(installation().store, current_access(), current_principal(), room_id, number)
    return "", 204


def frozen(room_id: str) -> ResponseReturnValue:
    asked, principal = body(NewVersion), current_principal()
    found = room(installation().store, principal, room_id)
    kept = freeze(
        installation(), principal, room_id, comparison_for(installation(), principal, found.question), asked.label
    )
    return (
        jsonify(version_json(kept)),
        201,
        {"Location": url_for("api.room_version", room_id=room_id, number=kept.number)},
    )


def version(room_id: str, number: int) -> Response:
    kept = open_snapshot(installation().store, current_access(), current_principal(), room_id, number)
    told = {
        "version": version_json(kept.version),
        "comparison": msgspec.to_builtins(kept.comparison),
        "sources": [asdict(source) for source in kept.sources.values()],
    }
    return jsonify(told)


def since(room_id: str, number: int) -> Response:
    """Answer the cells that another table says otherwise: that of now, or of the version ``other``."""
    store, access, principal = installation().store, current_access(), current_principal()
    then = open_snapshot(store, access, principal, room_id, number).comparison
    other = number_in("other", 0, 0, MOST_NUMBER)
    if other:
        now = open_snapshot(store, access, principal, room_id, other).comparison
    else:
        now = comparison_for(installation(), principal, room(store, principal, room_id).question)
    return Response(msgspec.json.encode({"changes": changes(then, now)}), mimetype=_JSON)
