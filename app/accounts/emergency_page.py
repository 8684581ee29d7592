"""The page for emergency access."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.accounts.authentication import current_account
from app.accounts.emergency import LASTS, take_emergency_access
from app.principal import installation
from extraction.errors import RogatioError

emergency_pages = Blueprint("emergency", __name__)


class EmergencyForm(FlaskForm):  # type: ignore[misc]
    collection = StringField(_("common.collection"), validators=[InputRequired(), Length(max=64)])
    case_file = StringField(_("common.case_file"), validators=[Length(max=200)])
    reason = TextAreaField(_("audit.reason"), validators=[InputRequired(), Length(max=500)])


@emergency_pages.route("/account/emergency", methods=["GET", "POST"])
def emergency() -> str | Response | tuple[str, int]:
    own, form = current_account(), EmergencyForm()
    if own is None:
        raise RogatioError("app.no_accounts")
    if not form.validate_on_submit():
        page = render_template("emergency.html", form=form, hours=LASTS.seconds // 3600)
        return (page, 422) if form.errors else page
    collection, case_file = form.collection.data.strip(), (form.case_file.data or "").strip()
    take_emergency_access(installation().store, own, collection, case_file, form.reason.data)
    flash(gettext("accounts.emergency_is_taken"))
    return redirect(url_for("accounts.account"))
