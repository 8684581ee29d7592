"""Addresses that people type and that no route has: where they lead."""

from __future__ import annotations

from functools import cache

from flask import g, request, url_for

from extraction.resource import load

_SAFE = frozenset({"GET", "HEAD"})


@cache
def _endpoints() -> dict[str, str]:
    return {word: endpoint for endpoint, words in load("app.addresses").items() for word in words}


def typed_address() -> str:
    """Return where the address of a request without a route leads, with its query; empty if nowhere."""
    endpoint = _endpoints().get(request.path.strip("/").casefold())
    if endpoint is None or request.method not in _SAFE:
        return ""
    if endpoint == "accounts.account" and g.get("signed_in") is None:  # an installation without accounts
        endpoint = "search.search"
    query = request.query_string.decode("utf-8", "replace")
    return url_for(endpoint) + (f"?{query}" if query else "")
