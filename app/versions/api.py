"""Versions of laws in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from app.principal import current_access, installation
from app.versions.view import changes_json, law_json, provision_json
from indexing.works.provision_history import law_changes, law_of, provision_versions


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/documents/<document_id>/versions", "versions", versions)
    api.add_url_rule("/documents/<document_id>/versions/provision", "provision_versions", provision)
    api.add_url_rule("/documents/<document_id>/versions/changes", "version_changes", changes)


def versions(document_id: str) -> Response:
    return jsonify(law_json(law_of(installation().store, current_access(), document_id)))


def provision(document_id: str) -> Response:
    pinpoint = request.args.get("pinpoint", "").strip()
    return jsonify(provision_json(provision_versions(installation().store, current_access(), document_id, pinpoint)))


def changes(document_id: str) -> Response:
    """Answer what this version changed against another of the same law, ``old``."""
    return jsonify(
        changes_json(law_changes(installation().store, current_access(), request.args.get("old", ""), document_id))
    )
