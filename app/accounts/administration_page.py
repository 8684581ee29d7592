"""Pages of administrators: each account with its grants and sessions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.accounts import administration
from app.accounts.accounts import GRANTS, Grant, account
from app.accounts.credentials import SESSION, TOKEN, WithCredential, credentials, end
from app.accounts.permissions import roles
from app.mail.invitations import invitation_mail
from app.mail.settings import mail_settings
from app.principal import current_principal, installation

administration_pages = Blueprint("administration", __name__, url_prefix="/accounts")


@administration_pages.post("/new")
def new_account() -> str:
    """Add an account and show the address of its invitation, once."""
    form, store = request.form, installation().store
    name = form.get("name", "").strip()
    authority, mail = form.get("authority", "").strip(), _mail(name)
    author = current_principal().id
    secret = administration.add_invited(store, name, form.get("role", ""), authority, author=author, also=mail)
    return _page(name, secret, is_mailed=mail is not None)


@administration_pages.get("/<principal>")
def account_page(principal: str) -> str:
    return _page(principal)


@administration_pages.post("/<principal>/invitation")
def invitation(principal: str) -> str:
    mail, author = _mail(principal), current_principal().id
    secret = administration.invite(installation().store, principal, author=author, also=mail)
    return _page(principal, secret, is_mailed=mail is not None)


@administration_pages.post("/<principal>/role")
def role(principal: str) -> Response:
    new_role = request.form.get("role", "")
    administration.change_role(installation().store, principal, new_role, author=current_principal().id)
    return _done(principal)


@administration_pages.post("/<principal>/disabling")
def disabling(principal: str) -> Response:
    administration.disable(installation().store, principal, author=current_principal().id)
    return _done(principal)


@administration_pages.post("/<principal>/grants")
def new_grant(principal: str) -> Response:
    form = request.form
    kind, value, collection = (form.get(name, "").strip() for name in ("kind", "value", "collection"))
    administration.give(installation().store, principal, kind, value, collection, author=current_principal().id)
    return _done(principal)


@administration_pages.post("/<principal>/grants/removal")
def grant_removal(principal: str) -> Response:
    form = request.form
    grant = Grant(form.get("kind", ""), form.get("collection", ""), form.get("value", ""))
    administration.take(installation().store, principal, grant, author=current_principal().id)
    return _done(principal)


@administration_pages.post("/<principal>/sessions/<number>/end")
def session_end(principal: str, number: str) -> Response:
    """End a session or token of an account; ``all`` ends every one of another's."""
    store = installation().store
    if number == "all":
        administration.end_everything(store, principal, author=current_principal().id)
    else:
        end(store, account(store, principal).id, number)
    return _done(principal)


def _mail(name: str) -> WithCredential | None:
    form = request.form
    return invitation_mail(installation(), name, form.get("address", "").strip(), form.get("language", ""))


def _page(name: str, secret: str = "", *, is_mailed: bool = False) -> str:
    store = installation().store
    shown = account(store, name)
    return render_template(
        "administration.html",
        shown=shown,
        credentials=credentials(store, shown.id, SESSION, TOKEN),
        roles=roles(),
        grant_kinds=GRANTS,
        is_own=shown.id == current_principal().id,
        invitation=url_for("accounts.invitation", secret=secret, _external=True) if secret else "",
        is_mailed=is_mailed,
        sends_mail=mail_settings() is not None,
    )


def _done(name: str) -> Response:
    flash(gettext("accounts.is_done"))
    return redirect(url_for("administration.account_page", principal=name))
