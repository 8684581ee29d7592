"""Status, readiness and metrics of the installation in the REST API."""

from __future__ import annotations

import os
from importlib.metadata import version

from flask import Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from app.api_operations import Answer, Operation, ref
from app.operations.metrics import MEDIA_TYPE, exposition
from app.principal import current_principal, installation
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.status import status as installation_status


def get_status() -> Response:
    held = installation_status(installation(), current_principal())
    result = {name: getattr(held, name) for name in ("engine", "encoder", "by_words_alone", "unfinished")}
    return jsonify(result | {"version": version("rogatio"), "counts": held.documents})


def get_readiness() -> Response:
    """Return whether requests can be served: database, engine and home folder answer; raises ``app.not_ready``."""
    held = installation()
    try:
        held.store.access(LOCAL_USER)
        held.engine.partitions()
    except (RogatioError, SQLAlchemyError, OSError) as error:
        raise RogatioError("app.not_ready") from error
    if not os.access(held.settings.home, os.W_OK):
        raise RogatioError("app.not_ready")
    return jsonify({"status": "ready"})


def get_metrics() -> Response:
    return Response(exposition(), content_type=MEDIA_TYPE)


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
    Operation(
        "/ready",
        get_readiness,
        "getReadiness",
        tag="installation",
        summary="Readiness of the service",
        answer=Answer(
            "The database, the search engine and the data folder can be used.",
            {"type": "object", "required": ["status"], "properties": {"status": {"type": "string", "const": "ready"}}},
        ),
        description="Requires neither a session nor a token. Answers 503 while requests cannot be served.",
        endpoint="ready",
        is_open=True,
    ),
    Operation(
        "/metrics",
        get_metrics,
        "getMetrics",
        tag="installation",
        summary="Metrics in the OpenMetrics format",
        answer=Answer(
            "Counts of documents, jobs and files by state, size of the index, durations of requests by route.",
            content={MEDIA_TYPE.partition(";")[0]: {"schema": {"type": "string"}}},
        ),
        description="No names and no content. For administrators, by a token with the scope `metrics`.",
        endpoint="metrics",
    ),
)
