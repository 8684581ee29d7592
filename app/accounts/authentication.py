"""Authentication: a browser session, an API token, or the local user of an installation without accounts.

As soon as one account exists, every route requires a session or a token, except those that the permission table opens
to anyone. Every other route requires the permission in the table; a route missing from it is refused.
"""

from __future__ import annotations

from ipaddress import ip_address

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts.accounts import Account, accounts_exist
from app.accounts.credentials import SESSION, TOKEN, SignedIn, signed_in
from app.accounts.permissions import ANYONE, needed_permission
from app.accounts.second_factor import second_factor_required
from app.principal import installation
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, NOBODY, Principal

SESSION_KEY = "sign_in"
INSTALLATION_WIDE = ("audit.read", "accounts.manage", "metrics.read")
"""Permissions that are about every collection."""

OWN_ACCOUNT = "signed_in"
"""The permission of routes about one's own account."""

_SCHEME = "bearer "


def set_up(app: Flask) -> None:
    """Authenticate every request first, and provide templates with the account."""
    app.before_request(_authenticate)
    app.context_processor(
        lambda: {"account": current_account(), "single_user": g.get("single_user", False), "may_open": may_open}
    )


def current_account() -> Account | None:
    """Return the account of this request; None for the local user and without authentication."""
    found: SignedIn | None = g.get("signed_in")
    return found.account if found else None


def may_open(endpoint: str) -> bool:
    """Return whether the caller has the permission of a route, for links to it."""
    found: SignedIn | None = g.get("signed_in")
    return needed_permission(endpoint) in found.permissions if found else bool(g.get("principal", NOBODY) != NOBODY)


def _authenticate() -> ResponseReturnValue | None:
    """Identify the caller; refuse the request without the route's permission."""
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
    """Use the configured principal; only one that sees all may see accounts and the audit trail."""
    g.principal = principal
    if needed_permission(request.endpoint or "") in INSTALLATION_WIDE and not principal.sees_all:
        raise RogatioError("app.not_permitted")


def _permitted(found: SignedIn, needed: str | None) -> ResponseReturnValue | None:
    g.principal = found.account.principal()
    if request.endpoint is None or needed == ANYONE:  # an unknown address gets its usual response
        return None
    if needed in found.permissions:
        return _second_factor(found, needed)
    if request.endpoint == "search.search":  # first page of accounts that see no documents
        return redirect(url_for("accounts.account"))
    raise RogatioError("app.not_permitted")


def _second_factor(found: SignedIn, needed: str | None) -> ResponseReturnValue | None:
    """Let a session without a required second factor do no more than set it up.

    Tokens are for programs, and who signs in through OpenID Connect has the second factor of the provider.
    """
    owes = found.account.has_password and not found.account.has_second_factor
    if found.credential.kind != SESSION or needed == OWN_ACCOUNT or not owes:
        return None
    if not second_factor_required(found.account.role):
        return None
    if _is_api():
        raise RogatioError("app.second_factor_required")
    return redirect(url_for("accounts.second_factor"))


def _signed_in() -> SignedIn | None:
    store, given = installation().store, request.headers.get("Authorization", "")
    if _is_api() and given:
        token = given[len(_SCHEME) :].strip() if given.lower().startswith(_SCHEME) else ""
        return signed_in(store, token, TOKEN)
    secret = session.get(SESSION_KEY)
    return signed_in(store, secret, SESSION) if secret else None


def _has_accounts() -> bool:
    """Return whether there are accounts; accounts are never removed, so True is cached."""
    known = current_app.extensions
    if not known.get("has_accounts"):
        known["has_accounts"] = accounts_exist(installation().store)
    return bool(known["has_accounts"])


def _enter_single_user() -> None:
    """Accept the local user, from this machine only."""
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
