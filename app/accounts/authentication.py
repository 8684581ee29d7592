"""Who asks: a session of a browser, an API token, or the one local user of an installation without accounts.

As soon as one account exists, nothing answers without a session or a token but what the permission table leaves to
anyone. Every other route needs the permission that the table names; a route that it does not name is refused.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.accounts import Account, accounts_exist
from app.accounts.credentials import SESSION, TOKEN, SignedIn, signed_in
from app.accounts.permissions import ANYONE, needed_permission
from app.principal import NOBODY, installation
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal

SESSION_KEY = "sign_in"
INSTALLATION_WIDE = ("audit.read", "accounts.manage")
"""Permissions that are about every collection."""

_SCHEME = "bearer "


def set_up(app: Flask) -> None:
    """Authenticate before everything else, and tell templates who is signed in."""
    app.before_request(_authenticate)
    app.context_processor(
        lambda: {"account": current_account(), "single_user": g.get("single_user", False), "may_open": may_open}
    )


def current_account() -> Account | None:
    """Return the account of this request; None for the local user and for nobody."""
    found: SignedIn | None = g.get("signed_in")
    return found.account if found else None


def may_open(endpoint: str) -> bool:
    """Return whether whoever asks has the permission of a route, for links to it."""
    found: SignedIn | None = g.get("signed_in")
    return needed_permission(endpoint) in found.permissions if found else bool(g.get("principal", NOBODY) != NOBODY)


def _authenticate() -> ResponseReturnValue | None:
    """Find out who asks; refuse who may not ask for this route."""
    if request.endpoint == "static":
        return None
    if "PRINCIPAL" in current_app.config:
        _enter_fixed(current_app.config["PRINCIPAL"])
        return None
    g.signed_in, needed = _signed_in(), needed_permission(request.endpoint or "")
    if g.signed_in is not None:
        return _permitted(g.signed_in, needed)
    if not _has_accounts():
        _enter_single_user()
        return None
    g.principal = NOBODY
    return None if needed == ANYONE else _not_signed_in()


def _enter_fixed(principal: Principal) -> None:
    """Take the principal that the application was made for; only who sees all sees accounts and the audit trail."""
    g.principal = principal
    if needed_permission(request.endpoint or "") in INSTALLATION_WIDE and not principal.sees_all:
        raise RogatioError("app.not_permitted")


def _permitted(found: SignedIn, needed: str | None) -> ResponseReturnValue | None:
    g.principal = found.account.principal()
    if request.endpoint is None or needed == ANYONE:  # an address of nothing is answered as that
        return None
    if needed in found.permissions:
        return None
    if request.endpoint == "search.search":  # the first page of those who see no documents is their own
        return redirect(url_for("accounts.account"))
    raise RogatioError("app.not_permitted")


def _signed_in() -> SignedIn | None:
    store, given = installation().store, request.headers.get("Authorization", "")
    if _is_api() and given:
        token = given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""
        return signed_in(store, token, TOKEN)
    secret = session.get(SESSION_KEY)
    return signed_in(store, secret, SESSION) if secret else None


def _has_accounts() -> bool:
    """Return whether there are accounts; once there are, there always will be."""
    known = current_app.extensions
    if not known.get("has_accounts"):
        known["has_accounts"] = accounts_exist(installation().store)
    return bool(known["has_accounts"])


def _enter_single_user() -> None:
    """Let the local user in, from this machine alone."""
    if not ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        g.principal = NOBODY
        raise RogatioError("app.single_user_loopback")
    g.principal, g.single_user = LOCAL_USER, True


def _not_signed_in() -> ResponseReturnValue:
    if _is_api():
        raise RogatioError("app.not_signed_in")
    back = request.full_path.removesuffix("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=None if back == "/" else back))


def _is_api() -> bool:
    return f"{request.path}/".startswith("/api/")
