"""The library of this application, and what the one who asks may see of it."""

from __future__ import annotations

from flask import current_app

from app.principal import current_principal
from indexing.access import AccessFilter
from indexing.library import Library


def library() -> Library:
    held: Library = current_app.extensions["library"]
    return held


def current_access() -> AccessFilter:
    """Return the access filter of this request's principal; nothing is read without one."""
    return library().store.access(current_principal())
