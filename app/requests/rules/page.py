"""Page of the rules of a desk, where they can be removed."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.rules.desk_rules import MIN_LETTERS, remove_rule, visible_rules
from app.requests.rules.words import rule_sentence
from extraction.errors import RogatioError

rule_pages = Blueprint("request_rules", __name__, url_prefix="/requests")


@rule_pages.get("/rules")
def rule_list() -> str:
    """List the rules that follow from the decisions of the reader's desks."""
    language = interface_variety()
    return render_template(
        "request_rules.html",
        rules=visible_rules(installation().store, current_access()),
        sentence=lambda rule: rule_sentence(rule, language),
        least=MIN_LETTERS,
        form=FlaskForm(formdata=None),
    )


@rule_pages.post("/rules/<rule_key>/removal")
def removal(rule_key: str) -> Response:
    """Remove a rule."""
    if not FlaskForm().validate_on_submit():
        raise RogatioError("app.form_invalid")
    remove_rule(installation().store, current_access(), current_principal(), rule_key)
    flash(gettext("requests.rule_removed"))
    return redirect(url_for(".rule_list"))
