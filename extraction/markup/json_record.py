"""JSON records: long strings (HTML or plain) are the text, short strings are metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from extraction.document import BlockKind, Document
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.markup.html import add_html, parse_html
from extraction.plain_text import paragraphs

MEDIA_TYPE = "application/json"
SHORT = 300  # characters; longest metadata value
_HTML = re.compile(r"<(?:p|div|br|table|h[1-6]|span|font)\b[^<>]*>", re.IGNORECASE)


def read_json(path: Path) -> Document:
    """Read ``path``: an object with long and short strings, or any other value, whose strings are read in order.

    Raises ``extraction.malformed``, ``extraction.nested_too_deep``.
    """
    decoded = decode(path.read_bytes())
    try:
        value = json.loads(decoded.text)
    except RecursionError as error:
        raise RogatioError("extraction.nested_too_deep") from error
    except ValueError as error:
        raise RogatioError("extraction.malformed", media_type=MEDIA_TYPE) from error
    draft = Draft()
    metadata: dict[str, str] = {}
    if isinstance(value, dict) and any(isinstance(text, str) and len(text) > SHORT for text in value.values()):
        metadata = {key: text for key, text in value.items() if isinstance(text, str) and len(text) <= SHORT}
        value = {key: text for key, text in value.items() if key not in metadata}
    for text in _texts(value):
        _add(draft, text)
    return draft.document(MEDIA_TYPE, "json_record", metadata)


def _texts(value: object) -> Iterator[str]:
    """Yield the strings and numbers in ``value``, in document order."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += reversed(list(item.values()))
        elif isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, str) or (isinstance(item, int | float) and not isinstance(item, bool)):
            yield str(item)


def _add(draft: Draft, text: str) -> None:
    if _HTML.search(text):
        add_html(draft, parse_html(text))
        return
    for lines in paragraphs(text):
        draft.add(BlockKind.PARAGRAPH, "\n".join(lines))
