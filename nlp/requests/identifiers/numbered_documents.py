"""Numbers of identity documents that a noun announces, one or several: "les passeports nos R11223344 et R11223345".

The noun tells the kind of every number of its list, also where the form of a number alone is that of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.requests.identifiers.forms import Identifier

_LEAST_DIGITS = 5


def numbered_documents(matched: str, folded: str) -> Iterator[Identifier]:
    """Yield the numbers behind the names of identity documents.

    ``matched`` is the text with plain punctuation, ``folded`` the same without case and accents.
    """
    for document in _documents():
        for name in document.names.finditer(folded):
            number = document.first.match(matched, name.end())
            while number is not None:
                if sum(map(str.isdigit, number["number"])) >= _LEAST_DIGITS:
                    yield Identifier(document.kind, *number.span("number"), None, 0.85)
                number = document.further.match(matched, number.end())


@dataclass(frozen=True, slots=True)
class _Document:
    kind: str
    names: regex.Pattern[str]
    first: regex.Pattern[str]
    further: regex.Pattern[str]


@cache
def _documents() -> tuple[_Document, ...]:
    rules = load("nlp.request_identifiers")
    return tuple(
        _Document(
            kind,
            regex.compile(rf"(?<!\w)(?:{document['names']})(?!\w)"),
            regex.compile(rf"{rules['announced']}(?<!\w)(?P<number>{document['number']})"),
            regex.compile(rf"{rules['listed']}(?P<number>{document['number']})"),
        )
        for kind, document in rules["documents"].items()
    )
