"""Status of the installation in the REST API."""

from __future__ import annotations

from importlib.metadata import version

from flask import Response, jsonify

from app.api_operations import Answer, Operation, ref
from app.principal import current_principal, installation
from indexing.ingest.status import status as installation_status


def get_status() -> Response:
    held = installation_status(installation(), current_principal())
    result = {name: getattr(held, name) for name in ("engine", "encoder", "by_words_alone", "unfinished")}
    return jsonify(result | {"version": version("rogatio"), "counts": held.documents})


OPERATIONS = (
    Operation(
        "/status",
        get_status,
        "getStatus",
        tag="installation",
        summary="Version, engine and counts",
        answer=Answer(
            "The state of the installation.",
            {
                "type": "object",
                "required": ["version", "engine", "encoder", "by_words_alone", "unfinished", "counts"],
                "properties": {
                    "version": {"type": "string"},
                    "encoder": {
                        "type": "string",
                        "description": "Encoder of semantic search; empty without one.",
                    },
                    "by_words_alone": {
                        "type": "integer",
                        "description": "Documents not yet in the semantic index.",
                    },
                    "unfinished": {
                        "type": "integer",
                        "description": "Interrupted ingests that can be resumed.",
                    },
                    "engine": {"type": "string", "enum": ["embedded", "elasticsearch"]},
                    "counts": ref("Counts"),
                },
            },
        ),
        endpoint="status",
    ),
)
