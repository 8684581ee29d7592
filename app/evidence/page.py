"""Download of a signed bundle of documents."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app.audit.recording import note_documents
from app.evidence.document_bundle import document_bundle, is_large, with_attachments
from app.evidence.responses import bundle_response, exporter
from app.exports.background import in_background, is_being_made, submitted
from app.exports.responses import report_language
from app.principal import current_access, installation

evidence_pages = Blueprint("evidence", __name__)


@evidence_pages.get("/documents/bundle")
@in_background
def documents() -> ResponseReturnValue:
    """Return the documents of the address (``document``, repeated) as a bundle in a ``language``.

    A large one is queued even if that was not asked for.
    """
    chosen = list(dict.fromkeys(request.args.getlist("document")))
    store, access = installation().store, current_access()
    found = with_attachments(store, access, chosen)
    if not is_being_made() and is_large(found):
        return submitted()
    bag = document_bundle(store, access, found, exporter(report_language()))
    note_documents(chosen)
    return bundle_response(bag)
