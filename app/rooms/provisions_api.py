"""Provisions of workspaces in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, no_content, object_of
from app.api_parameters import body
from app.principal import current_principal, installation
from app.rooms.json_form import room_json
from app.rooms.provisions import MAX_CITATION_LENGTH, add_cited, add_provision, remove_provision
from app.rooms.rooms import room


@dataclass(frozen=True, slots=True)
class NewProvision:
    """``provision`` is an id as in a comparison; ``citation`` is read without one."""

    provision: str = ""
    citation: str = ""


def post_provision(room_id: str) -> ResponseReturnValue:
    posted, principal = body(NewProvision), current_principal()
    if posted.provision:
        add_provision(installation(), principal, room_id, posted.provision)
    else:
        add_cited(installation(), principal, room_id, posted.citation)
    return jsonify(room_json(room(installation().store, principal, room_id))), 201


def delete_provision(room_id: str, provision_id: str) -> ResponseReturnValue:
    remove_provision(installation(), current_principal(), room_id, provision_id)
    return "", 204


OPERATIONS = (
    Operation(
        "/rooms/<room_id>/provisions",
        post_provision,
        "addRoomProvision",
        tag="rooms",
        summary="Add a provision to a workspace, by its id or by a citation",
        answer=object_of("Room", "The workspace with its new question.", status=201),
        method="POST",
        endpoint="new_room_provision",
        body=JsonBody(
            NewProvision,
            {"citation": "Código Penal art. 301 (España)"},
            refined={"citation": {"maxLength": MAX_CITATION_LENGTH}},
            rules={
                "anyOf": [
                    {"required": ["provision"], "properties": {"provision": {"minLength": 1}}},
                    {"required": ["citation"], "properties": {"citation": {"pattern": "[A-Za-z0-9]"}}},
                ]
            },
        ),
    ),
    Operation(
        "/rooms/<room_id>/provisions/<provision_id>",
        delete_provision,
        "removeRoomProvision",
        tag="rooms",
        summary="Remove a provision from a workspace; its snapshots keep it",
        answer=no_content("Removed."),
        method="DELETE",
        endpoint="remove_room_provision",
    ),
)
