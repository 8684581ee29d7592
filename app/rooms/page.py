"""Pages of workspaces: table, discussion, snapshots, changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app.comparison.changes import SAME, changed_provisions, changes
from app.comparison.comparing import validated
from app.comparison.page import compare_state, comparison_page
from app.comparison.visibility import comparison_for
from app.error_pages import status_of
from app.exports.responses import attached, check_format, report_language
from app.i18n import interface_variety
from app.labels import country
from app.principal import current_access, current_principal, installation
from app.rooms.comments import CellKey, comment_on_cell, comments, resolve, withdraw
from app.rooms.decisions import CHOICES, OUTCOMES, close_decision, decisions, propose, vote
from app.rooms.export import room_report
from app.rooms.presence import note_presence, present
from app.rooms.provisions import provision_changes
from app.rooms.rooms import ROLES, Room, close_room, open_room, remove_member, rename, room, rooms, set_member
from app.rooms.snapshots import freeze, open_snapshot, snapshots
from app.rooms.timeline import timeline
from app.rooms.view import RoomView, state_of
from extraction.errors import RogatioError
from indexing.store.writing import now

_NOT_OF_THE_FORM = frozenset({"indexing.no_such_room", "indexing.not_your_part"})

room_pages = Blueprint("rooms", __name__, url_prefix="/rooms")


@room_pages.context_processor
def _member_id() -> dict[str, str]:
    return {"me": current_principal().id}


@room_pages.before_request
def _presence() -> None:
    if request.method == "GET" and (room_id := (request.view_args or {}).get("room_id")):
        note_presence(installation().store, current_principal(), room_id)


@room_pages.get("/")
def room_list() -> str:
    return render_template("rooms.html", rooms=rooms(installation().store, current_principal()), state_of=state_of)


@room_pages.post("/")
def new_room() -> ResponseReturnValue:
    """Create a workspace for the comparison in the form, which is encoded as in the address of its page."""
    state = compare_state(request.form)
    try:
        question = state.request()
        validated(question)
        made = open_room(installation().store, current_principal(), request.form.get("name", ""), question)
    except RogatioError as error:
        return comparison_page(state, error)
    return redirect(url_for(".room_page", room_id=made.id))


@room_pages.get("/<room_id>")
def room_page(room_id: str) -> str:
    return _room(room_id)


def _room(room_id: str, **refused: Any) -> str:
    """Show a workspace, with a form of it that was ``refused`` (see :func:`form_of_room`)."""
    store, principal = installation().store, current_principal()
    found = room(store, principal, room_id)
    view, versions = _view(found), snapshots(store, principal, room_id)
    decided = decisions(store, principal, room_id)
    changed = provision_changes(installation(), current_access(), principal, room_id)
    return render_template(
        "room.html",
        view=view,
        version=None,
        versions=versions,
        decisions=decided,
        choices=CHOICES,
        outcomes=OUTCOMES,
        events=timeline(found, view.comments, decided, versions, changed),
        present=present(found, principal, now()),
        state=state_of(found.question),
        roles=ROLES,
        **refused,
    )


def form_of_room(room_id: str, form: str, done: Callable[[], AnyResponse]) -> ResponseReturnValue:
    """Return the answer of ``done`` or, if it is refused, the workspace with the reason above that form as entered.

    ``form`` is the name of the form in the template.
    """
    try:
        return done()
    except RogatioError as error:
        if error.code in _NOT_OF_THE_FORM:
            raise
        return _room(room_id, **_refusal(form, error)), status_of(error)


def _refusal(form: str, error: RogatioError) -> dict[str, Any]:
    return {"refused": form, "problem": error.sentence(interface_variety()), "entered": request.form}


@room_pages.get("/<room_id>/versions/<int:number>")
def version_page(room_id: str, number: int) -> str:
    store, principal = installation().store, current_principal()
    found = room(store, principal, room_id)
    snapshot = open_snapshot(store, current_access(), principal, room_id, number)
    return render_template(
        "room.html",
        view=RoomView(found, snapshot.comparison),
        version=snapshot.version,
        versions=snapshots(store, principal, room_id),
        state=state_of(found.question),
        roles=ROLES,
    )


@room_pages.get("/<room_id>/versions/<int:number>/changes")
def changes_page(room_id: str, number: int) -> str:
    """Show the changes since a snapshot, or with ``other`` from it to another one."""
    store, access, principal = installation().store, current_access(), current_principal()
    found = room(store, principal, room_id)
    then = open_snapshot(store, access, principal, room_id, number)
    other = request.args.get("other", 0, type=int)
    later = open_snapshot(store, access, principal, room_id, other) if other else None
    view = RoomView(found, later.comparison if later else comparison_for(installation(), principal, found.question))
    cell_changes = changes(then.comparison, view.made)
    added, removed = changed_provisions(then.comparison, view.made)
    return render_template(
        "room_changes.html",
        view=view,
        then=then.version,
        later=later.version if later else None,
        changed=[change for change in cell_changes if change.kind != SAME],
        same=sum(change.kind == SAME for change in cell_changes),
        country_name=country,
        added=added,
        removed=removed,
    )


@room_pages.get("/<room_id>/cell")
def cell_page(room_id: str) -> str:
    """Show one cell with its comments."""
    return _cell_page(room_id, _cell(request.args))


def _cell_page(room_id: str, cell: CellKey, **refused: Any) -> str:
    view = _view(room(installation().store, current_principal(), room_id))
    name, shown = view.shown(cell)
    return render_template("room_cell.html", view=view, cell=cell, name=name, shown=shown, **refused)


@room_pages.post("/<room_id>/decisions")
def new_decision(room_id: str) -> ResponseReturnValue:
    def proposed() -> AnyResponse:
        propose(installation().store, current_principal(), room_id, request.form.get("text", ""))
        return redirect(url_for(".room_page", room_id=room_id, _anchor="decisions"))

    return form_of_room(room_id, "decision", proposed)


@room_pages.post("/<room_id>/decisions/<int:number>/votes")
def new_vote(room_id: str, number: int) -> AnyResponse:
    vote(installation().store, current_principal(), room_id, number, request.form.get("choice", ""))
    return redirect(url_for(".room_page", room_id=room_id, _anchor=f"d{number}"))


@room_pages.post("/<room_id>/decisions/<int:number>/outcome")
def decision_outcome(room_id: str, number: int) -> AnyResponse:
    close_decision(installation().store, current_principal(), room_id, number, request.form.get("outcome", ""))
    return redirect(url_for(".room_page", room_id=room_id, _anchor=f"d{number}"))


@room_pages.post("/<room_id>/comments")
def new_comment(room_id: str) -> ResponseReturnValue:
    given = request.form
    text, parent, cell = given.get("text", ""), given.get("parent", 0, type=int), _cell(given)
    try:
        comment = comment_on_cell(installation(), current_principal(), room_id, cell, text, parent)
    except RogatioError as error:
        if error.code in _NOT_OF_THE_FORM:
            raise
        return _cell_page(room_id, cell, **_refusal(f"answer-{parent}" if parent else "text", error)), status_of(error)
    return redirect(_cell_url(room_id, comment.cell, comment.id))


@room_pages.post("/<room_id>/comments/<int:number>/resolution")
def resolution(room_id: str, number: int) -> AnyResponse:
    resolved = request.form.get("done") == "1"
    resolve(installation().store, current_access(), current_principal(), room_id, number, done=resolved)
    return redirect(_cell_url(room_id, _cell(request.form), number))


@room_pages.post("/<room_id>/comments/<int:number>/deletion")
def comment_deletion(room_id: str, number: int) -> AnyResponse:
    withdraw(installation().store, current_access(), current_principal(), room_id, number)
    return redirect(_cell_url(room_id, _cell(request.form)))


@room_pages.post("/<room_id>/versions")
def new_version(room_id: str) -> ResponseReturnValue:
    def frozen() -> AnyResponse:
        principal = current_principal()
        found = room(installation().store, principal, room_id)
        made = comparison_for(installation(), principal, found.question)
        snapshot = freeze(installation(), principal, room_id, made, request.form.get("label", ""))
        flash(gettext("rooms.version_frozen_change", number=snapshot.number))
        return redirect(url_for(".version_page", room_id=room_id, number=snapshot.number))

    return form_of_room(room_id, "version", frozen)


@room_pages.post("/<room_id>/name")
def new_name(room_id: str) -> ResponseReturnValue:
    def renamed() -> AnyResponse:
        rename(installation().store, current_principal(), room_id, request.form.get("name", ""))
        return redirect(url_for(".room_page", room_id=room_id))

    return form_of_room(room_id, "name", renamed)


@room_pages.post("/<room_id>/members")
def members(room_id: str) -> ResponseReturnValue:
    def added() -> AnyResponse:
        who, role = (request.form.get(name, "") for name in ("principal", "role"))
        set_member(installation().store, current_principal(), room_id, who, role)
        return redirect(url_for(".room_page", room_id=room_id, _anchor="members"))

    return form_of_room(room_id, "member", added)


@room_pages.post("/<room_id>/members/removal")
def removal(room_id: str) -> AnyResponse:
    principal, member = current_principal(), request.form.get("principal", "")
    remove_member(installation().store, principal, room_id, member)
    own = member == principal.id
    return redirect(url_for(".room_list") if own else url_for(".room_page", room_id=room_id, _anchor="members"))


@room_pages.post("/<room_id>/closing")
def closing(room_id: str) -> AnyResponse:
    close_room(installation().store, current_principal(), room_id)
    flash(gettext("rooms.room_closed_said_frozen"))
    return redirect(url_for(".room_list"))


@room_pages.get("/<room_id>/export")
def export(room_id: str) -> Response:
    """Return the present table of a workspace, or that of a snapshot, in a ``format`` and ``language``."""
    return room_export(room_id, request.args.get("version", 0, type=int))


def room_export(room_id: str, number: int) -> Response:
    name, language = request.args.get("format", "docx"), report_language()
    check_format(name)
    report = room_report(installation(), current_principal(), room_id, number, language)
    return attached(report, name, (f"v{number}",) if number else ())


def _view(found: Room) -> RoomView:
    store, principal = installation().store, current_principal()
    made = comparison_for(installation(), principal, found.question)
    return RoomView(found, made, comments(store, current_access(), principal, found.id))


def _cell(given: MultiDict[str, str]) -> CellKey:
    return CellKey(given.get("source", "")[:64], given.get("element", "")[:64], given.get("country", "")[:8])


def _cell_url(room_id: str, cell: CellKey, number: int = 0) -> str:
    """Return the address of a cell's page, at one of its comments."""
    return url_for(
        ".cell_page",
        room_id=room_id,
        source=cell.source,
        element=cell.element,
        country=cell.jurisdiction,
        _anchor=f"c{number}" if number else None,
    )
