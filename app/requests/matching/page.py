"""Pages of matches: the review queue, and the notices of matches with other authorities."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import AnyOf

from app.principal import current_access, current_principal, installation
from app.requests.matching.blind import acknowledge, blind_notices
from app.requests.matching.parties import KINDS
from app.requests.matching.queue import OPEN, PAGE_SIZE, STATES, VERDICTS, decide_match, matches
from extraction.errors import RogatioError

match_pages = Blueprint("request_matches", __name__, url_prefix="/requests")


class MatchForm(FlaskForm):  # type: ignore[misc]
    """A decision on a match."""

    verdict = StringField(validators=[AnyOf(VERDICTS)])


class NoteForm(FlaskForm):  # type: ignore[misc]
    """Only the CSRF token."""


@match_pages.get("/matches")
def match_list() -> str:
    """Show the matches of a ``state``, optionally of one ``kind`` or ``document``."""
    state, kind = request.args.get("state", OPEN), request.args.get("kind", "")
    document, page = request.args.get("document", ""), max(1, request.args.get("page", 1, type=int))
    store, access = installation().store, current_access()
    found = matches(store, access, state=state, kind=kind, document=document, start=PAGE_SIZE * (page - 1))
    return render_template(
        "request_matches.html",
        found=found,
        state=state,
        kind=kind,
        document=store.document(access, document) if document else None,
        kinds=KINDS,
        states=STATES,
        page=page,
        pages=-(-found.total // PAGE_SIZE),
        form=MatchForm(formdata=None),
    )


@match_pages.post("/matches/<match_id>/decisions")
def decision(match_id: str) -> Response:
    """Record a decision and redirect to the list."""
    form = MatchForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    decide_match(installation().store, current_access(), current_principal(), match_id, form.verdict.data)
    flash(gettext("requests.saved"))
    state, kind, document = (request.form.get(name) or None for name in ("state", "kind", "document"))
    return redirect(url_for(".match_list", state=state, kind=kind, document=document))


@match_pages.get("/notices")
def notice_list() -> str:
    """Show notices of matches with requests of other authorities."""
    notices = blind_notices(installation().store, current_access())
    return render_template("request_notices.html", notices=notices, form=NoteForm(formdata=None))


@match_pages.post("/notices/<int:number>/acknowledgement")
def acknowledgement(number: int) -> Response:
    """Record that the principal has acknowledged a notice."""
    if not NoteForm().validate_on_submit():
        raise RogatioError("app.form_invalid")
    acknowledge(installation().store, current_access(), current_principal(), number)
    flash(gettext("requests.saved"))
    return redirect(url_for(".notice_list"))
