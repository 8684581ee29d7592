"""Patterns of names of persons, organisations and places, from the lists in ``names.yaml``.

Parameters ``language`` are ISO 639-1 codes that the lists contain; otherwise ``KeyError`` is raised.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.compiled_patterns import compiled

_WORD = r"(?:Ste?\.(?=[ ]\p{Lu})|\p{Lu}[\p{L}\p{M}'’\-]+|\p{Lu}\.)"
_FIELD = r"\p{Lu}[\p{L}\p{M}\p{N}'’\-]*"

Pattern = regex.Pattern[str]


def _name() -> str:
    particles = load("nlp.names")["person_particles"]
    return rf"{_WORD}(?:[ ](?:[ye][ ]|(?:(?:{particles})[ ]?){{0,2}}){_WORD}){{0,5}}"


def _chain() -> str:
    particles = load("nlp.names")["chain_particles"]
    return rf"{_FIELD}(?:[ ](?:(?:{particles})[ ]?){{0,2}}{_FIELD}){{0,7}}"


@cache
def two_surnames() -> Pattern:
    """Return the pattern of two coordinated surnames, of two persons or of one: "Ruiz y Gómez"."""
    return compiled(r"\p{Lu}[\p{L}'’\-]+[ ][ye][ ]\p{Lu}[\p{L}'’\-]+")


@cache
def name_part() -> Pattern:
    """Return the pattern of a word of a name, or an initial."""
    return compiled(r"[\p{L}\p{M}'’\-]+\.?")


@cache
def titled_name(language: str) -> Pattern:
    """Return the pattern of a name after a title: "Sra. Ana Ruiz" (group ``name``)."""
    titles = sorted(load("nlp.names")["titles"][language], key=len, reverse=True)
    return compiled(rf"\b(?:{'|'.join(titles)})(?:\s+|(?<=\.))(?P<name>{_name()})")


@cache
def cued_name(language: str) -> Pattern:
    """Return the pattern of a name after the label of a field: "Nombre: Ana Ruiz" (groups ``cue``, ``name``)."""
    return compiled(rf"\b(?P<cue>{'|'.join(load('nlp.names')['before'][language])})\s+(?P<name>{_name()})")


@cache
def report(language: str) -> Pattern:
    """Return the pattern of the surname by which a parliament cites a report: "the Cunha report" (group ``name``)."""
    return compiled(load("nlp.names")["reports"][language])


@cache
def cue_after(language: str) -> Pattern:
    """Return the pattern of expressions that follow a name: "nacido el", "con DNI"."""
    return compiled("|".join(load("nlp.names")["after"][language]))


@cache
def name_at_end() -> Pattern:
    """Return the pattern of a name at the end of a passage."""
    return compiled(rf"(?<![\p{{L}}\p{{N}}]){_name()}$")


@cache
def chain_at_end() -> Pattern:
    """Return the pattern of capitalised words at the end of a passage, before the legal form of a company."""
    return compiled(rf"(?<![\p{{L}}\p{{N}}]){_chain()},?[ ]$")


@cache
def surnames_first() -> Pattern:
    """Return the pattern of surnames in capitals, a comma and given names."""
    given = r"\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+){0,3}"
    return compiled(
        rf"(?<![\p{{L}}])\p{{Lu}}[\p{{Lu}}'’\-]+(?:[ ]\p{{Lu}}[\p{{Lu}}'’\-]+){{0,3}},[ ]{given}(?=[,.;:()\n]|$)"
    )


@cache
def company_form() -> Pattern:
    """Return the pattern of the legal form of a company after its name: "S.A."."""
    forms = sorted(load("nlp.names")["company_forms"], key=len, reverse=True)
    return compiled(rf"(?<=[\p{{L}}\p{{N}}],?[ ])(?:{'|'.join(forms)})(?![\p{{L}}\p{{N}}])")


@cache
def organisation_head() -> Pattern:
    """Return the pattern of a name that begins with the type of an organisation: "Banco del Sur"."""
    heads = sorted(load("nlp.names")["organisation_heads"], key=len, reverse=True)
    return compiled(rf"\b(?:{'|'.join(heads)})[ ](?:(?:{load('nlp.names')['person_particles']})[ ]?){{0,2}}{_name()}")


@cache
def street() -> Pattern:
    """Return the pattern of a street with its number."""
    before, after = load("nlp.names")["streets"], load("nlp.names")["streets_after"]
    number = r"(?:,?[ ](?:n[.º°o]*[ ]?|#[ ]?|No\.?[ ]?)?\d+(?:[ ]?-[ ]?\d+)?)"
    small = rf"(?:(?:{load('nlp.names')['chain_particles']})[ ]?){{0,2}}"
    street_first = rf"(?<!\p{{L}}){before}[ ]{small}{_chain()}{number}"
    number_first = rf"\b\d+[ ]{_FIELD}(?:[ ]{_FIELD}){{0,3}}[ ]{after}\b"
    return compiled(rf"{street_first}|{number_first}")


@cache
def dateline() -> Pattern:
    """Return the pattern of a dateline (group ``place``)."""
    day = (
        r"(?:,[ ]?(?:a[ ]|le[ ]|the[ ]|on[ ])?|[ ]a[ ])(?:\d{1,2}|1er)[ .º°]*(?:th|st|nd|rd)?[ ]?(?:de[ ]|of[ ])?\p{L}+"
    )
    journal = r"\p{Lu}{2,3}\p{Ll}?\b"  # "DJe, 11 mar. 2018"
    place = rf"(?!{journal}){_WORD}(?:[ ](?:(?:de|del|do|da|la|le|of)[ ])?{_WORD}){{0,3}}"
    # The date ends the line: "Toutefois, le 8 décembre 2009, le président" is a sentence.
    return compiled(rf"^(?P<place>{place}){day}[^\n,;]{{0,22}}$", regex.MULTILINE)


@cache
def cued_place(language: str) -> Pattern:
    """Return the pattern of a place after an introducing expression: "domiciliado en" (group ``place``)."""
    cues = "|".join(load("nlp.names")["place_before"][language])
    return compiled(rf"\b(?:{cues})\s+(?P<place>(?:(?:la|el|los|las|o|a|le|the)[ ])?{_chain()})")
