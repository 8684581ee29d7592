"""Pages of the reader's background exports."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from app.evidence.signing import existing_fingerprint
from app.exports import records
from app.exports.responses import as_file
from app.i18n import interface_variety
from app.principal import current_principal, installation
from extraction.errors import RogatioError

export_job_pages = Blueprint("export_jobs", __name__, url_prefix="/exports")


@export_job_pages.get("/")
def export_list() -> str:
    found = records.exports(installation().store, current_principal())
    key = existing_fingerprint(installation().settings.home)
    return render_template("exports.html", exports=found, language=interface_variety(), fingerprint=key)


@export_job_pages.get("/<export_id>/file")
def export_file(export_id: str) -> Response:
    """Return the file of one of the reader's exports.

    Raises ``app.no_such_export`` and ``app.export_not_ready``.
    """
    store = installation().store
    found = records.export(store, current_principal(), export_id)
    if found.state != "ready":
        raise RogatioError("app.export_not_ready")
    try:
        content = records.path_of(store.derived.home, found.id).read_bytes()
    except FileNotFoundError as error:  # a document was deleted since
        raise RogatioError("app.no_such_export") from error
    return as_file(content, found.name, found.media_type)


@export_job_pages.post("/<export_id>/removal")
def removal(export_id: str) -> AnyResponse:
    records.remove_export(installation().store, current_principal(), export_id)
    flash(gettext("exports.is_removed"))
    return redirect(url_for(".export_list"))
