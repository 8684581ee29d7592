"""The permission table (``resources/permissions.yaml``): roles, scopes of tokens, permissions required by routes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from extraction.resource import load

ANYONE = "anyone"
"""The permission of the routes that answer without a session or a token."""

PUBLIC_WRITE = "public:write"

READ = "read"
"""The scope of a token for which none is asked."""

_SIGNED_IN = "signed_in"


def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = load("app.permissions")
    return table


def roles() -> tuple[str, ...]:
    """Return the roles of accounts, in the order of the table."""
    return tuple(_table()["roles"])


def scopes() -> tuple[str, ...]:
    """Return the scopes of tokens, in the order of the table."""
    return tuple(_table()["scopes"])


def reads_public(role: str) -> bool:
    """Return whether a role sees published law without a grant."""
    return role in _table()["read_public"]


def writes_authority(role: str) -> bool:
    """Return whether a role may change granted documents of authorities and case files."""
    return role in _table()["write_authority"]


def may_hold(role: str, kind: str) -> bool:
    """Return whether accounts of a role may hold grants of a kind."""
    return kind in _table()["grants"][role]


def permissions_of(role: str, *, public_write: bool, limited_to: Iterable[str] | None = None) -> frozenset[str]:
    """Return the permissions of a role, with those of the grant ``public:write`` if held.

    ``limited_to`` are the scopes of an API token, None for a session.
    """
    table = _table()
    held = frozenset(table["roles"][role]) | frozenset(table["public_write"] if public_write else ())
    if limited_to is None:
        return held
    return held & frozenset(permission for scope in limited_to for permission in table["scopes"].get(scope, ()))


def usable_scopes(role: str, *, public_write: bool) -> tuple[str, ...]:
    """Return the scopes that a token of an account can use: those with a permission of its role, and ``read``."""
    held = permissions_of(role, public_write=public_write) - {_SIGNED_IN}
    table = _table()["scopes"]
    return tuple(scope for scope in table if scope == READ or held & frozenset(table[scope]))


@cache
def _needed() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for permission, routes in _table()["routes"].items():
        found |= dict.fromkeys(routes["pages"], permission)
        found |= {f"api.{name}": permission for name in routes["api"]}
    return found


def needed_permission(endpoint: str) -> str | None:
    """Return the permission required by a route; None for a route missing from the table, which is refused."""
    return _needed().get(endpoint)


def listed_endpoints() -> frozenset[str]:
    """Return all routes in the table."""
    return frozenset(_needed())
