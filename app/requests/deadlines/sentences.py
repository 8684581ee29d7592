"""The sentence of the letter behind each deadline that it states."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from app.requests.deadlines.deadlines import Deadline
from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.reading import Store

_REACH = 240
_BREAK = regex.compile(r"(?<=[.;!?])\s+(?=\p{Lu})|\n\s*\n")


def stated_sentences(store: Store, access: AccessFilter, deadlines: Iterable[Deadline]) -> dict[Deadline, str]:
    """Return the sentence of each deadline that a letter states, as a day or a period.

    There is none for what a person added, nor for a letter whose text may not be seen or is missing.
    """
    texts: dict[str, str] = {}
    found = {}
    for deadline in deadlines:
        if deadline.proposal and deadline.end:
            if deadline.document not in texts:
                texts[deadline.document] = _text(store, access, deadline.document)
            found[deadline] = sentence_around(texts[deadline.document], deadline.start, deadline.end)
    return found


def sentence_around(text: str, start: int, end: int) -> str:
    """Return the sentence that contains ``text[start:end]``, at most 240 characters to each side."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    left = max((match.end() for match in _BREAK.finditer(before)), default=0)
    stop = _BREAK.search(after)
    words = before[left:] + text[start:end] + after[: stop.start() if stop else len(after)]
    return " ".join(words.split())


def _text(store: Store, access: AccessFilter, document: str) -> str:
    try:
        return store.text(access, document)
    except RogatioError:
        return ""
