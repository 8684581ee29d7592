"""The REST API, version 1; what it answers is described in ``resources/openapi.yaml``."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from app import json_form as as_json
from app.alerts import api as alerts
from app.api_parameters import number, one_of, several_of
from app.comparison import api as compare
from app.concepts import api as concepts
from app.documents import api as document_changes
from app.documents.page import original, page
from app.documents.view import PERSONAL
from app.gap_matrix import api as matrix
from app.i18n import interface_language
from app.jobs import jobs
from app.labels import codes
from app.people import api as entities
from app.principal import current_access, current_principal, installation
from app.rooms import api as rooms
from app.search.page import FILTERS, SORTS
from app.uploads import job_records
from app.uploads.uploading import take_in
from app.versions import api as versions
from extraction.errors import LANGUAGES
from extraction.resource import load
from indexing.ingest.status import status as installation_status
from indexing.search.query_fields import known_values
from indexing.search.request import FACETS, MODES, SearchRequest
from indexing.search.search import search as search_index
from indexing.store.reading import Selection
from indexing.store.schema import MOST_NUMBER, Status

api = Blueprint("api", __name__, url_prefix="/api/v1")
MOST_HITS = 100
MOST_DOCUMENTS = 500
MOST_TEXT = 1_000_000

api.add_url_rule("/documents/<document_id>/original", "original", original)
api.add_url_rule("/documents/<document_id>/pages/<int:number>.webp", "page_image", page)
document_changes.add_rules(api)
alerts.add_rules(api)
rooms.add_rules(api)
compare.add_rules(api)
matrix.add_rules(api)
versions.add_rules(api)
entities.add_rules(api)
concepts.add_rules(api)


@api.get("/search")
def search() -> Response:
    filters = {name: tuple(filter(None, request.args.getlist(name))) for name in FILTERS}
    asked = SearchRequest(
        query=request.args.get("q", ""),
        filters={name: values for name, values in filters.items() if values},
        language=one_of("query_language", ("", *LANGUAGES), ""),
        limit=number("limit", 10, 1, MOST_HITS),
        after=request.args.get("after", ""),
        sort=one_of("sort", SORTS, "relevance"),
        group_by=request.args.get("group_by", ""),
        facets=several_of("facet", FACETS),
        mode=one_of("mode", MODES, "both"),
    )
    return jsonify(as_json.result_json(search_index(installation(), asked, current_principal())))


@api.get("/documents")
def documents() -> Response:
    limit = number("limit", 100, 1, MOST_DOCUMENTS)
    selection = Selection(
        collection=request.args.get("collection", ""),
        case_file=request.args.get("case_file", ""),
        status=one_of("status", ("", *Status), ""),
        document_type=one_of("document_type", ("", *codes("document_type")), ""),
    )
    found = installation().store.documents(
        current_access(), selection, after=request.args.get("after", ""), limit=limit + 1
    )
    after = found[limit - 1].id if len(found) > limit else ""
    return jsonify({"documents": [as_json.document_json(item) for item in found[:limit]], "after": after})


@api.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    return jsonify(as_json.document_json(installation().store.document(current_access(), document_id)))


@api.get("/documents/<document_id>/text")
def text(document_id: str) -> Response:
    reading = installation().store.reading(current_access(), document_id)
    start = min(number("start", 0, 0, MOST_NUMBER), len(reading.text))
    end = max(number("end", len(reading.text), 0, MOST_NUMBER), start)
    return jsonify(as_json.text_json(reading, start, min(end, start + MOST_TEXT, len(reading.text))))


@api.get("/documents/<document_id>/annotations")
def document_annotations(document_id: str) -> Response:
    """Answer what the pipelines say; persons only within an authority's files (brief 6.3)."""
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    public = store.collection(access, stored.collection).is_public
    hidden = PERSONAL if public else frozenset[str]()
    return jsonify(as_json.annotations_json(store.annotations(access, document_id), hidden))


@api.get("/documents/<document_id>/structure")
def structure(document_id: str) -> Response:
    held = installation().store.annotations(current_access(), document_id)
    return jsonify({"structure": as_json.structure_json(held)})


@api.get("/collections")
def collections() -> Response:
    access, store = current_access(), installation().store
    found = store.collections(access)
    return jsonify(
        {"collections": [as_json.collection_json(c) | {"counts": store.counts(access, c.id)} for c in found]}
    )


@api.post("/jobs")
def upload() -> ResponseReturnValue:
    said = request.form
    options = {name: said.get(name, "") for name in ("case_file", "document_type", "jurisdiction", "title", "date")}
    job_id = take_in(
        jobs(),
        current_principal(),
        request.files.getlist("files"),
        said.get("collection", "public"),
        options,
        said.get("password", ""),
    )
    location = url_for(".job", job_id=job_id)
    return jsonify({"id": job_id}), 202, {"Location": location}


@api.get("/jobs")
def job_list() -> Response:
    found = job_records.jobs(installation().store, current_access())
    return jsonify({"jobs": [_job_json(job) for job in found]})


@api.get("/jobs/<job_id>")
def job(job_id: str) -> Response:
    return jsonify(_job_json(job_records.job(installation().store, current_access(), job_id)))


@api.get("/status")
def status() -> Response:
    held = installation_status(installation(), current_principal())
    told = {name: getattr(held, name) for name in ("engine", "encoder", "by_words_alone", "unfinished")}
    return jsonify(told | {"version": version("rogatio"), "counts": held.documents})


@api.get("/openapi.json")
def openapi() -> Response:
    return jsonify(description())


def description() -> dict[str, Any]:
    """Return the OpenAPI description of this API, with the values that the program knows."""
    told: dict[str, Any] = load("app.openapi")
    schemas = told["components"]["schemas"]
    known = {"Country": known_values("jurisdiction"), "DocumentType": ("", *known_values("document_type"))}
    filled = {name: {**schemas[name], "enum": list(values)} for name, values in known.items()}
    return {**told, "components": {**told["components"], "schemas": {**schemas, **filled}}}


def _job_json(found: job_records.Job) -> dict[str, Any]:
    return as_json.job_json(found, job_records.job_files(installation().store, found.id), interface_language())
