"""The web application factory."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import get_locale
from flask_wtf import CSRFProtect
from jinja2 import Environment, FileSystemLoader, meta

from app import error_pages as errors
from app import i18n as interface_language
from app import labels, navigation, request_limits, security
from app.accounts import authentication, oidc_page
from app.accounts.administration_page import administration_pages
from app.accounts.emergency_page import emergency_pages
from app.accounts.oidc_page import oidc_pages
from app.accounts.page import account_pages
from app.accounts.passkeys_page import passkey_pages
from app.alerts.page import alert_pages
from app.api import api
from app.audit import recording
from app.audit.page import audit_pages
from app.comparison.comparing import compare
from app.comparison.page import compare_pages
from app.comparison.table import ComparisonRequest
from app.concepts.page import concepts
from app.document_kinds import kind_of
from app.documents.changes_page import changes_pages
from app.documents.deletion_page import deletions
from app.documents.link_target import hit_address, place_address
from app.documents.list_page import document_lists
from app.documents.page import documents
from app.evidence.page import evidence_pages
from app.exports.background import ExportQueue
from app.exports.jobs_page import export_job_pages
from app.exports.page import export_pages
from app.gap_matrix.page import matrices
from app.help.page import help_pages
from app.home import view as first_page
from app.home.components_page import component_pages
from app.home.page import home_pages
from app.home.waiting import waiting
from app.jobs import Jobs
from app.mail.page import mail_pages
from app.operations import metrics
from app.passages.page import passage_pages
from app.people.page import entities
from app.requests.deadlines.page import deadline_pages
from app.requests.law.page import law_pages
from app.requests.letters.page import letter_pages
from app.requests.life.page import course_pages
from app.requests.matching.page import match_pages
from app.requests.page import request_pages
from app.requests.related.page import related_pages
from app.requests.rules.page import rule_pages
from app.requests.statistics.page import statistics_pages
from app.requests.treaty_page import treaty_pages
from app.retention.page import retention_pages
from app.rooms.page import room_pages
from app.rooms.provisions_page import room_provision_pages
from app.search.page import search_pages
from app.uploads.jobs_page import jobs_pages
from app.uploads.page import upload_pages
from app.uploads.tus import tus
from app.versions.page import versions
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.installation import Installation, open_installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings, secret_key, settings_from
from nlp.concepts.layer import concept

PAGES = (
    search_pages,
    documents,
    document_lists,
    upload_pages,
    jobs_pages,
    concepts,
    entities,
    compare_pages,
    alert_pages,
    export_pages,
    export_job_pages,
    evidence_pages,
    room_pages,
    room_provision_pages,
    versions,
    matrices,
    treaty_pages,
    course_pages,
    deadline_pages,
    letter_pages,
    law_pages,
    rule_pages,
    statistics_pages,
    match_pages,
    related_pages,
    request_pages,
    help_pages,
    account_pages,
    administration_pages,
    oidc_pages,
    passkey_pages,
    emergency_pages,
    mail_pages,
    audit_pages,
    deletions,
    passage_pages,
    changes_pages,
    retention_pages,
    home_pages,
    component_pages,
)

# Allowed host names; others, which another site may have resolved to this address, are refused.
OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


WARMING = "ML"
"""Concept of the comparison made when the application starts; laws of many countries regulate it."""
WARMING_QUERY = "article 1 money laundering"


def _templates() -> FileSystemLoader:
    """Return a loader of the shared templates and of those of every capability; their names are unique."""
    folder = Path(__file__).parent
    return FileSystemLoader([folder / "templates", *sorted(folder.glob("*/templates"))])


def warm_up(app: Flask) -> None:
    """Load what the first search would wait for, and in the background what the first comparison would.

    These are dictionaries, patterns, the encoder, templates, and the part of the index read by every comparison.
    """
    from app.comparison.comparing import warm_up as warm_up_comparisons

    installation: Installation = app.extensions["installation"]
    try:
        search(installation, SearchRequest(WARMING_QUERY, limit=1))
        waiting(installation.store, installation.store.access(LOCAL_USER), LOCAL_USER)  # counted on every page
    except RogatioError as error:  # the engine may not answer yet; the first request says so
        app.logger.warning("warm-up: %s", error.code)
    concept(WARMING).name("en")  # makes the names of all
    _compile(app.jinja_env, "search.html", set())

    def load() -> None:
        warm_up_comparisons()
        compare(installation, ComparisonRequest(concept=WARMING))

    threading.Thread(target=load, daemon=True).start()


def _compile(environment: Environment, name: str, done: set[str]) -> None:
    """Compile a template and those that it names, which are not in ``done``."""
    done.add(name)
    loader = environment.loader
    assert loader is not None
    source, _, _ = loader.get_source(environment, name)
    environment.get_template(name)
    for other in meta.find_referenced_templates(environment.parse(source)):
        if other is not None and other not in done:
            _compile(environment, other, done)


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the application.

    ``config`` may contain Flask's own keys and ``SETTINGS`` (an ``indexing.settings.Settings``, by default from the
    environment), ``PRINCIPAL`` (an ``indexing.access.Principal`` for all requests, regardless of accounts).
    """
    app = Flask("app")
    app.jinja_loader = _templates()
    app.config.from_mapping(
        MAX_CONTENT_LENGTH=2**30, MAX_FORM_PARTS=5000, WTF_CSRF_TIME_LIMIT=None, TRUSTED_HOSTS=OWN_HOSTS
    )
    app.config.from_mapping(config or {})
    settings: Settings = app.config.setdefault("SETTINGS", settings_from())
    installation = app.extensions["installation"] = open_installation(settings)
    if not app.secret_key:
        app.secret_key = secret_key(settings.home)
    app.extensions["jobs"] = Jobs.of(installation, app.config.get("PRINCIPAL", LOCAL_USER))
    app.extensions["exports"] = ExportQueue.of(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    metrics.set_up(app)
    app.before_request(security.refuse_foreign_hosts)
    authentication.set_up(app)
    request_limits.set_up(app)
    oidc_page.set_up(app)
    recording.set_up(app)
    csrf = CSRFProtect(app)
    for part_of_api in (api, tus):
        csrf.exempt(part_of_api)
    for part in (interface_language, labels, security, errors, navigation, first_page):
        part.set_up(app)
    for blueprint in (*PAGES, api, tus):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        interface_languages=interface_language.OWN_NAMES,
        interface_variety=interface_language.interface_variety,
        in_language=interface_language.in_language,
        get_locale=get_locale,
        hit_address=hit_address,
        place_address=place_address,
        kind_of=kind_of,
    )
    return app
