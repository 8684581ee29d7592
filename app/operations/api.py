"""The state of the installation and the API's own description."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, jsonify

from app.principal import current_principal, installation
from extraction.resource import load
from indexing.ingest.status import status as installation_status
from indexing.search.query_fields import known_values


def add_rules(api: Blueprint) -> None:
    """Add the routes of state and description to the API's blueprint."""
    api.add_url_rule("/status", "status", status)
    api.add_url_rule("/openapi.json", "openapi", openapi)


def status() -> Response:
    held = installation_status(installation(), current_principal())
    told = {name: getattr(held, name) for name in ("engine", "encoder", "by_words_alone", "unfinished")}
    return jsonify(told | {"version": version("rogatio"), "counts": held.documents})


def openapi() -> Response:
    return jsonify(description())


def description() -> dict[str, Any]:
    """Return the OpenAPI description of this API, with the values that the program knows."""
    told: dict[str, Any] = load("app.openapi")
    schemas = told["components"]["schemas"]
    known = {"Country": known_values("jurisdiction"), "DocumentType": ("", *known_values("document_type"))}
    filled = {name: {**schemas[name], "enum": list(values)} for name, values in known.items()}
    return {**told, "components": {**told["components"], "schemas": {**schemas, **filled}}}
