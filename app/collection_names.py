"""Valid names of collections, and the words that some have on pages."""

from __future__ import annotations

import re
from functools import cache

from extraction.errors import RogatioError
from extraction.resource import load

COLLECTION = r"[^\W_][\w .-]{0,63}"


def collection_name(given: str) -> str:
    """Return ``given``; raises ``app.no_collection`` without one, ``app.bad_collection`` for an invalid name."""
    if not given:
        raise RogatioError("app.no_collection")
    if not re.fullmatch(COLLECTION, given):
        raise RogatioError("app.bad_collection", collection=given[:80])
    return given


def collection_called(given: str | None) -> str:
    """Return the collection that has the words ``given`` on pages in any language, else ``given`` without spaces."""
    typed = (given or "").strip()
    return _by_words().get(typed.casefold(), typed)


@cache
def _by_words() -> dict[str, str]:
    named: dict[str, dict[str, str]] = load("app.labels")["collection"]
    return {words.casefold(): identifier for identifier, names in named.items() for words in names.values()}
