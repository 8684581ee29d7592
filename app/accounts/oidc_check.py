"""Check of the OpenID Connect provider of the settings, for ``rogatio doctor``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests

from app.accounts.oidc import DISCOVERY, OidcProvider
from app.security import is_this_machine

SECONDS = 5
"""For the provider to answer."""

NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
METHOD = "S256"
"""The method of PKCE (RFC 7636) that the sign-in uses."""


class ProviderProblem(Exception):
    """What is wrong with a provider: ``reason`` is ``unreachable``, ``tls``, ``issuer`` or ``document``."""

    def __init__(self, reason: str, found: str) -> None:
        super().__init__(found)
        self.reason = reason


def check_provider(provider: OidcProvider) -> str:
    """Return the issuer if people can sign in through it, as far as that can be seen without a person.

    The discovery document and the keys are fetched: over TLS, except from this machine; the issuer has to be the one
    of the settings, character by character (OpenID Connect Discovery 1.0, section 4.3). Raises ``ProviderProblem``.
    """
    document = _fetched(provider.issuer.rstrip("/") + DISCOVERY)
    if document.get("issuer") != provider.issuer:
        raise ProviderProblem("issuer", str(document.get("issuer", ""))[:200])
    methods = document.get("code_challenge_methods_supported") or [METHOD]
    missing = [name for name in NEEDED if not isinstance(document.get(name), str)]
    if missing or METHOD not in methods:
        raise ProviderProblem("document", ", ".join(missing or [METHOD]))
    for name in NEEDED:
        _require_tls(document[name])
    if not _fetched(document["jwks_uri"]).get("keys"):
        raise ProviderProblem("document", "jwks_uri")
    return provider.issuer


def _fetched(address: str) -> Mapping[str, Any]:
    """Return the JSON object at an address."""
    _require_tls(address)
    try:
        answer = requests.get(address, timeout=SECONDS)
        answer.raise_for_status()
        found = answer.json()
    except requests.exceptions.SSLError as error:
        raise ProviderProblem("tls", address) from error
    except requests.RequestException as error:  # JSON that cannot be decoded included
        raise ProviderProblem("unreachable", f"{address}, {type(error).__name__}") from error
    if not isinstance(found, dict):
        raise ProviderProblem("document", address)
    return found


def _require_tls(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" and not is_this_machine(parts.hostname or ""):
        raise ProviderProblem("tls", address)
