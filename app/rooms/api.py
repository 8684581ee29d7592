"""Workspaces and their exports in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.api_operations import (
    Answer,
    JsonBody,
    Operation,
    Whole,
    list_of,
    no_content,
    object_of,
    ref,
)
from app.api_parameters import body
from app.comparison.comparing import validated
from app.comparison.table import ComparisonRequest, encoded
from app.comparison.visibility import comparison_for
from app.exports.api import EXPORT, EXPORT_LANGUAGES, FORMAT
from app.principal import current_principal, installation
from app.rooms.json_form import room_json, version_json
from app.rooms.page import room_export
from app.rooms.rooms import change_question, close_room, open_room, remove_member, rename, room, rooms, set_member
from app.rooms.snapshots import snapshots

_JSON = "application/json"


VERSION = Whole("version", usual=0, description="Number of the snapshot; 0 for the current table.")


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


def list_rooms() -> Response:
    return jsonify({"rooms": [room_json(room) for room in rooms(installation().store, current_principal())]})


def create_room() -> ResponseReturnValue:
    posted = body(NewRoom)
    validated(posted.question)
    found = open_room(installation().store, current_principal(), posted.name, posted.question)
    return jsonify(room_json(found)), 201, {"Location": url_for("api.room", room_id=found.id)}


def get_room(room_id: str) -> Response:
    store, principal = installation().store, current_principal()
    found = room(store, principal, room_id)
    kept = [version_json(item) for item in snapshots(store, principal, room_id)]
    return jsonify(room_json(found) | {"versions": kept})


def change_room(room_id: str) -> Response:
    posted, store, principal = body(RoomChange), installation().store, current_principal()
    if posted.name:
        rename(store, principal, room_id, posted.name)
    if posted.question:
        validated(posted.question)
        change_question(store, principal, room_id, posted.question)
    return jsonify(room_json(room(store, principal, room_id)))


def delete_room(room_id: str) -> ResponseReturnValue:
    close_room(installation().store, current_principal(), room_id)
    return "", 204


def get_room_table(room_id: str) -> Response:
    """Return the present table as the caller may see it, in the form of ``/compare``."""
    principal = current_principal()
    found = room(installation().store, principal, room_id)
    return Response(encoded(comparison_for(installation(), principal, found.question)), mimetype=_JSON)


def export_room(room_id: str) -> Response:
    """Return the present table of a workspace, or that of the snapshot ``version``, as a file."""
    return room_export(room_id, VERSION.value())


def put_member(room_id: str, principal: str) -> ResponseReturnValue:
    set_member(installation().store, current_principal(), room_id, principal, body(NewMember).role)
    return "", 204


def delete_member(room_id: str, principal: str) -> ResponseReturnValue:
    remove_member(installation().store, current_principal(), room_id, principal)
    return "", 204


OPERATIONS = (
    Operation(
        "/rooms",
        list_rooms,
        "listRooms",
        tag="rooms",
        summary="Workspaces of the caller",
        answer=list_of("rooms", "Room", "Workspaces, newest first."),
        endpoint="rooms",
    ),
    Operation(
        "/rooms",
        create_room,
        "openRoom",
        tag="rooms",
        summary="Create a workspace owned by the caller",
        answer=object_of("Room", "The workspace.", status=201),
        method="POST",
        endpoint="new_room",
        body=JsonBody(
            NewRoom,
            {"name": "Blanqueo en España y Francia", "question": {"concept": "ML", "jurisdictions": ["ES", "FR"]}},
            refined={"name": ref("RoomName"), "question": ref("NewQuestion")},
        ),
    ),
    Operation(
        "/rooms/<room_id>",
        get_room,
        "getRoom",
        tag="rooms",
        summary="A workspace with its snapshots",
        answer=Answer(
            "The workspace; `versions` are its snapshots, newest first.",
            {
                "allOf": [
                    ref("Room"),
                    {
                        "type": "object",
                        "required": ["versions"],
                        "properties": {"versions": {"type": "array", "items": ref("RoomVersion")}},
                    },
                ]
            },
        ),
        endpoint="room",
    ),
    Operation(
        "/rooms/<room_id>",
        change_room,
        "changeRoom",
        tag="rooms",
        summary="Change the name or question of a workspace",
        answer=object_of("Room", "The workspace."),
        method="PATCH",
        endpoint="change_room",
        body=JsonBody(
            RoomChange,
            {"name": "Blanqueo de capitales"},
            refined={"name": ref("RoomName"), "question": ref("NewQuestion")},
        ),
    ),
    Operation(
        "/rooms/<room_id>",
        delete_room,
        "closeRoom",
        tag="rooms",
        summary="Delete a workspace with its comments and snapshots",
        answer=no_content("Deleted."),
        method="DELETE",
        endpoint="close_room",
    ),
    Operation(
        "/rooms/<room_id>/table",
        get_room_table,
        "getRoomTable",
        tag="rooms",
        summary="The current comparison of a workspace, within the caller's access",
        answer=object_of("Comparison", "The comparison, as for `/compare`."),
        endpoint="room_table",
    ),
    Operation(
        "/rooms/<room_id>/export",
        export_room,
        "exportRoom",
        tag="rooms",
        summary="The table of a workspace or of a snapshot as a file",
        answer=EXPORT,
        endpoint="room_export",
        parameters=(
            VERSION,
            FORMAT,
            *EXPORT_LANGUAGES,
        ),
    ),
    Operation(
        "/rooms/<room_id>/members/<principal>",
        put_member,
        "setMember",
        tag="rooms",
        summary="Add a member, or change a member's role",
        answer=no_content("Recorded."),
        method="PUT",
        endpoint="set_room_member",
        body=JsonBody(NewMember, {"role": "member"}, refined={"role": ref("Role")}),
    ),
    Operation(
        "/rooms/<room_id>/members/<principal>",
        delete_member,
        "removeMember",
        tag="rooms",
        summary="Remove a member, or leave the workspace",
        answer=no_content("Recorded."),
        method="DELETE",
        endpoint="remove_room_member",
    ),
)
