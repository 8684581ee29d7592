"""Valid names of collections."""

from __future__ import annotations

import re

from extraction.errors import RogatioError

COLLECTION = r"[^\W_][\w .-]{0,63}"


def collection_name(given: str) -> str:
    """Return ``given``; raises ``app.bad_collection`` if it is not a valid name of a collection."""
    if not re.fullmatch(COLLECTION, given):
        raise RogatioError("app.bad_collection", collection=given[:80])
    return given
