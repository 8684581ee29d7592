"""Signed bundles in the REST API."""

from __future__ import annotations

from app.api_operations import Answer, Operation, Several
from app.evidence.page import documents
from app.evidence.responses import MEDIA_TYPE
from app.exports.api import BACKGROUND, LANGUAGE, QUEUED

DOCUMENT = Several("document", description="Id of a document; its attachments are included.")

OPERATIONS = (
    Operation(
        "/documents/bundle",
        documents,
        "exportDocuments",
        tag="documents",
        summary="Documents as a signed bundle",
        answer=Answer("The ZIP file.", content={MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}),
        endpoint="documents_bundle",
        description=(
            "A BagIt bag with originals, readings of requests, PROV-JSON, SHA-256 manifests and an Ed25519 signature; "
            "`rogatio bundle verify` verifies it without an installation. From 64 MiB of originals it is always made "
            "in the background (202)."
        ),
        parameters=(DOCUMENT, LANGUAGE, BACKGROUND),
        also=(QUEUED,),
    ),
)
