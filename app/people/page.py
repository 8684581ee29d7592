"""The page of an entity: its occurrences, and persons who may be the same."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Length

from app.documents.marks import kind_style
from app.people.same_person import VERDICTS, decide
from app.people.view import PAGE_SIZE, entity_view
from app.principal import current_access, current_principal, installation
from extraction.errors import RogatioError

entities = Blueprint("entities", __name__, url_prefix="/entity")


class VerdictForm(FlaskForm):  # type: ignore[misc]
    """Whether the person of the page and ``other`` (a key) are the same."""

    other = StringField(validators=[DataRequired(), Length(max=32)])
    verdict = StringField(validators=[AnyOf(VERDICTS)])


@entities.get("/<entity_key>")
def entity(entity_key: str) -> str:
    """Show an entity; ``page`` is that of the list of documents. The address does not reveal the name."""
    page = max(1, request.args.get("page", 1, type=int))
    view = entity_view(installation().store, current_access(), entity_key, page)
    return render_template(
        "entity.html",
        view=view,
        page=page,
        pages=-(-view.total // PAGE_SIZE),
        form=VerdictForm(formdata=None),
        kind_style=kind_style,
    )


@entities.post("/<entity_key>/verdicts")
def verdicts(entity_key: str) -> Response:
    form = VerdictForm()
    if not form.validate_on_submit():
        raise RogatioError("app.form_invalid")
    decide(installation().store, current_access(), current_principal(), entity_key, form.other.data, form.verdict.data)
    flash(gettext("common.saved_survive_every_new"))
    return redirect(url_for(".entity", entity_key=entity_key, _anchor="same-title"))
