"""Pages of requests: the register, and the review of one request beside its original."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Length

from app.i18n import interface_language
from app.principal import current_access, current_principal, installation
from app.requests.evidence import evidence_of
from app.requests.register import SOON, RegisteredRequest, RegisterFilter, register
from app.requests.review import CONFIRMED, CORRECTED, LONGEST_VALUE, REJECTED, VERDICTS, decide, review
from app.requests.wording import FIELDS, value_details, value_words
from extraction.errors import RogatioError

request_pages = Blueprint("requests", __name__, url_prefix="/requests")


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """A decision on one proposal; ``text`` is the corrected value."""

    proposal = StringField(validators=[DataRequired(), Length(max=16)])
    verdict = StringField(validators=[AnyOf(VERDICTS)])
    text = StringField(validators=[Length(max=LONGEST_VALUE)])


@request_pages.get("/")
def request_list() -> str:
    """Show the register, filtered by ``requesting``, ``requested``, ``measure`` and ``document_type``."""
    access, store = current_access(), installation().store
    names = ("requesting", "requested", "measure", "document_type")
    asked = RegisterFilter(**{name: request.args.get(name, "") for name in names})
    lines = register(store, access)
    shown = register(store, access, asked) if asked != RegisterFilter() else lines
    return render_template(
        "requests.html",
        lines=shown,
        total=len(lines),
        unread=sum(not line.is_read for line in lines),
        asked=asked,
        pairs=_choices(lines),
        words=value_words,
        soon=SOON,
    )


@request_pages.get("/<document_id>")
def request_page(document_id: str) -> str:
    """Show the fields of a request with decisions and controls, beside the evidence of the proposal ``show``."""
    store, access = installation().store, current_access()
    found = review(store, access, document_id, interface_language())
    return render_template(
        "request.html",
        review=found,
        document=found.reading.document,
        order=[key for key in FIELDS if key in found.fields],
        absent=[key for key in FIELDS if key not in found.fields],
        words=value_words,
        details=value_details,
        verdicts=(CONFIRMED, REJECTED),
        correction=CORRECTED,
        evidence=evidence_of(store, access, found, request.args.get("show", "")),
        form=DecisionForm(formdata=None),
    )


@request_pages.post("/<document_id>/decisions")
def decision(document_id: str) -> Response:
    """Record a decision and return to the proposal that it was about."""
    form = DecisionForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    access, principal = current_access(), current_principal()
    proposal, verdict, text = form.proposal.data, form.verdict.data, form.text.data or ""
    decide(installation().store, access, principal, document_id, proposal, verdict, text)
    flash(gettext("requests.saved"))
    return redirect(url_for(".request_page", document_id=document_id, _anchor=f"p-{proposal}"))


def _choices(lines: Sequence[RegisteredRequest]) -> dict[str, list[str]]:
    """Return the values by which the register can be filtered."""
    return {
        "requesting": sorted({line.requesting for line in lines if line.requesting}),
        "requested": sorted({line.requested for line in lines if line.requested}),
        "measure": sorted({measure for line in lines for measure in line.measures}),
    }
