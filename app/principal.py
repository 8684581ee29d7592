"""Who asks: the one local user until accounts exist (design, contract 7)."""

from __future__ import annotations

from flask import current_app

from indexing.access import LOCAL_USER, Principal


def current_principal() -> Principal:
    """Return the principal of this request; ``PRINCIPAL`` in the configuration stands in for another one."""
    principal: Principal = current_app.config.get("PRINCIPAL", LOCAL_USER)
    return principal
