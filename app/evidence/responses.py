"""A bundle as a download."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime

from flask import Response, send_file

from app.evidence.bag import Bag, write_bag
from app.evidence.document_bundle import Exporter
from app.evidence.signing import signing_key
from app.principal import current_principal, installation

MEDIA_TYPE = "application/zip"
_IN_MEMORY = 8 << 20


def exporter(language: str) -> Exporter:
    """Return who exports in this request, at this time, with wording in ``language``."""
    return Exporter(current_principal().id, datetime.now(UTC), language)


def bundle_response(bag: Bag) -> Response:
    """Return the signed bundle as a ZIP file."""
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_bag(written, bag, signing_key(installation().settings.home))
    written.seek(0)
    response = send_file(written, mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{bag.name}.zip"'
    return response
