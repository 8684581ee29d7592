"""Entity linking within one document: mentions of one person or body, and ambiguous ones."""

from __future__ import annotations

import re

import pytest

from nlp.annotations import Entity, Span
from nlp.entities.dates import find_dates
from nlp.entities.identifiers import find_identifiers
from nlp.entities.linking import link

LABELS = {"P": "PERSON", "O": "ORGANISATION", "C": "COURT", "A": "AUTHORITY", "L": "LOCATION"}
MARK = re.compile(r"\{([POCAL]):([^}]*)\}")


def linked(marked: str, language: str = "es") -> tuple[Entity, ...]:
    """Link a text whose names are marked ``{P:Juan Pérez}``; numbers and dates in it are found by the pipeline."""
    text, spans = "", []
    at = 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        start, name = len(text), mark[2]
        text, at = text + name, mark.end()
        spans.append(Span(start, len(text), LABELS[mark[1]], " ".join(name.split()), 0.9, "test@1"))
    text += marked[at:]
    others = [*find_identifiers(text, jurisdiction="ES", language=language), *find_dates(text, "ES")]
    return link(text, [*spans, *others], language=language)


def groups(marked: str, language: str = "es") -> list[list[str]]:
    """Return the mentions of each entity as written."""
    text = MARK.sub(r"\2", marked)
    return [[text[m.start : m.end] for m in entity.mentions] for entity in linked(marked, language)]


ONE_PERSON = [
    ("es", "{P:Juan Pérez Gómez} llegó. {P:PÉREZ GÓMEZ, Juan} firmó."),
]


@pytest.mark.parametrize(("language", "marked"), ONE_PERSON)
def test_one_person(language: str, marked: str) -> None:
    assert len(groups(marked, language)) == 1
