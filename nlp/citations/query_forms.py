"""Citations as people type them in a query, written as running text writes them.

Examples: ``art. 4 L.O. 60/2017``, ``art. cuarto Ley 31108``, ``L. n° 2020-595, art. 4``, ``art. 4 ley peruana 31108``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_query_countries

# (first character, end, what replaces it)
_Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class WrittenQuery:
    """A query in the forms of running text.

    ``places[n]`` is the offset in the query of character ``n``, one more ends the list. ``jurisdiction`` (ISO 3166-1)
    is that of a nationality beside the law, which is left out, and empty without one.
    """

    text: str
    places: tuple[int, ...]
    jurisdiction: str = ""

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the query that corresponds to ``text[start:end]``."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


def written_query(query: str) -> WrittenQuery:
    """Return ``query`` in the forms of running text; without any such form it is unchanged."""
    written = WrittenQuery(query, tuple(range(len(query) + 1)))
    for pattern, replacement in _forms():
        written = _changed(written, ((*found.span(), replacement) for found in pattern.finditer(written.text)))
    ordinals = load("nlp.query_forms")["ordinals"]
    found = _ordinal().finditer(written.text)
    written = _changed(written, ((*one.span("word"), str(ordinals[one["word"].lower()])) for one in found))
    return _without_nationality(written)


def _without_nationality(written: WrittenQuery) -> WrittenQuery:
    """Return the query without a nationality behind the word for a law, which becomes its ``jurisdiction``."""
    for span in find_query_countries(written.text):
        if span.label == "NATIONALITY" and _law_before().search(written.text, 0, span.start):
            end = span.end + (written.text[span.end : span.end + 1] == " ")
            changed = _changed(written, [(span.start, end, "")])
            return WrittenQuery(changed.text, changed.places, span.value)
    return written


def _changed(written: WrittenQuery, changes: Iterable[_Change]) -> WrittenQuery:
    text, places = written.text, list(written.places)
    for start, end, replacement in reversed(list(changes)):
        text = text[:start] + replacement + text[end:]
        places[start:end] = [places[min(start + offset, max(start, end - 1))] for offset in range(len(replacement))]
    return WrittenQuery(text, tuple(places))


@cache
def _forms() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((compiled(form, regex.I), replacement) for form, replacement in load("nlp.query_forms")["forms"])


@cache
def _ordinal() -> regex.Pattern[str]:
    resource = load("nlp.query_forms")
    words = "|".join(sorted(resource["ordinals"], key=len, reverse=True))
    return compiled(rf"{resource['article']}(?P<word>{words})(?!\p{{L}})(?!\stransit)", regex.I)


@cache
def _law_before() -> regex.Pattern[str]:
    return compiled(rf"(?<!\p{{L}})(?:{load('nlp.query_forms')['laws']})\s$", regex.I)
