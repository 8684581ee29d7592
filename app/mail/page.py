"""The form of e-mail on one's own account page."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.accounts.authentication import current_account
from app.mail.preferences import save_preferences
from app.principal import installation
from extraction.errors import RogatioError

mail_pages = Blueprint("mail", __name__, url_prefix="/account")


@mail_pages.post("/mail")
def save() -> Response:
    """Set the own address, the language of messages and the digests that are wanted."""
    own, form = current_account(), request.form
    if own is None:  # the local user of an installation without accounts
        raise RogatioError("app.no_accounts")
    address, language = form.get("address", "").strip(), form.get("language", "")
    save_preferences(installation().store, own.id, address, language, form.getlist("wanted"))
    flash(gettext("mail.saved"))
    return redirect(url_for("accounts.account") + "#mail")
