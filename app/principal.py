"""The principal of a request, as determined by ``app.accounts.authentication``."""

from __future__ import annotations

from flask import current_app, g

from indexing.access import NOBODY, AccessFilter, Principal
from indexing.installation import Installation


def current_principal() -> Principal:
    """Return the principal of this request."""
    principal: Principal = g.get("principal", NOBODY)
    return principal


def installation() -> Installation:
    """Return the installation that the current Flask application serves."""
    held: Installation = current_app.extensions["installation"]
    return held


def current_access() -> AccessFilter:
    """Return the access filter of this request's principal; every read requires it."""
    return installation().store.access(current_principal())
