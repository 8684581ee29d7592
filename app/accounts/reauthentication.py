"""Proof that it is still the same person at the browser, before a sensitive action on the own account."""

from __future__ import annotations

import time

from flask import session

from app.accounts.accounts import Account
from app.accounts.passwords import check_password
from app.principal import installation
from extraction.errors import RogatioError

ASKED_KEY = "asked_by_provider"
"""When the identity provider asked who it is, in the session of the browser (seconds of the epoch)."""

RECENT_SECONDS = 600


def require_reauthentication(own: Account, given: str) -> None:
    """Raise ``app.password_is_wrong`` unless ``given`` is the password of the account.

    One without a password has to have been asked by its provider within ``RECENT_SECONDS`` who it is: raises
    ``app.sign_in_again``.
    """
    if not own.has_password and not is_recent():
        raise RogatioError("app.sign_in_again")
    if own.has_password and not check_password(installation().store, own.id, given):
        raise RogatioError("app.password_is_wrong")


def is_recent() -> bool:
    """Return whether the provider asked the person who it is, for this session, within ``RECENT_SECONDS``."""
    return float(session.get(ASKED_KEY, 0)) > time.time() - RECENT_SECONDS
