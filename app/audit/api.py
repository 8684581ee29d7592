"""The audit trail in the REST API."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from app.api_parameters import number
from app.audit.page import filter_from_request
from app.audit.trail import entries, every_entry, verify
from app.principal import installation
from indexing.store.schema import MOST_NUMBER


def add_rules(api: Blueprint) -> None:
    """Add the routes of the audit trail to the API's blueprint."""
    api.add_url_rule("/audit", "audit", trail)
    api.add_url_rule("/audit/verification", "audit_verification", verification)


def trail() -> Response:
    """Answer entries, the newest first; ``before`` of the answer is where the next page begins, 0 at the end."""
    limit = number("limit", 100, 1, 1000)
    before = number("before", 0, 0, MOST_NUMBER)
    found = entries(installation().store, filter_from_request(), before=before, limit=limit + 1)
    rest = found[limit - 1].number if len(found) > limit else 0
    return jsonify({"entries": [asdict(one) for one in found[:limit]], "before": rest})


def verification() -> Response:
    return jsonify(asdict(verify(every_entry(installation().store))))
