"""Conditions of the search over request files: ``measure:bank_information requested:UY -is:complete``.

Words without a field are looked for in names, authorities, titles, file names and the text. A comma between values
means any of them, a minus before a field excludes it, quotation marks hold words together. Dates are days, months or
years, alone, after ``<`` or ``>``, or as a range (``2026-01..2026-03``).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import regex
from rapidfuzz import fuzz, process

from app.requests.life.statuses import statuses
from app.requests.schema import REQUEST_TYPES
from app.requests.search.values import compact, words
from app.wording import base_language, worded_in
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.records.validity import read_day
from indexing.search.query_fields import known_values, names_of_values
from nlp.treaties.bilateral import bilateral_ids

_DATE = regex.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_PART_OF_STATE = regex.compile(r"[A-Z]{2}-[A-Z]{2,3}")
_OF_CITY = regex.compile(
    r"(?:convencion|convenio|convencao|convention) (?:de|of) (?P<city>\p{L}{4,20})|(?P<city>\p{L}{4,20}) convention"
)
_LAST = "~"
"""Sorts behind every digit and hyphen, so that ``2026-03~`` is behind every day of the month."""
_NEAR = 75
FREE = "word"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on requests, inverted if ``negated``.

    Any of ``values``, or for a date a value from ``first`` on and before ``end`` (either may be empty). ``every`` asks
    for all values. A value that ends with ``*`` is the beginning of one. ``text`` are free words as they were written.
    """

    field: str
    values: tuple[str, ...] = ()
    first: str = ""
    end: str = ""
    every: bool = False
    negated: bool = False
    text: str = dataclasses.field(default="", compare=False)


def field_names() -> Mapping[str, str]:
    """Return the name of every field by its folded names in all languages."""
    listed = load("app.requests.search.fields")["fields"]
    return {fold(name): own for own, about in listed.items() for name in (own, *about["names"])}


def field_name(field: str, language: str) -> str:
    """Return the name of a field in a language (es, pt, en or fr), of a variety in its language."""
    name: str = load("app.requests.search.fields")["fields"][field]["names"][LANGUAGES.index(base_language(language))]
    return name


def listed_name(field: str, value: str, language: str) -> str:
    """Return the name of a state, feature or direction in a language; the value itself for any other field."""
    fields = load("app.requests.search.fields")
    lists = {"status": "statuses", "is": "flags", "direction": "directions", "waits": "sides"}
    listed = fields[lists[field]] if field in lists else {}
    if value in listed:
        return str(listed[value][LANGUAGES.index(base_language(language))])
    events = load("app.labels")["request_event"]
    return worded_in(events[value], language).lower() if field == "status" and value in events else value


def conditions(field: str, value: str, *, negated: bool = False) -> list[Condition]:
    """Return the conditions of a term, all of which must be met; ``field`` is ``""`` for free words.

    Raises ``app.unknown_request_field`` and ``app.unknown_request_value`` with the nearest known name, and
    ``app.no_such_request_field`` and ``app.no_such_request_value`` where none is similar; ``app.request_field_empty``
    for a field without a value.
    """
    values = [one for one in regex.findall(r'"[^"]*"|[^,"]+', value) if one.strip('" ')]
    if not field:
        _check_complete(value)
        found = words(value)
        written = tuple(_with_star(found, value)) if found else ()
        return [Condition(FREE, written, every=True, negated=negated, text=value)] if found else []
    if fold(field) not in field_names() and fold(field) in _listed_names("flags")():
        raise RogatioError("app.unknown_request_field", field=field[:60], near=f"is:{field[:60]}")
    own = _known(field, field_names(), "app.unknown_request_field", ("field", "near"))
    if not values:
        raise RogatioError("app.request_field_empty", field=field[:60])
    kind = load("app.requests.search.fields")["fields"][own]["kind"]
    return _READERS[kind](own, [one.strip('" ') for one in values], negated)


def _check_complete(value: str) -> None:
    """Refuse a field without a value (``measure:``), which would be a word of the text."""
    name, colon, rest = value.partition(":")
    if colon and not rest.strip('", ') and fold(name) in field_names():
        raise RogatioError("app.request_field_empty", field=name[:60])


# Errors where no known name is similar: another one would mislead.
_WITHOUT_NEAR = {
    "app.unknown_request_field": "app.no_such_request_field",
    "app.unknown_request_value": "app.no_such_request_value",
}
_LEAST = 3  # letters of a name that is suggested; shorter ones resemble every word


def _with_star(found: list[str], written: str) -> list[str]:
    return [*found[:-1], f"{found[-1]}*"] if written.rstrip('"').endswith("*") else found


def _known(written: str, known: Mapping[str, str], code: str, facts: tuple[str, str]) -> str:
    """Return the value of the name ``written``; raises ``code`` with it and the nearest known name."""
    if (own := known.get(fold(written))) is not None:
        return own
    near = process.extractOne(
        fold(written), [name for name in known if len(name) >= _LEAST], scorer=fuzz.ratio, score_cutoff=_NEAR
    )
    if near is None:
        raise RogatioError(_WITHOUT_NEAR[code], **{facts[0]: written[:60]})
    raise RogatioError(code, **{facts[0]: written[:60], facts[1]: near[0]})


