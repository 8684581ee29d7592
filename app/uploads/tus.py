"""Resumable uploads by the tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload), with creation, expiration
and termination. A finished upload is named in ``uploads`` when a job is made.
"""

from __future__ import annotations

import binascii
from base64 import b64decode
from email.utils import formatdate

from flask import Blueprint, Response, current_app, request, url_for

from app.audit.recording import note
from app.principal import current_principal, installation
from app.uploads import partial_uploads
from app.uploads.partial_uploads import PartialUpload
from app.uploads.uploading import file_name
from extraction.errors import RogatioError

tus = Blueprint("tus", __name__, url_prefix="/api/v1/uploads")
VERSION = "1.0.0"
CONTENT_TYPE = "application/offset+octet-stream"


@tus.before_request
def check_version() -> Response | None:
    """Refuse other versions of the protocol (412), except for requests for the supported versions."""
    if request.method == "OPTIONS" or request.headers.get("Tus-Resumable") == VERSION:
        return None
    return Response(status=412, headers={"Tus-Version": VERSION})


@tus.after_request
def say_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    return response


@tus.route("", methods=["OPTIONS"], provide_automatic_options=False)
def capabilities() -> Response:
    extensions = "creation,expiration,termination"
    headers = {"Tus-Version": VERSION, "Tus-Extension": extensions, "Tus-Max-Size": str(_largest())}
    return Response(status=204, headers=headers)


@tus.post("")
def create() -> Response:
    length = _number("Upload-Length")
    if length > _largest():
        raise RogatioError("app.too_large", mebibytes=_largest() >> 20)
    name = file_name(_metadata().get("filename", ""))
    made = partial_uploads.begin_upload(installation().settings.home, current_principal().id, name, length)
    note(upload_id=made.id)
    return Response(status=201, headers={"Location": url_for("tus.state", upload_id=made.id), **_expiry(made)})


@tus.route("/<upload_id>", methods=["HEAD"], provide_automatic_options=False)
def state(upload_id: str) -> Response:
    found, home = _found(upload_id), installation().settings.home
    at = partial_uploads.offset(home, found)
    headers = {"Upload-Offset": str(at), "Upload-Length": str(found.length), "Cache-Control": "no-store"}
    return Response(status=200, headers=headers | _expiry(found))


@tus.patch("/<upload_id>")
def add(upload_id: str) -> Response:
    found, home = _found(upload_id), installation().settings.home
    if request.mimetype != CONTENT_TYPE:
        return Response(status=415)
    at = partial_uploads.append(home, found, _number("Upload-Offset"), request.stream)
    return Response(status=204, headers={"Upload-Offset": str(at), **_expiry(found)})


@tus.delete("/<upload_id>")
def terminate(upload_id: str) -> Response:
    partial_uploads.abandon(installation().settings.home, _found(upload_id))
    return Response(status=204)


def _found(upload_id: str) -> PartialUpload:
    return partial_uploads.partial_upload(installation().settings.home, current_principal().id, upload_id)


def _number(header: str) -> int:
    given = request.headers.get(header, "")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise RogatioError("app.bad_parameter", name=header)
    return int(given)


def _metadata() -> dict[str, str]:
    """Return the pairs of ``Upload-Metadata``: a key and, in Base64, its value."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(",") if pair)
    try:
        return {key: b64decode(value, validate=True).decode() for key, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError) as error:
        raise RogatioError("app.bad_parameter", name="Upload-Metadata") from error


def _expiry(upload: PartialUpload) -> dict[str, str]:
    return {"Upload-Expires": formatdate(upload.expires, usegmt=True)}


def _largest() -> int:
    return int(current_app.config["MAX_CONTENT_LENGTH"])
