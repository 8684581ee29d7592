"""Names in the fields of a form: surname and given names in any order, the full name, or the name of a company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold

# Labels begin a line; those of a name may follow another field in it ("Identidad: Apellidos: ... . Nombre: ...").
_WITHIN = r"(?<=[.;:][ \t])"
_FIELD = r"^[ \t\-–—•*|]*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]*)?"
# A value ends at a column, another label, a bracket, or at the pattern put in.
_FIELD_NAME = r"(?P<name>[^\n|;:]{2,80}?)(?=[ \t]{3,}|[ \t]*[|;\n]|[ \t]+\(|\s*\Z|[ \t]+LABEL|END)"
_ANY_LABEL = r"\p{L}(?:[^\s:.,;|]|[ ](?![ ])){1,30}:"
# Within a line a point ends the name of a person, and a comma a surname or given name.
_NAME_END = r"(?(company)(?!)|(?<=\p{L}{3})\.[ ]+\p{L})|(?(surname),[ ]+\p{L}|(?!))"
_GIVEN_END = r"(?<=\p{L}{2})[.,][ ]+\p{L}"


@dataclass(frozen=True, slots=True)
class FormName:
    """A name at a range of the text; given names and surnames are combined in ``name``."""

    start: int
    end: int
    name: str
    is_company: bool


def names_in_fields(text: str) -> Iterator[FormName]:
    """Yield the names in the fields of a form: surname and given names, or the full name."""
    folded = fold(text)
    for found in _fields().finditer(folded):
        surname = text[slice(*found.span("name"))].strip()
        if found["surname"] is not None:
            yield from _with_given(text, folded, found)
        else:
            is_company = found["full"] is None
            yield FormName(*found.span("name"), surname if is_company else surname.rstrip(" .,"), is_company)


def _with_given(text: str, folded: str, found: regex.Match[str]) -> Iterator[FormName]:
    """Yield the name of a person of whom a form gives the surnames and the given names in fields of their own.

    The given names stand behind the surname or directly before it.
    """
    second = _second().match(folded, found.end())
    surnames = [found, second] if second else [found]
    given = _given().match(folded, surnames[-1].end()) or _given_before(folded, found.start())
    if given is not None:
        fields = sorted([given, *surnames], key=lambda field: field.start("name"))
        name = " ".join(text[slice(*field.span("name"))].strip() for field in (given, *surnames))
        yield FormName(fields[0].start("name"), fields[-1].end("name"), name, is_company=False)


def _given_before(folded: str, end: int) -> regex.Match[str] | None:
    """Return the field of the given names that ends at a place, None without one."""
    begin = folded.rfind("\n", 0, max(0, folded.rfind("\n", 0, end))) + 1
    for given in _given().finditer(folded, begin, end):
        within_word = folded[given.start()].isalnum() and folded[max(0, given.start() - 1)].isalnum()
        if not within_word and not folded[given.end() : end].strip(" \t\n;,.|"):
            return given
    return None


@cache
def _fields() -> regex.Pattern[str]:
    kinds = load("nlp.request_persons")["fields"]
    surname, full, company = (f"(?P<{kind}>{'|'.join(kinds[kind])})" for kind in ("surname", "full", "company"))
    legal = rf"(?P<legal>{'|'.join(kinds['legal'])})(?=[^\n]*\s+{_FIELD.lstrip('^')}(?:{kinds['legal_form']}))"
    labels = rf"(?:{_FIELD}|{_WITHIN})(?:{legal}|{surname}|{full})|{_FIELD}{company}"
    value = rf"(?:\(s\))?[ \t]*:\s*+(?!{_labels()}){_value(_NAME_END)}"
    return regex.compile(rf"(?:{labels}){value}", regex.MULTILINE)


@cache
def _labels() -> str:
    """Return the pattern of a label at the place of a value, which is then empty."""
    return rf"(?:{load('nlp.request_persons')['fields']['label']})[^\n:]{{0,60}}:"


def _value(end: str) -> str:
    """Return the pattern of a value, which ends at ``end``; before a known label in its line no other words are one."""
    known = load("nlp.request_persons")["fields"]["label"]
    label = rf"(?:(?={known})|(?![^\n:]{{1,40}}?[ ](?:{known})[^\n:]{{0,25}}:)){_ANY_LABEL}"
    return _FIELD_NAME.replace("LABEL", label).replace("END", end)


@cache
def _second() -> regex.Pattern[str]:
    """Match the field of a second surname behind that of the first."""
    labels = "|".join(load("nlp.request_persons")["fields"]["second"])
    return regex.compile(
        rf"[\s;,.|]*{_FIELD.lstrip('^')}(?:{labels})[ \t]*:\s*+(?!{_labels()}){_value(_GIVEN_END)}",
        regex.MULTILINE,
    )


@cache
def _given() -> regex.Pattern[str]:
    given = "|".join(load("nlp.request_persons")["fields"]["given"])
    return regex.compile(
        rf"[\s;,.|]*{_FIELD.lstrip('^')}(?:{given})[ \t]*:\s*+(?!{_labels()}){_value(_GIVEN_END)}",
        regex.MULTILINE,
    )