def _of_list(names: Callable[[], Mapping[str, str]]) -> Callable[[str, list[str], bool], list[Condition]]:
    def read(field: str, values: list[str], negated: bool) -> list[Condition]:
        found = tuple(_known(value, names(), "app.unknown_request_value", ("value", "near")) for value in values)
        return [Condition(field, found, negated=negated)]

    return read


def _states(field: str, values: list[str], negated: bool) -> list[Condition]:
    found = tuple(_state(written) for written in values)
    return [Condition(field, found, negated=negated)]


def _state(written: str) -> str:
    if _PART_OF_STATE.fullmatch(written.upper()):
        return written.upper()
    return _known(written, names_of_values("jurisdiction"), "app.unknown_request_value", ("value", "near"))


def _offences(field: str, values: list[str], negated: bool) -> list[Condition]:
    found = _of_list(_offence_names)(field, values, negated)
    return [Condition("broader_offence", condition.values, negated=negated) for condition in found]


def _dates(field: str, values: list[str], negated: bool) -> list[Condition]:
    return [_range(field, written, negated) for written in values]


def _range(field: str, written: str, negated: bool) -> Condition:
    first, dots, last = written.partition("..")
    if dots:
        return Condition(field, first=_date(first), end=_date(last) + _LAST if last else "", negated=negated)
    sign = regex.match(r"[<>]=?", written)
    day = _date(written[sign.end() :] if sign else written)
    if sign is None:
        return Condition(field, first=day, end=day + _LAST, negated=negated)
    bounds = {"<": ("", day), "<=": ("", day + _LAST), ">": (day + _LAST, ""), ">=": (day, "")}
    first, end = bounds[sign[0]]
    return Condition(field, first=first, end=end, negated=negated)


def _date(written: str) -> str:
    if not written:
        return ""
    if _DATE.fullmatch(written):
        return written
    if day := read_day(written):
        return day
    raise RogatioError("app.unknown_request_value", value=written[:60], near="2026-03-31, 2026-03, 2026-01..2026-06")


def _words(field: str, values: list[str], negated: bool) -> list[Condition]:
    names = [_with_star(words(value), value) for value in values if words(value)]
    if len(names) > 1 and all(len(name) == 1 for name in names):
        return [Condition(field, tuple(name[0] for name in names), negated=negated)]
    return [Condition(field, tuple(name), every=True, negated=negated) for name in names]


def _numbers(field: str, values: list[str], negated: bool) -> list[Condition]:
    found = [compact(value) + ("*" if value.endswith("*") else "") for value in values if compact(value)]
    return [Condition(field, tuple(found), negated=negated)] if found else []


@cache
def _type_names() -> Mapping[str, str]:
    labels = load("app.labels")["document_type"]
    return {fold(name): kind for kind in REQUEST_TYPES for name in (kind, *labels.get(kind, {}).values())}


@cache
def _measure_names() -> Mapping[str, str]:
    measures = load("nlp.treaty_instruments")["measures"]
    return _named("concept", measures)


@cache
def _offence_names() -> Mapping[str, str]:
    return _named("offence", known_values("offence"))


@cache
def _instrument_names() -> Mapping[str, str]:
    """Return the instruments by their names, and by the city alone that gives one its name (Palermo, Budapest)."""
    named = _named("treaty", {*known_values("treaty"), *load("nlp.treaty_instruments")["instruments"]})
    cities: dict[str, set[str]] = {}
    for name, own in named.items():
        if of_city := _OF_CITY.fullmatch(name):
            cities.setdefault(of_city["city"], set()).add(own)
    bilateral = {fold(own): own for own in bilateral_ids()}
    return {**{city: next(iter(owns)) for city, owns in cities.items() if len(owns) == 1}, **named, **bilateral}


def _named(field: str, names: Iterable[str]) -> Mapping[str, str]:
    by_folded = {fold(own): own for own in names}
    return by_folded | {name: own for name, own in names_of_values(field).items() if own in by_folded.values()}


@cache
def _status_names() -> Mapping[str, str]:
    labels, fields = load("app.labels")["request_event"], load("app.requests.search.fields")
    others = fields["names_of_statuses"]
    named = {
        fold(name): status
        for status in statuses()
        for name in (status, *labels[status].values(), *others.get(status, ()))
    }
    return named | {fold(name): own for own, names in fields["statuses"].items() for name in (own, *names)}


def _listed_names(kind: str) -> Callable[[], Mapping[str, str]]:
    """Return a function that gives the values of a list of the resource by their folded names."""

    @cache
    def names() -> Mapping[str, str]:
        listed = load("app.requests.search.fields")[kind]
        return {fold(name): own for own, written in listed.items() for name in (own, *written)}

    return names


_READERS: Mapping[str, Callable[[str, list[str], bool], list[Condition]]] = {
    "type": _of_list(_type_names),
    "state": _states,
    "measure": _of_list(_measure_names),
    "offence": _offences,
    "instrument": _of_list(_instrument_names),
    "status": _of_list(_status_names),
    "direction": _of_list(_listed_names("directions")),
    "side": _of_list(_listed_names("sides")),
    "flag": _of_list(_listed_names("flags")),
    "date": _dates,
    "words": _words,
    "number": _numbers,
}
