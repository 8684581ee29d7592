"""Pages of passkeys: add one, remove one, and use one as the second factor of a sign-in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.accounts.page import (
    CHALLENGE_KEY,
    begin_only_session,
    enter,
    half_signed_in,
    own_account,
    record_sign_in,
    sign_in_code_page,
)
from app.accounts.passkeys import MAX_LABEL, RelyingParty, check_passkey, register, registration_options, remove_passkey
from app.accounts.reauthentication import require_reauthentication
from app.principal import installation
from extraction.errors import RogatioError

passkey_pages = Blueprint("passkeys", __name__)


@passkey_pages.route("/account/passkeys/new", methods=["GET", "POST"])
def new_passkey() -> str | Response:
    """Add a passkey: the browser asks an authenticator for it and sends its response, with the password."""
    own, site, store = own_account(), _site(), installation().store
    if request.method == "POST":
        form = request.form
        require_reauthentication(own, form.get("current", ""))
        register(store, own.id, site, session.pop(CHALLENGE_KEY, ""), form.get("answer", ""), form.get("label", ""))
        begin_only_session(own.id)
        flash(gettext("accounts.passkey_is_added"))
        return redirect(url_for("accounts.account"))
    options, session[CHALLENGE_KEY] = registration_options(store, own.id, site)
    return render_template("passkey_new.html", own=own, options=options, most=MAX_LABEL)


@passkey_pages.post("/account/passkeys/removal")
def removal() -> Response:
    """Remove a passkey, with the password or, for an account without one, after a recent sign-in."""
    own, store = own_account(), installation().store
    require_reauthentication(own, request.form.get("password", ""))
    remove_passkey(store, own.id, request.form.get("passkey", ""))
    begin_only_session(own.id)
    flash(gettext("accounts.passkey_is_removed"))
    return redirect(url_for("accounts.account"))


@passkey_pages.post("/sign-in/passkey")
def sign_in_passkey() -> Response | tuple[str, int]:
    """Complete a sign-in by a passkey after the correct password."""
    half, challenge = half_signed_in(), session.pop(CHALLENGE_KEY, "")
    if half is None:
        return redirect(url_for("accounts.sign_in"))
    if not check_passkey(installation().store, half["name"], _site(), challenge, request.form.get("answer", "")):
        record_sign_in(half["name"], "refused")
        return sign_in_code_page(half["name"], refused=True), 401
    return enter(half["name"], half["next"])


def _site() -> RelyingParty:
    site = RelyingParty.of_host(request.host)
    if site is None:
        raise RogatioError("app.passkey_refused")
    return site
