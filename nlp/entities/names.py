"""Persons, organisations and places by context: titles, fields, legal forms, addresses.

These rules recognise explicitly introduced names, as in requests and judgments; the trained model (``legal_ner``)
recognises others. ``nlp.entities.merging`` combines both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities import name_patterns as patterns
from nlp.folding import fold, words_of
from nlp.lexicon import Lexicon, Term

ORIGIN = "names@3"

_BACK = 90


def find_names(text: str, language: str) -> list[Span]:
    """Return PERSON, ORGANISATION and LOCATION spans of a text in ``language`` (ISO 639-1); ``value`` is the name.

    Titles of persons are not part of the span. Further occurrences of a full name are included.
    """
    persons = [*_titled(text, language), *_cued(text, language), *_surname_first(text)]
    persons += _reporters(text, language)
    return [*persons, *_again(text, persons), *_companies(text), *_headed(text), *_places(text, language)]


def _span(text: str, start: int, end: int, label: str, confidence: float) -> Span:
    return Span(start, end, label, " ".join(text[start:end].split()), confidence, ORIGIN)


def _titled(text: str, language: str) -> Iterator[Span]:
    if language in load("nlp.names")["titles"]:
        for match in patterns.titled_name(language).finditer(text):
            yield from _person(text, *match.span("name"), 0.85, words=1)


def _cued(text: str, language: str) -> Iterator[Span]:
    """Yield names after a field label ("Nombre:", "hijo de") or before an expression ("nacido el", "con DNI")."""
    if language not in load("nlp.names")["before"]:
        return
    for match in patterns.cued_name(language).finditer(text):
        if not (match["cue"].isupper() and match["name"].isupper()):
            yield from _person(text, *match.span("name"), 0.75, words=2)
    for cue in patterns.cue_after(language).finditer(text):
        start = max(0, cue.start() - _BACK)
        if (name := patterns.name_at_end().search(text[start : cue.start()])) is not None:
            yield from _person(text, start + name.start(), start + name.end(), 0.85, words=2)


def _reporters(text: str, language: str) -> list[Span]:
    """Return the surnames by which a parliament cites its reports ("the Cunha report")."""
    if language not in load("nlp.names")["reports"]:
        return []
    return [
        _span(text, *match.span("name"), "PERSON", 0.7)
        for match in patterns.report(language).finditer(text)
        if not _is_no_name(match["name"]) and fold(match["name"]) not in load("nlp.names")["no_reporters"]
    ]


def _surname_first(text: str) -> Iterator[Span]:
    """Yield ``PÉREZ GÓMEZ, Juan``: surnames in capitals, a comma, given names."""
    for match in patterns.surnames_first().finditer(text):
        yield from _person(text, match.start(), match.end(), 0.7, words=2)


def _person(text: str, start: int, end: int, confidence: float, *, words: int) -> Iterator[Span]:
    """Yield the name without other words at either end, if at least ``words`` words remain.

    Excluded are an office with its place ("Militar de Lima") and two coordinated surnames ("Ruiz y Gómez").
    """
    parts = [(start + part.start(), start + part.end()) for part in patterns.name_part().finditer(text[start:end])]
    while parts and _is_no_name(text[slice(*parts[0])]):
        parts.pop(0)
    if patterns.two_surnames().fullmatch(text, start, end) or (parts and text[parts[0][0]].islower()):
        return
    stop = next((number for number, part in enumerate(parts) if _ends_name(text[slice(*part)])), len(parts))
    parts = parts[:stop]
    while parts and (text[parts[-1][0]].islower() or _is_no_name(text[slice(*parts[-1])])):
        parts.pop()
    if len(parts) >= words and len(text[slice(*parts[0])]) > 1 and not _all_initials(text, parts):
        yield _span(text, parts[0][0], parts[-1][1], "PERSON", confidence)


def _all_initials(text: str, parts: list[tuple[int, int]]) -> bool:
    return all(text[slice(*part)].endswith(".") for part in parts) and len(parts) < 2


def _is_no_name(word: str) -> bool:
    """Return whether a capitalised word does not belong to names; lowercase words never count."""
    return not word[0].islower() and fold(word).rstrip(".") in _not_names()


def _ends_name(word: str) -> bool:
    return _is_no_name(word) and fold(word) not in load("nlp.names")["capital_particles"]


def _again(text: str, persons: list[Span]) -> Iterator[Span]:
    """Yield the other occurrences of full names of two or more words."""
    full = dict.fromkeys(span.value for span in persons if " " in span.value)
    if full:
        lexicon = Lexicon((name, Term("PERSON", name, 0.8, shape="capital")) for name in full)
        for match in lexicon.find(text, words_of(text)):
            yield Span(match.start, match.end, "PERSON", match.terms[0].value, match.terms[0].confidence, ORIGIN)


def _companies(text: str) -> Iterator[Span]:
    for form in patterns.company_form().finditer(text):
        start = max(0, form.start() - _BACK)
        if (name := patterns.chain_at_end().search(text[start : form.start()])) is not None:
            yield _span(text, start + name.start(), form.end(), "ORGANISATION", 0.85)


def _headed(text: str) -> Iterator[Span]:
    for match in patterns.organisation_head().finditer(text):
        yield _span(text, match.start(), match.end(), "ORGANISATION", 0.6)


def _places(text: str, language: str) -> Iterator[Span]:
    for match in patterns.street().finditer(text):
        yield _span(text, match.start(), match.end(), "LOCATION", 0.8)
    for match in patterns.dateline().finditer(text):
        yield _span(text, *match.span("place"), "LOCATION", 0.75)
    if language in load("nlp.names")["place_before"]:
        for match in patterns.cued_place(language).finditer(text):
            yield _span(text, *match.span("place"), "LOCATION", 0.7)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(str(word) for word in load("nlp.names")["not_names"])
