"""Expressions of laws in the REST API."""

from __future__ import annotations

from flask import Response, jsonify

from app.api_operations import Operation, Text, list_of, object_of
from app.principal import current_access, installation
from app.versions.view import changes_json, law_json, provision_json
from indexing.works.provision_history import law_changes, law_of, provision_versions

PINPOINT = Text(
    "pinpoint", longest=80, description="Label of the provision, such as `art. 301`.", example="art. 1", required=True
)
OLD = Text("old", description="Id of the document with the other version.", required=True)


def get_versions(document_id: str) -> Response:
    return jsonify(law_json(law_of(installation().store, current_access(), document_id)))


def get_provision_versions(document_id: str) -> Response:
    pinpoint = PINPOINT.value().strip()
    return jsonify(provision_json(provision_versions(installation().store, current_access(), document_id, pinpoint)))


def get_version_changes(document_id: str) -> Response:
    """Return the changes of this expression relative to another of the same law, ``old``."""
    return jsonify(changes_json(law_changes(installation().store, current_access(), OLD.value(), document_id)))


OPERATIONS = (
    Operation(
        "/documents/<document_id>/versions",
        get_versions,
        "getVersions",
        tag="documents",
        summary="Versions of the law to which the document belongs, newest first",
        answer=object_of("Law", "The law and its versions."),
        endpoint="versions",
    ),
    Operation(
        "/documents/<document_id>/versions/provision",
        get_provision_versions,
        "getProvisionVersions",
        tag="documents",
        summary="One provision in every version of the law in the language of the document, with differences",
        answer=object_of("ProvisionVersions", "The provision in each version."),
        endpoint="provision_versions",
        parameters=(PINPOINT,),
    ),
    Operation(
        "/documents/<document_id>/versions/changes",
        get_version_changes,
        "getVersionChanges",
        tag="documents",
        summary="Provisions that differ between this version and another",
        answer=list_of("changes", "ProvisionChange", "Provisions in the order of this version."),
        endpoint="version_changes",
        parameters=(OLD,),
    ),
)
