"""Pages that add provisions to a workspace and remove them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.principal import current_access, current_principal, installation
from app.rooms.page import form_of_room
from app.rooms.provisions import add_cited, add_provision, readable_provision, remove_provision
from app.rooms.rooms import rooms
from app.rooms.view import state_of
from indexing.records.stored_fields import StoredFields
from indexing.search.provision_lookup import provision_at

room_provision_pages = Blueprint("room_provisions", __name__, url_prefix="/rooms")


@room_provision_pages.get("/provision")
def choose_room() -> str:
    """Show the workspaces to which the provision at a place of a document can be added."""
    given, access = request.args, current_access()
    at = given.get("at", 0, type=int)
    found = provision_at(given.get("document", ""), at, given.get("unit", ""), access, installation().engine)
    own = [room for room in rooms(installation().store, current_principal()) if room.may_write]
    return render_template(
        "room_provision.html", provision=readable_provision(installation(), access, found), rooms=own, state_of=state_of
    )


@room_provision_pages.post("/provision")
def add_to_chosen() -> Response:
    room_id = request.form.get("room", "")
    added = add_provision(installation(), current_principal(), room_id, request.form.get("provision", ""))
    return _shown(room_id, gettext("rooms.provision_was_added", provision=_name(added)))


@room_provision_pages.post("/<room_id>/provisions")
def addition(room_id: str) -> ResponseReturnValue:
    def added() -> Response:
        found = add_cited(installation(), current_principal(), room_id, request.form.get("citation", ""))
        return _shown(room_id, gettext("rooms.provision_was_added", provision=_name(found)))

    return form_of_room(room_id, "citation", added)


@room_provision_pages.post("/<room_id>/provisions/removal")
def removal(room_id: str) -> Response:
    removed = remove_provision(installation(), current_principal(), room_id, request.form.get("provision", ""))
    return _shown(room_id, gettext("rooms.provision_was_removed", provision=_name(removed)))


def _name(provision: StoredFields) -> str:
    return ", ".join(filter(None, (provision.unit, provision.title or provision.source)))


def _shown(room_id: str, words: str) -> Response:
    flash(words)
    return redirect(url_for("rooms.room_page", room_id=room_id))
