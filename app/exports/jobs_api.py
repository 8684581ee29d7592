"""The caller's background exports in the REST API."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Operation, list_of, no_content, object_of
from app.api_parameters import iso_time
from app.evidence.responses import MEDIA_TYPE as BUNDLE_TYPE
from app.exports import records
from app.exports.jobs_page import export_file
from app.exports.records import Export
from app.exports.responses import FORMATS
from app.exports.search_results import RESULT_FORMATS
from app.i18n import interface_variety
from app.principal import current_principal, installation

MEDIA_TYPES = (*(form.media_type for form in FORMATS.values()), *RESULT_FORMATS.values(), BUNDLE_TYPE)


def list_exports() -> Response:
    found = records.exports(installation().store, current_principal())
    return jsonify({"exports": [_export_json(record) for record in found]})


def get_export(export_id: str) -> Response:
    return jsonify(_export_json(records.export(installation().store, current_principal(), export_id)))


def remove_export(export_id: str) -> ResponseReturnValue:
    records.remove_export(installation().store, current_principal(), export_id)
    return "", 204


def _export_json(record: Export) -> dict[str, Any]:
    return {
        "id": record.id,
        "state": record.state,
        "done": record.done,
        "total": record.total,
        "name": record.name,
        "error": record.error,
        "sentence": record.sentence(interface_variety()),
        "added": iso_time(record.added),
        "ends": iso_time(record.ends),
    }


OPERATIONS = (
    Operation(
        "/exports",
        list_exports,
        "listExports",
        tag="documents",
        summary="Exports of the caller that are made in the background",
        answer=list_of("exports", "Export", "The newest first."),
        endpoint="exports",
        description="Asked for by `background=1` of an export; each is deleted after a day, or when a document is.",
    ),
    Operation(
        "/exports/<export_id>",
        get_export,
        "getExport",
        tag="documents",
        summary="The state of an export",
        answer=object_of("Export", "The export."),
        endpoint="export",
    ),
    Operation(
        "/exports/<export_id>",
        remove_export,
        "removeExport",
        tag="documents",
        summary="Delete an export",
        answer=no_content("It is deleted."),
        method="DELETE",
        endpoint="remove_export",
    ),
    Operation(
        "/exports/<export_id>/file",
        export_file,
        "getExportFile",
        tag="documents",
        summary="The file of an export, for who asked for it",
        answer=Answer(
            "The file.",
            content={media_type.partition(";")[0]: {"schema": {"type": "string"}} for media_type in MEDIA_TYPES},
        ),
        endpoint="export_file",
    ),
)
