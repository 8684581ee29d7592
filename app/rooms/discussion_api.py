"""Comments and snapshots of workspaces in the REST API."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Annotated

import msgspec
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
from app.comparison.changes import changes
from app.comparison.visibility import comparison_for
from app.principal import current_access, current_principal, installation
from app.rooms.comments import CellKey, comment_on_cell, comments, resolve, withdraw
from app.rooms.json_form import comment_json, version_json
from app.rooms.rooms import room
from app.rooms.snapshots import freeze, open_snapshot
from indexing.store.schema import MAX_NUMBER

_JSON = "application/json"

OTHER = Whole("other", usual=0, description="Number of another snapshot to compare with; 0 for the current table.")


@dataclass(frozen=True, slots=True)
class NewComment:
    """``parent`` is the comment to which it replies; the cell of a reply is that of its parent."""

    text: str
    source: str = ""
    element: str = ""
    jurisdiction: str = ""
    parent: Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)] = 0


@dataclass(frozen=True, slots=True)
class Resolution:
    resolved: bool


@dataclass(frozen=True, slots=True)
class NewVersion:
    label: str = field(default="")


def list_comments(room_id: str) -> Response:
    found = comments(installation().store, current_access(), current_principal(), room_id)
    return jsonify({"comments": [comment_json(item) for item in found]})


def post_comment(room_id: str) -> ResponseReturnValue:
    posted = body(NewComment)
    cell = CellKey(posted.source[:64], posted.element[:64], posted.jurisdiction[:8])
    item = comment_on_cell(installation(), current_principal(), room_id, cell, posted.text, posted.parent)
    return jsonify(comment_json(item)), 201


def resolve_comment(room_id: str, number: int) -> ResponseReturnValue:
    resolved = body(Resolution).resolved
    resolve(installation().store, current_access(), current_principal(), room_id, number, done=resolved)
    return "", 204


def delete_comment(room_id: str, number: int) -> ResponseReturnValue:
    withdraw(installation().store, current_access(), current_principal(), room_id, number)
    return "", 204


def create_snapshot(room_id: str) -> ResponseReturnValue:
    posted, principal = body(NewVersion), current_principal()
    found = room(installation().store, principal, room_id)
    version = freeze(
        installation(), principal, room_id, comparison_for(installation(), principal, found.question), posted.label
    )
    return (
        jsonify(version_json(version)),
        201,
        {"Location": url_for("api.room_version", room_id=room_id, number=version.number)},
    )


def get_snapshot(room_id: str, number: int) -> Response:
    snapshot = open_snapshot(installation().store, current_access(), current_principal(), room_id, number)
    result = {
        "version": version_json(snapshot.version),
        "comparison": msgspec.to_builtins(snapshot.comparison),
        "sources": [asdict(source) for source in snapshot.sources.values()],
    }
    return jsonify(result)


def get_snapshot_changes(room_id: str, number: int) -> Response:
    """Return the cells that differ from another table: the present one, or the snapshot ``other``."""
    store, access, principal = installation().store, current_access(), current_principal()
    then = open_snapshot(store, access, principal, room_id, number).comparison
    other = OTHER.value()
    if other:
        now = open_snapshot(store, access, principal, room_id, other).comparison
    else:
        now = comparison_for(installation(), principal, room(store, principal, room_id).question)
    return Response(msgspec.json.encode({"changes": changes(then, now)}), mimetype=_JSON)


OPERATIONS = (
    Operation(
        "/rooms/<room_id>/comments",
        list_comments,
        "listComments",
        tag="rooms",
        summary="Comments on cells whose quotations the caller may read",
        answer=list_of("comments", "Comment", "Comments in chronological order."),
        endpoint="room_comments",
    ),
    Operation(
        "/rooms/<room_id>/comments",
        post_comment,
        "addComment",
        tag="rooms",
        summary="Comment on a cell, or reply to a comment",
        answer=object_of("Comment", "The comment.", status=201),
        method="POST",
        endpoint="new_room_comment",
        body=JsonBody(
            NewComment,
            {"text": "¿Falta la tentativa?", "source": "structure", "element": "penalty", "jurisdiction": "ES"},
            refined={
                "text": {"maxLength": 10000, "pattern": "\\S"},
                "source": {"description": "`structure`, or the instrument of the row."},
                "parent": {"description": "Number of the comment to reply to; the reply belongs to the same cell."},
            },
        ),
    ),
    Operation(
        "/rooms/<room_id>/comments/<int:number>",
        resolve_comment,
        "resolveComment",
        tag="rooms",
        summary="Resolve or reopen a thread",
        answer=no_content("Recorded."),
        method="PATCH",
        endpoint="resolve_room_comment",
        body=JsonBody(Resolution, {"resolved": True}),
    ),
    Operation(
        "/rooms/<room_id>/comments/<int:number>",
        delete_comment,
        "deleteComment",
        tag="rooms",
        summary="Delete a comment with its replies; owners may delete those of others",
        answer=no_content("Deleted."),
        method="DELETE",
        endpoint="delete_room_comment",
    ),
    Operation(
        "/rooms/<room_id>/versions",
        create_snapshot,
        "freezeRoom",
        tag="rooms",
        summary="Save a snapshot of the table as the caller sees it",
        answer=object_of("RoomVersion", "The snapshot.", status=201),
        method="POST",
        endpoint="new_room_version",
        description=(
            "Quotations of public law are stored verbatim; of other documents only the place and a hash are stored."
        ),
        body=JsonBody(NewVersion, {"label": "Primera lectura"}, refined={"label": {"maxLength": 200}}),
    ),
    Operation(
        "/rooms/<room_id>/versions/<int:number>",
        get_snapshot,
        "getVersion",
        tag="rooms",
        summary="A snapshot, within the caller's access",
        answer=Answer(
            "The snapshot with its comparison and sources.",
            {
                "type": "object",
                "required": ["version", "comparison", "sources"],
                "properties": {
                    "version": ref("RoomVersion"),
                    "comparison": ref("Comparison"),
                    "sources": {"type": "array", "items": ref("Source")},
                },
            },
        ),
        endpoint="room_version",
    ),
    Operation(
        "/rooms/<room_id>/versions/<int:number>/changes",
        get_snapshot_changes,
        "getChanges",
        tag="rooms",
        summary="Changes since a snapshot, cell by cell",
        answer=Answer(
            "All cells that are not empty in both.",
            {
                "type": "object",
                "required": ["changes"],
                "properties": {
                    "changes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["source", "element", "jurisdiction", "kind", "then", "now"],
                            "properties": {
                                "source": {"type": "string"},
                                "element": {"type": "string"},
                                "jurisdiction": {"type": "string"},
                                "kind": {"type": "string", "enum": ["same", "changed", "added", "removed"]},
                                "then": {"type": "array", "items": ref("Quotation")},
                                "now": {"type": "array", "items": ref("Quotation")},
                            },
                        },
                    }
                },
            },
        ),
        endpoint="room_changes",
        parameters=(OTHER,),
    ),
)
