"""Persons, organisations and places by what stands around their names: titles, fields, company forms, addresses.

These rules see the names that requests and judgments introduce in so many words. The trained model (``legal_ner``)
sees the others; both propose, and ``nlp.entities.merging`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.folding import fold
from nlp.lexicon import Lexicon, Term, words_of

ORIGIN = "names@3"

_BACK = 90
_COUPLE = 30  # characters that name a couple before its surname
_WORD = r"(?:Ste?\.(?=[ ]\p{Lu})|\p{Lu}[\p{L}\p{M}'’\-]+|\p{Lu}\.)"
_FIELD = r"\p{Lu}[\p{L}\p{M}\p{N}'’\-]*"

Pattern = regex.Pattern[str]


def find_names(text: str, language: str) -> list[Span]:
    """Return PERSON, ORGANISATION and LOCATION spans of a text in ``language``; ``value`` is the name itself.

    A person's title is not part of the span; a name found once is found wherever else it stands in full.
    """
    persons = [*_titled(text, language), *_cued(text, language), *_surname_first(text)]
    persons += _reporters(text, language)
    return [*persons, *_again(text, persons), *_companies(text), *_headed(text), *_places(text, language)]


def couple_start(text: str, start: int) -> int:
    """Return where a couple is named whose surname begins at ``start`` ("M. et Mme Robins"), else ``start``."""
    named = _couple().search(text, max(0, start - _COUPLE), start)
    return named.start() if named and named.end() == start else start


def names_couple(written: str) -> bool:
    return _couple().match(written) is not None


def _span(text: str, start: int, end: int, label: str, confidence: float) -> Span:
    return Span(start, end, label, " ".join(text[start:end].split()), confidence, ORIGIN)


def _titled(text: str, language: str) -> Iterator[Span]:
    if language in load("nlp.names")["titles"]:
        for match in _title(language).finditer(text):
            yield from _person(text, *match.span("name"), 0.85, words=1)


def _cued(text: str, language: str) -> Iterator[Span]:
    """Yield names that follow a field ("Nombre:", "hijo de") or stand before one ("nacido el", "con DNI")."""
    if language not in load("nlp.names")["before"]:
        return
    for match in _before(language).finditer(text):
        if not (match["cue"].isupper() and match["name"].isupper()):
            yield from _person(text, *match.span("name"), 0.75, words=2)
    for cue in _after(language).finditer(text):
        start = max(0, cue.start() - _BACK)
        if (name := _name_at_end().search(text[start : cue.start()])) is not None:
            yield from _person(text, start + name.start(), start + name.end(), 0.85, words=2)


def _reporters(text: str, language: str) -> list[Span]:
    """Return the surnames that a parliament calls its reports by ("the Cunha report")."""
    if language not in load("nlp.names")["reports"]:
        return []
    return [
        _span(text, *match.span("name"), "PERSON", 0.7)
        for match in _report(language).finditer(text)
        if not _is_no_name(match["name"]) and fold(match["name"]) not in load("nlp.names")["no_reporters"]
    ]


def _surname_first(text: str) -> Iterator[Span]:
    """Yield ``PÉREZ GÓMEZ, Juan``: surnames in capitals, a comma, given names."""
    for match in _surnames().finditer(text):
        yield from _person(text, match.start(), match.end(), 0.7, words=2)


def _person(text: str, start: int, end: int, confidence: float, *, words: int) -> Iterator[Span]:
    """Yield the name without the words at either end that are none, if ``words`` of it are left.

    An office and where it is held are no name ("Militar de Lima"), nor are two surnames together ("Ruiz y Gómez").
    """
    parts = [(start + part.start(), start + part.end()) for part in _part().finditer(text[start:end])]
    while parts and _is_no_name(text[slice(*parts[0])]):
        parts.pop(0)
    if _two_surnames().fullmatch(text, start, end) or (parts and text[parts[0][0]].islower()):
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
    """Say whether a word ends a name; small words inside names do not."""
    return not word[0].islower() and fold(word).rstrip(".") in _not_names()


def _ends_name(word: str) -> bool:
    return _is_no_name(word) and fold(word) not in load("nlp.names")["capital_particles"]


def _again(text: str, persons: list[Span]) -> Iterator[Span]:
    """Yield the other places where a full name of two words or more stands."""
    full = dict.fromkeys(span.value for span in persons if " " in span.value)
    if full:
        lexicon = Lexicon((name, Term("PERSON", name, 0.8, shape="capital")) for name in full)
        for match in lexicon.find(text, words_of(text)):
            yield Span(match.start, match.end, "PERSON", match.terms[0].value, match.terms[0].confidence, ORIGIN)


def _companies(text: str) -> Iterator[Span]:
    for form in _company_form().finditer(text):
        start = max(0, form.start() - _BACK)
        if (name := _chain_at_end().search(text[start : form.start()])) is not None:
            yield _span(text, start + name.start(), form.end(), "ORGANISATION", 0.85)


def _headed(text: str) -> Iterator[Span]:
    for match in _organisation_head().finditer(text):
        yield _span(text, match.start(), match.end(), "ORGANISATION", 0.6)


def _places(text: str, language: str) -> Iterator[Span]:
    for match in _street().finditer(text):
        yield _span(text, match.start(), match.end(), "LOCATION", 0.8)
    for match in _dateline().finditer(text):
        yield _span(text, *match.span("place"), "LOCATION", 0.75)
    if language in load("nlp.names")["place_before"]:
        for match in _place(language).finditer(text):
            yield _span(text, *match.span("place"), "LOCATION", 0.7)


@cache
def _not_names() -> frozenset[str]:
    return frozenset(str(word) for word in load("nlp.names")["not_names"])


def _name() -> str:
    particles = load("nlp.names")["person_particles"]
    return rf"{_WORD}(?:[ ](?:[ye][ ]|(?:(?:{particles})[ ]?){{0,2}}){_WORD}){{0,5}}"


def _chain() -> str:
    particles = load("nlp.names")["chain_particles"]
    return rf"{_FIELD}(?:[ ](?:(?:{particles})[ ]?){{0,2}}{_FIELD}){{0,7}}"


@cache
def _two_surnames() -> Pattern:
    return regex.compile(r"\p{Lu}[\p{L}'’\-]+[ ][ye][ ]\p{Lu}[\p{L}'’\-]+")


@cache
def _part() -> Pattern:
    return regex.compile(r"[\p{L}\p{M}'’\-]+\.?")


@cache
def _couple() -> Pattern:
    return regex.compile(rf"\b(?:{'|'.join(load('nlp.names')['couples'])})\s+")


@cache
def _title(language: str) -> Pattern:
    titles = sorted(load("nlp.names")["titles"][language], key=len, reverse=True)
    return regex.compile(rf"\b(?:{'|'.join(titles)})(?:\s+|(?<=\.))(?P<name>{_name()})")


@cache
def _before(language: str) -> Pattern:
    return regex.compile(rf"\b(?P<cue>{'|'.join(load('nlp.names')['before'][language])})\s+(?P<name>{_name()})")


@cache
def _report(language: str) -> Pattern:
    return regex.compile(load("nlp.names")["reports"][language])


@cache
def _after(language: str) -> Pattern:
    return regex.compile("|".join(load("nlp.names")["after"][language]))


@cache
def _name_at_end() -> Pattern:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_name()}$")


@cache
def _chain_at_end() -> Pattern:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_chain()},?[ ]$")


@cache
def _surnames() -> Pattern:
    given = r"\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+){0,3}"
    return regex.compile(
        rf"(?<![\p{{L}}])\p{{Lu}}[\p{{Lu}}'’\-]+(?:[ ]\p{{Lu}}[\p{{Lu}}'’\-]+){{0,3}},[ ]{given}(?=[,.;:()\n]|$)"
    )


@cache
def _company_form() -> Pattern:
    forms = sorted(load("nlp.names")["company_forms"], key=len, reverse=True)
    return regex.compile(rf"(?<=[\p{{L}}\p{{N}}],?[ ])(?:{'|'.join(forms)})(?![\p{{L}}\p{{N}}])")


@cache
def _organisation_head() -> Pattern:
    heads = sorted(load("nlp.names")["organisation_heads"], key=len, reverse=True)
    return regex.compile(
        rf"\b(?:{'|'.join(heads)})[ ](?:(?:{load('nlp.names')['person_particles']})[ ]?){{0,2}}{_name()}"
    )


@cache
def _street() -> Pattern:
    before, after = load("nlp.names")["streets"], load("nlp.names")["streets_after"]
    number = r"(?:,?[ ](?:n[.º°o]*[ ]?|#[ ]?|No\.?[ ]?)?\d+(?:[ ]?-[ ]?\d+)?)"
    small = rf"(?:(?:{load('nlp.names')['chain_particles']})[ ]?){{0,2}}"
    street_first = rf"(?<!\p{{L}}){before}[ ]{small}{_chain()}{number}"
    number_first = rf"\b\d+[ ]{_FIELD}(?:[ ]{_FIELD}){{0,3}}[ ]{after}\b"
    return regex.compile(rf"{street_first}|{number_first}")


@cache
def _dateline() -> Pattern:
    day = (
        r"(?:,[ ]?(?:a[ ]|le[ ]|the[ ]|on[ ])?|[ ]a[ ])(?:\d{1,2}|1er)[ .º°]*(?:th|st|nd|rd)?[ ]?(?:de[ ]|of[ ])?\p{L}+"
    )
    journal = r"\p{Lu}{2,3}\p{Ll}?\b"  # "DJe, 11 mar. 2018"
    place = rf"(?!{journal}){_WORD}(?:[ ](?:(?:de|del|do|da|la|le|of)[ ])?{_WORD}){{0,3}}"
    # The date ends the line: "Toutefois, le 8 décembre 2009, le président" is a sentence.
    return regex.compile(rf"^(?P<place>{place}){day}[^\n,;]{{0,22}}$", regex.MULTILINE)


@cache
def _place(language: str) -> Pattern:
    cues = "|".join(load("nlp.names")["place_before"][language])
    return regex.compile(rf"\b(?:{cues})\s+(?P<place>(?:(?:la|el|los|las|o|a|le|the)[ ])?{_chain()})")
