"""Classification markings of States (CONFIDENTIAL and above) in the head, a stamp or a running line of a document.

The installation is not accredited for classified information: a marked document is quarantined when it arrives. Only a
line that says nothing but the marking counts, so that a request for confidentiality, a provision about secrecy and the
secrecy of an investigation are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from extraction.document import Document, FurnitureKind
from extraction.resource import load

HEAD_LINES = 12
"""Lines of the first page among which an unlabelled marking is looked for."""

MAX_LINE_LENGTH = 80
MARKED_FURNITURE = frozenset({FurnitureKind.STAMP, FurnitureKind.RUNNING_HEAD, FurnitureKind.RUNNING_FOOT})
_AROUND = " \t*#_=[](){}<>«»\"“”'.·•|~-–—"


def classification_marking(document: Document) -> str:
    """Return the level of a document's marking, a key of ``levels`` in the resource; empty where it has none."""
    first = document.pages[0] if document.pages else None
    head = document.text[first.start : first.end] if first else document.text
    lines = [line for line in head.splitlines() if line.strip()]
    for line in (*lines[:HEAD_LINES], *lines[-1:], *_furniture(document)):
        if level := _level(line, labelled=False):
            return level
    return next(filter(None, (_level(line, labelled=True) for line in lines)), "")


def _furniture(document: Document) -> Iterator[str]:
    for page in document.pages:
        yield from (item.text for item in page.furniture if item.kind in MARKED_FURNITURE)


def _level(line: str, *, labelled: bool) -> str:
    """Return the level that a line states; a marking is written in capitals."""
    text = line.strip(_AROUND)
    if not text or len(text) > MAX_LINE_LENGTH or (not labelled and text != text.upper()):
        return ""
    folded = _folded(text)
    for level, bare, with_label in _patterns():
        if (with_label if labelled else bare).fullmatch(folded):
            return level
    return ""


def _folded(text: str) -> str:
    """Return a line in lower case without accents, with single spaces; letters that are spaced out are joined."""
    plain = "".join(
        character for character in unicodedata.normalize("NFD", text) if not unicodedata.combining(character)
    )
    words = plain.lower().split()
    if len(words) > 4 and all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    data = load("nlp.classification_markings")
    suffix, labels = data["suffix"], data["labels"]
    return tuple(
        (
            marking["level"],
            re.compile(f"(?:{marking['pattern']}){suffix}"),
            re.compile(rf"{labels}\s*[:.–—-]\s*(?:{marking['pattern']}){suffix}"),
        )
        for marking in data["levels"]
    )
