"""The REST API, version 1: one blueprint to which each capability adds its routes."""

from __future__ import annotations

from flask import Blueprint

import app.accounts.api
import app.alerts.api
import app.comparison.api
import app.concepts.api
import app.documents.api
import app.gap_matrix.api
import app.operations.api
import app.people.api
import app.requests.api
import app.requests.deadlines.api
import app.requests.life.api
import app.requests.treaty_api
import app.rooms.api
import app.search.api
import app.uploads.api
import app.versions.api

api = Blueprint("api", __name__, url_prefix="/api/v1")
for capability in (
    app.search.api,
    app.documents.api,
    app.versions.api,
    app.people.api,
    app.requests.api,
    app.requests.life.api,
    app.requests.deadlines.api,
    app.concepts.api,
    app.comparison.api,
    app.gap_matrix.api,
    app.rooms.api,
    app.requests.treaty_api,
    app.alerts.api,
    app.uploads.api,
    app.operations.api,
    app.accounts.api,
):
    capability.add_rules(api)
