"""Pages of administrators: each account with its grants and sessions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response
from wtforms import Field

from app.accounts import administration
from app.accounts.accounts import Grant, account
from app.accounts.administration_forms import GrantForm, InvitedForm, NewAccountForm, explain
from app.accounts.credentials import SESSION, TOKEN, WithCredential, credentials, end
from app.accounts.page import account_list_page
from app.accounts.permissions import roles
from app.error_pages import status_of
from app.i18n import interface_variety
from app.labels import label
from app.mail.invitations import invitation_mail
from app.mail.settings import mail_settings
from app.principal import current_principal, installation
from app.wording import enumerated
from extraction.errors import RogatioError

Page = str | Response | tuple[str, int]

administration_pages = Blueprint("administration", __name__, url_prefix="/accounts")


@administration_pages.post("/new")
def new_account() -> Page:
    """Add an account and show the address of its invitation, once; what is refused comes back in the form."""
    form, store, author = NewAccountForm(), installation().store, current_principal().id
    name, authority = _typed(form.name), _typed(form.authority)
    try:
        mail = _mail(name, form)
        secret = administration.add_invited(store, name, form.role.data or "", authority, author=author, also=mail)
    except RogatioError as error:
        explain(form, error)
        return account_list_page(form), status_of(error)
    return _page(name, secret, is_mailed=mail is not None)


@administration_pages.get("/<principal>")
def account_page(principal: str) -> str:
    return _page(principal)


@administration_pages.post("/<principal>/invitation")
def invitation(principal: str) -> Page:
    form, author = InvitedForm(), current_principal().id
    try:
        mail = _mail(principal, form)
        secret = administration.invite(installation().store, principal, author=author, also=mail)
    except RogatioError as error:
        explain(form, error)
        return _page(principal, invited=form), status_of(error)
    return _page(principal, secret, is_mailed=mail is not None)


@administration_pages.post("/<principal>/role")
def role(principal: str) -> Response:
    store, new_role = installation().store, request.form.get("role", "")
    ended = administration.change_role(store, principal, new_role, author=current_principal().id)
    if ended:
        flash(gettext("accounts.grants_ended", grants=enumerated(map(_named, ended), interface_variety())))
    return _done(principal)


def _named(grant: Grant) -> str:
    """Return a grant as the page of the account names it."""
    place = " / ".join(filter(None, (grant.collection, grant.value)))
    return str(gettext("accounts.named_grant", kind=label("grant_kind", grant.kind), place=place))


@administration_pages.post("/<principal>/disabling")
def disabling(principal: str) -> Response:
    administration.disable(installation().store, principal, author=current_principal().id)
    return _done(principal)


@administration_pages.post("/<principal>/grants")
def new_grant(principal: str) -> Page:
    form, author = GrantForm(), current_principal().id
    kind, value, collection = _typed(form.kind), _typed(form.value), _typed(form.collection)
    try:
        administration.give(installation().store, principal, kind, value, collection, author=author)
    except RogatioError as error:
        explain(form, error)
        return _page(principal, granted=form), status_of(error)
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


def _typed(field: Field) -> str:
    return (field.data or "").strip()


def _mail(name: str, form: InvitedForm) -> WithCredential | None:
    return invitation_mail(installation(), name, _typed(form.address), form.language.data or "")


def _page(
    name: str,
    secret: str = "",
    *,
    is_mailed: bool = False,
    granted: GrantForm | None = None,
    invited: InvitedForm | None = None,
) -> str:
    """Return the page of an account, with a refused form if there is one."""
    store = installation().store
    shown = account(store, name)
    return render_template(
        "administration.html",
        shown=shown,
        credentials=credentials(store, shown.id, SESSION, TOKEN),
        roles=roles(),
        granted=granted or GrantForm(formdata=None),
        invited=invited or InvitedForm(formdata=None),
        is_own=shown.id == current_principal().id,
        invitation=url_for("accounts.invitation", secret=secret, _external=True) if secret else "",
        is_mailed=is_mailed,
        sends_mail=mail_settings() is not None,
    )


def _done(name: str) -> Response:
    flash(gettext("accounts.is_done"))
    return redirect(url_for("administration.account_page", principal=name))
