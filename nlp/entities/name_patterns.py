"""Patterns of names of persons, organisations and places, from the words that ``names.yaml`` lists."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load

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
    """Two surnames together, of two persons or of one: "Ruiz y Gómez"."""
    return regex.compile(r"\p{Lu}[\p{L}'’\-]+[ ][ye][ ]\p{Lu}[\p{L}'’\-]+")


@cache
def name_part() -> Pattern:
    """A word of a name, or an initial."""
    return regex.compile(r"[\p{L}\p{M}'’\-]+\.?")


@cache
def titled_name(language: str) -> Pattern:
    """A name behind a title: "Sra. Ana Ruiz"."""
    titles = sorted(load("nlp.names")["titles"][language], key=len, reverse=True)
    return regex.compile(rf"\b(?:{'|'.join(titles)})(?:\s+|(?<=\.))(?P<name>{_name()})")


@cache
def cued_name(language: str) -> Pattern:
    """A name behind the words of a field: "Nombre: Ana Ruiz"."""
    return regex.compile(rf"\b(?P<cue>{'|'.join(load('nlp.names')['before'][language])})\s+(?P<name>{_name()})")


@cache
def report(language: str) -> Pattern:
    """The surname that a parliament calls a report by: "the Cunha report"."""
    return regex.compile(load("nlp.names")["reports"][language])


@cache
def cue_after(language: str) -> Pattern:
    """What follows a name: "nacido el", "con DNI"."""
    return regex.compile("|".join(load("nlp.names")["after"][language]))


@cache
def name_at_end() -> Pattern:
    """A name up to the end of a passage."""
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_name()}$")


@cache
def chain_at_end() -> Pattern:
    """Words with capitals up to the end of a passage, where the form of a company follows."""
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){_chain()},?[ ]$")


@cache
def surnames_first() -> Pattern:
    """Surnames in capitals, a comma, given names."""
    given = r"\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+){0,3}"
    return regex.compile(
        rf"(?<![\p{{L}}])\p{{Lu}}[\p{{Lu}}'’\-]+(?:[ ]\p{{Lu}}[\p{{Lu}}'’\-]+){{0,3}},[ ]{given}(?=[,.;:()\n]|$)"
    )


@cache
def company_form() -> Pattern:
    """The form of a company behind its name: "S.A."."""
    forms = sorted(load("nlp.names")["company_forms"], key=len, reverse=True)
    return regex.compile(rf"(?<=[\p{{L}}\p{{N}}],?[ ])(?:{'|'.join(forms)})(?![\p{{L}}\p{{N}}])")


@cache
def organisation_head() -> Pattern:
    """A name that begins with the kind of an organisation: "Banco del Sur"."""
    heads = sorted(load("nlp.names")["organisation_heads"], key=len, reverse=True)
    return regex.compile(
        rf"\b(?:{'|'.join(heads)})[ ](?:(?:{load('nlp.names')['person_particles']})[ ]?){{0,2}}{_name()}"
    )


@cache
def street() -> Pattern:
    """A street with its number."""
    before, after = load("nlp.names")["streets"], load("nlp.names")["streets_after"]
    number = r"(?:,?[ ](?:n[.º°o]*[ ]?|#[ ]?|No\.?[ ]?)?\d+(?:[ ]?-[ ]?\d+)?)"
    small = rf"(?:(?:{load('nlp.names')['chain_particles']})[ ]?){{0,2}}"
    street_first = rf"(?<!\p{{L}}){before}[ ]{small}{_chain()}{number}"
    number_first = rf"\b\d+[ ]{_FIELD}(?:[ ]{_FIELD}){{0,3}}[ ]{after}\b"
    return regex.compile(rf"{street_first}|{number_first}")


@cache
def dateline() -> Pattern:
    """The place before the date in a line of its own."""
    day = (
        r"(?:,[ ]?(?:a[ ]|le[ ]|the[ ]|on[ ])?|[ ]a[ ])(?:\d{1,2}|1er)[ .º°]*(?:th|st|nd|rd)?[ ]?(?:de[ ]|of[ ])?\p{L}+"
    )
    journal = r"\p{Lu}{2,3}\p{Ll}?\b"  # "DJe, 11 mar. 2018"
    place = rf"(?!{journal}){_WORD}(?:[ ](?:(?:de|del|do|da|la|le|of)[ ])?{_WORD}){{0,3}}"
    # The date ends the line: "Toutefois, le 8 décembre 2009, le président" is a sentence.
    return regex.compile(rf"^(?P<place>{place}){day}[^\n,;]{{0,22}}$", regex.MULTILINE)


@cache
def cued_place(language: str) -> Pattern:
    """A place behind what says that one follows: "domiciliado en"."""
    cues = "|".join(load("nlp.names")["place_before"][language])
    return regex.compile(rf"\b(?:{cues})\s+(?P<place>(?:(?:la|el|los|las|o|a|le|the)[ ])?{_chain()})")
