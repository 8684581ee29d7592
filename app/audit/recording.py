"""Recording of requests, reads included; ``resources/audit.yaml`` maps routes to operations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, current_app, g, request

from app.accounts.authentication import current_account
from app.accounts.permissions import ANYONE, needed_permission
from app.audit.trail import MAX_OBJECTS, Operation, append, ids_of
from app.principal import current_principal, installation
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.access import NOBODY
from indexing.store.database import LOCK_SECONDS

REASON_HEADER = "Rogatio-Reason"
METRICS = "metrics.read"
"""Permission of what a monitoring program reads several times a minute: counts, about nobody; refusals are recorded."""


RECORD_LOCK_SECONDS = 30.0
"""How long a finished answer waits to be recorded: an ingest that writes much may hold the database for many seconds,
and whoever asked would otherwise lose an answer that is there."""


def set_up(app: Flask) -> None:
    """Record every request of an authenticated principal, reads included; without a record there is no response."""
    app.after_request(_record)


def note_documents(documents: Iterable[str]) -> None:
    """Add the documents shown in the response to those named in the address."""
    g.setdefault("shown_documents", []).extend(documents)


def note(**objects: Any) -> None:
    """Add other objects of this request by kind and id, such as the job of an upload."""
    g.setdefault("noted_objects", {}).update(objects)


def _record(response: Response) -> Response:
    """Return the response once it is recorded; where that fails, what failed instead of it."""
    try:
        return _recorded(response)
    except RogatioError as error:
        return current_app.make_response(current_app.handle_user_exception(error))


def _recorded(response: Response) -> Response:
    needed = needed_permission(request.endpoint or "")
    if request.endpoint is None or needed == ANYONE or current_principal() == NOBODY:
        return response
    if needed == METRICS and response.status_code == 200:
        return response
    account = current_account()
    LOCK_SECONDS.set(max(LOCK_SECONDS.get(), RECORD_LOCK_SECONDS))  # each request begins with its own
    append(
        installation().store,
        Operation(
            actor=account.id if account else current_principal().id,
            operation=operation_of(request.endpoint, needed),
            action=f"{request.method} {request.endpoint}",
            objects=ids_of(request.view_args or {}, load("app.audit")["objects"]) | _noted(),
            outcome=str(response.status_code),
            reason=request.headers.get(REASON_HEADER, ""),
        ),
    )
    return response


def operation_of(endpoint: str, permission: str | None) -> str:
    """Return the operation of a route; a route without a permission is always refused."""
    table = load("app.audit")
    found: str = table["routes"].get(endpoint) or table["permissions"].get(permission, "consultation")
    return found


def _noted() -> dict[str, Any]:
    documents: list[str] = list(dict.fromkeys(g.get("shown_documents", ())))
    shown = {"documents": documents[:MAX_OBJECTS]} if documents else {}
    return {**g.get("noted_objects", {}), **shown}
