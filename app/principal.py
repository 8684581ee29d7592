"""The principal of a request: the one local user until accounts exist."""

from __future__ import annotations

from flask import current_app

from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.installation import Installation


def current_principal() -> Principal:
    """Return the principal of this request; ``PRINCIPAL`` in the configuration stands in for another one."""
    principal: Principal = current_app.config.get("PRINCIPAL", LOCAL_USER)
    return principal


def installation() -> Installation:
    held: Installation = current_app.extensions["installation"]
    return held


def current_access() -> AccessFilter:
    """Return the access filter of this request's principal; nothing is read without one."""
    return installation().store.access(current_principal())
