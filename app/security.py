"""Security headers, allowed hosts and same-origin checks."""

from __future__ import annotations

import mimetypes
from ipaddress import ip_address
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, abort, request
from werkzeug.exceptions import SecurityError

from extraction.errors import RogatioError

# No external resources, no inline scripts, no framing.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def _set_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":  # also for files of documents: nothing may remain on the disk of a shared machine
        response.headers["Cache-Control"] = "private, no-store"
    if request.path.startswith("/api/") and response.mimetype and response.status_code != 204:
        response.headers.setdefault("Content-Disposition", f'attachment; filename="{_answer_name(response.mimetype)}"')
    return response


def _answer_name(media_type: str) -> str:
    """Return the name of the file as which a browser keeps an answer of the API, which it never shows as a page."""
    if media_type.endswith(("/json", "+json")):
        return "rogatio.json"
    return f"rogatio{mimetypes.guess_extension(media_type) or ''}"


def _require_https(response: Response) -> Response:
    """Tell browsers to use nothing but https for this host, for a year (RFC 6797)."""
    response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def refuse_foreign_hosts() -> None:
    """Refuse another host name than those allowed before anything else is done: no address can be built under it."""
    if isinstance(request.routing_exception, SecurityError):
        raise request.routing_exception


def _refuse_other_origins() -> None:
    """Other sites may not change anything, even in the API, which requires no form token."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host:
        abort(403)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)


def _refuse_nul() -> None:
    """Reject the character NUL in addresses and forms: texts never contain it, and databases reject it."""
    pairs = [*request.args.items(multi=True)]
    if request.mimetype == "application/x-www-form-urlencoded":
        pairs += request.form.items(multi=True)
    if "\0" in request.path or any("\0" in text for pair in pairs for text in pair):
        abort(400)


def _refuse_damaged() -> None:
    """Refuse an argument of the address that is not UTF-8 (``app.damaged_parameter``), which would be altered."""
    for pair in request.query_string.split(b"&"):
        name, _, value = (unquote_to_bytes(part.replace(b"+", b" ")) for part in pair.partition(b"="))
        try:
            (name + value).decode()
        except UnicodeDecodeError as error:
            raise RogatioError("app.damaged_parameter", name=name.decode(errors="replace")[:80]) from error


def set_up(app: Flask) -> None:
    """Register the checks of every request and the headers of every answer, and set the attributes of cookies."""
    app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax")
    if app.config.setdefault("HTTPS", False):
        app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session")
        app.after_request(_require_https)
    app.before_request(_refuse_other_origins)
    app.before_request(_refuse_nul)
    app.before_request(_refuse_damaged)
    app.after_request(_set_headers)


def is_this_machine(host: str) -> bool:
    """Return whether a host of an address is this machine by a loopback address or ``localhost``."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # another name
        return False
