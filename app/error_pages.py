"""Error responses: a stable code, and a sentence that says what happened and what to do."""

from __future__ import annotations

import logging
import traceback
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from flask import Flask, current_app, jsonify, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, SecurityError
from werkzeug.routing.exceptions import RoutingException

from app.accounts.authentication import may_open
from app.i18n import interface_variety
from app.typed_addresses import typed_address
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.errors import sentence as sentence_of

log = logging.getLogger(__name__)

NOT_FOUND = frozenset(
    {
        "indexing.cursor_unreadable",
        "indexing.no_such_document",
        "app.no_such_credential",
        "app.no_such_desk_rule",
        "indexing.no_such_collection",
        "indexing.no_such_entity",
        "indexing.no_such_alert",
        "indexing.no_such_room",
        "indexing.no_such_line",
        "nlp.no_such_instrument",
        "nlp.no_such_element",
        "indexing.no_such_version",
        "indexing.no_such_comment",
        "indexing.no_such_decision",
        "app.no_such_cell",
        "app.no_such_event",
        "app.no_such_format",
        "indexing.no_law",
        "indexing.no_original",
        "indexing.no_such_provision",
        "indexing.not_of_the_day",
        "app.no_such_job",
        "app.no_such_upload",
        "app.no_such_export",
        "app.no_such_rule",
        "app.no_oidc",
        "app.invitation_over",
        "app.no_accounts",
        "app.no_request",
        "app.no_such_proposal",
        "app.no_such_match",
        "app.no_such_notice",
        "app.no_such_concept",
        "app.no_such_topic",
        "nlp.no_such_concept",
        "indexing.no_such_treaty_provision",
        "app.no_page_image",
        "extraction.no_such_page",
        "indexing.no_such_page",
    }
)
UNAVAILABLE = {
    "extraction.disk_full": 507,
    "extraction.storage_failed": 503,
    "indexing.database_failed": 503,
    "indexing.database_busy": 503,
    "indexing.elasticsearch_unreachable": 503,
    "app.drawing_busy": 503,
    "app.server_busy": 503,
    "app.not_ready": 503,
    "app.timestamp_failed": 503,
    "app.timestamps_needed": 503,
}
REFUSED = {
    "app.not_signed_in": 401,
    "app.oidc_failed": 401,
    "app.oidc_no_account": 403,
    "app.not_permitted": 403,
    "app.second_factor_required": 403,
    "app.single_user_loopback": 403,
    "app.case_file_refused": 403,
    "app.collection_read_only": 403,
    "app.own_account": 403,
    "app.sign_in_again": 403,
    "app.ended_on_page": 403,
    "app.password_needed": 403,
    "indexing.quota_exceeded": 413,
    "app.unexpected_media_type": 415,
    "indexing.not_writable": 403,
    "app.too_many_attempts": 429,
    "app.too_many_exports": 429,
}
CONFLICT = frozenset(
    {
        "app.second_person_needed",
        "app.job_is_over",
        "app.export_not_ready",
        "app.wrong_offset",
        "app.upload_incomplete",
        "indexing.legal_hold",
        "indexing.not_read",
        "indexing.quarantined",
        "indexing.document_changed",
        "indexing.not_quarantined",
        "indexing.too_many_rooms",
        "app.too_many_tokens",
    }
)
RETRY_SECONDS = "5"
HTTP_CODES = {
    400: "app.bad_request",
    403: "app.forbidden",
    404: "app.not_found",
    405: "app.method_not_allowed",
    413: "app.too_large",
    415: "app.bad_request",
}

# Messages of errors in the API that refer programmers to its description; pages have a message for their readers.
API_MESSAGES = {
    "app.bad_parameter": "app.bad_parameter_in_api",
    "app.method_not_allowed": "app.method_not_allowed_in_api",
}


def set_up(app: Flask) -> None:
    """Register the handlers, which answer errors as a page, or as JSON below ``/api/``."""
    app.register_error_handler(RogatioError, _known)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unknown)


def status_of(error: RogatioError) -> int:
    """Return the HTTP status of an error: 422 for codes that are in no other group."""
    if error.code in NOT_FOUND:
        return 404
    if status := UNAVAILABLE.get(error.code) or REFUSED.get(error.code):
        return status
    return 409 if error.code in CONFLICT else 422


def _known(error: RogatioError) -> ResponseReturnValue:
    return _answer(error, status_of(error))


def _stale_form(_: CSRFError) -> ResponseReturnValue:
    return _answer(RogatioError("app.stale_form"), 400)


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400 or isinstance(error, SecurityError):  # no page can be addressed under a foreign host name
        return error
    if status == 404 and (elsewhere := typed_address()):
        return redirect(elsewhere, 302)
    known = _too_large() if status == 413 else RogatioError(HTTP_CODES.get(status, "app.unexpected"))
    answer = make_response(_answer(known, status))
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        answer.headers["Allow"] = ", ".join(error.valid_methods)  # RFC 9110, 15.5.6
    return answer


def _too_large() -> RogatioError:
    """Return the error of a request with too many bytes, or with too many parts of a form."""
    most: int = current_app.config["MAX_CONTENT_LENGTH"]
    if request.content_length is not None and request.content_length <= most:
        return RogatioError("app.too_many_parts", most=current_app.config["MAX_FORM_PARTS"])
    return RogatioError("app.too_large", mebibytes=most // 2**20)


def _unknown(error: Exception) -> ResponseReturnValue:
    """Log the location of the error but not its message, which may contain document content."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s at %s\n%s", type(error).__name__, request.url_rule, places)
    if is_storage_failure(error):
        return _known(storage_error(error))
    return _answer(RogatioError("app.unexpected"), 500)


def _answer(error: RogatioError, status: int) -> ResponseReturnValue:
    if not f"{request.path}/".startswith("/api/"):
        sentence = error.sentence(interface_variety())
        retry = {"Retry-After": RETRY_SECONDS} if status == 503 else {}  # RFC 9110, 10.2.3
        page = render_template("error.html", code=error.code, sentence=sentence, status=status, before=_page_before())
        return page, status, retry
    title = sentence_of(_api_message(error), interface_variety(), **error.facts)
    problem = {"type": "about:blank", "status": status, "title": title, "code": error.code}
    response = jsonify(problem)
    response.mimetype = "application/problem+json"
    if status == 503:
        response.headers["Retry-After"] = RETRY_SECONDS
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"  # RFC 6750, 3
    return response, status


def _api_message(error: RogatioError) -> str:
    """Return the code of the message of an error in the API; a number outside its range has one that states it."""
    if "least" in error.facts:
        return "app.number_out_of_range"
    return API_MESSAGES.get(error.code, error.code)


def _page_before() -> str:
    """Return the address of the page before, if it is another one of this site that the reader may open; else empty."""
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host or (request.method == "GET" and _without_language(before) == _without_language()):
        return ""
    try:
        endpoint, _ = current_app.url_map.bind(request.host).match(unquote(before.path), "GET")
    except (HTTPException, RoutingException):
        return ""
    return before.geturl() if may_open(endpoint) else ""


def _without_language(address: SplitResult | None = None) -> tuple[str, list[tuple[str, str]]]:
    """Return the path and the query of an address, by default of this request, without the interface language."""
    one = address or urlsplit(request.url)
    return one.path, [pair for pair in parse_qsl(one.query) if pair[0] != "ui"]
