"""Values as a person writes them, with data: ``name · role · birth date``, ``measure · target``, ``day · kind``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import regex

from app.labels import code_in_words, codes_by_label
from extraction.resource import load
from indexing.records.validity import read_day
from indexing.search.query_fields import names_of_values, normalised_value
from nlp.citations.pinpoints import find_pinpoints
from nlp.entities.dates import find_dates, month_number
from nlp.entities.money import find_money
from nlp.folding import fold
from nlp.requests.persons.parties import LEGAL, has_legal_form
from nlp.treaties.authorities import known_states

_SEPARATORS = regex.compile(r"\s*·\s*")
_YEAR_OR_MONTH = regex.compile(r"(?<![\w./-])(?:19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?(?![\w./-])")
_YEAR = regex.compile(r"(?:19|20)\d{2}")
_WRITTEN_DAY = regex.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}")
_NAMED_DAY = regex.compile(r"\d{1,2}(?:er|º|st|nd|rd|th)?\s(?:de\s|of\s)?(?P<month>\p{L}{3,})\.?,?\s(?:del?\s)?\d{2,4}")
_FIGURES = regex.compile(r"\d+[-/]\d+[-/]\d+")
# Kinds of deadlines that a letter states, among the names of all.
STATED_DEADLINES = (
    "answer_by",
    "hearing",
    "custody_end",
    "limitation",
    "data_loss",
    "procedural_limit",
    "secrecy_end",
    "event",
)
_INTO = regex.compile(r"\s*(?:→|->|>|–|\s-\s|·)\s*")
_LANGUAGE = regex.compile(r"[a-z]{2}")  # as the reading has it
_NO_CURRENCY = frozenset({"", "XXX", "HOME"})
_CALLED_AFTER = ("convencion de {}", "convenio de {}", "{} convention", "convention de {}", "convencao de {}")


def name_in(text: str) -> str:
    """Return a value without the data written behind it."""
    return _SEPARATORS.split(text)[0]


def has_data(text: str) -> bool:
    """Return whether data are written behind a value."""
    return _SEPARATORS.search(text) is not None


def day_in(text: str) -> str:
    """Return the day that ``text`` is, in figures or with the name of its month, in ISO 8601; else ``""``."""
    written = text.strip()
    dates = (date.value for date in find_dates(written) if (date.start, date.end) == (0, len(written)))
    return (read_day(written) if _FIGURES.fullmatch(written) else "") or next(filter(read_day, dates), "")


def measure_in(text: str) -> dict[str, Any]:
    """Return a measure with the data written behind it; data that are written replace those of the reading.

    Of a measure alone nothing but its name is returned, so that target and period stay.
    """
    name, *data = _SEPARATORS.split(text)
    found: dict[str, Any] = {"measure": normalised_value("concept", name)}
    if data:
        periods = [period for part in data if (period := period_in(part))]
        targets = [part for part in data if part and not period_in(part)]
        found |= {"target": ", ".join(targets), "period": periods[0] if periods else None}
    return found


def deadline_in(text: str) -> dict[str, str]:
    """Return a day and, if it is written behind it, its kind: "15/01/2027 · audiencia".

    Raises ``ValueError`` for another text: what is no day, or no kind.
    """
    day, *kinds = _SEPARATORS.split(text)
    found = {"date": day_in(day)}
    if kinds:
        found["reason"] = deadline_kind(" ".join(kinds))
    if not all(found.values()):
        raise ValueError(text)
    return found


def deadline_kind(text: str) -> str:
    """Return the kind of deadline in whose name the words of ``text`` are, if it is one only; else ``""``."""
    return code_in_words(text, codes_by_label("request_deadline", STATED_DEADLINES))


def legal_basis_in(text: str) -> dict[str, Any]:
    """Return the treaty of a legal basis by its name or that of its place ("Budapest"), and its articles, if any."""
    pins = [pin for pin in find_pinpoints(text) if any(item.startswith("art-") for item in pin.items)]
    items = [item.removeprefix("art-") for pin in pins for item in pin.items if item.startswith("art-")]
    rest = text
    for pin in reversed(pins):
        rest = rest[: pin.start] + rest[pin.end :]
    found = {"text": text, "instrument": instrument_named(text) or _by_place(rest)}
    return found | ({"articles": items} if items else {})


def _by_place(text: str) -> str | None:
    """Return the treaty that is called after the place ``text``, None without one."""
    place, names = fold(text).strip(" ,.;()"), names_of_values("treaty")
    called = (names.get(form.format(place)) for form in _CALLED_AFTER) if place else ()
    return next(filter(None, called), None)


def instrument_named(text: str) -> str | None:
    """Return the instrument (id) with the longest name or acronym among the words of ``text``, None without one."""
    folded = fold(text)
    names = names_of_values("treaty")
    found = (name for name in names if name in folded and regex.search(rf"\b{regex.escape(name)}\b", folded))
    longest = max(found, key=len, default="")
    return names[longest] if longest else None


def doubtful_day(text: str) -> str:
    """Return the first datum behind a name that is written as a date and is none, or is a year alone; else ``""``.

    It is no document of a person and no target of a measure: "31/02/1966", "31 de febrero de 1966".
    """
    parts = map(_without_birth_words, _SEPARATORS.split(text)[1:])
    return next((part for part in parts if _is_like_a_day(part) and not day_in(part)), "")


def _without_birth_words(text: str) -> str:
    """Return a day without the words that make it a date of birth: "nacido el 15 de julio de 1969"."""
    found = _born().match(fold(text))
    return text[found.end() :] if found and len(fold(text)) == len(text) else text


def unknown_role(text: str) -> str:
    """Return the first datum behind a name in small letters alone that is no role; else ``""``.

    It is no alias, which is a name or in quotation marks: "Ana Ruiz · denunciante".
    """
    aliases: Sequence[str] = person_in(text).get("aliases", ())
    return next((alias for alias in aliases if alias[:1].isalpha() and alias == alias.lower()), "")


def is_no_such_day(text: str) -> bool:
    """Return whether a value is written as a day that the calendar does not have: "31/02/2027"."""
    day = name_in(text)
    return _YEAR.fullmatch(day) is None and _is_like_a_day(day) and not day_in(day)


def _is_like_a_day(text: str) -> bool:
    named = _NAMED_DAY.fullmatch(text)
    if named is not None:
        return month_number(named["month"]) > 0
    return _YEAR.fullmatch(text) is not None or _WRITTEN_DAY.fullmatch(text) is not None


def period_in(text: str) -> dict[str, str] | None:
    """Return the first and last of two days, months or years or more, or the one that ``text`` is; else None."""
    days = sorted(_days_in(text))
    return {"from": days[0], "to": days[-1]} if days else None


def is_inverted(text: str) -> bool:
    """Return whether a period among the data ends before it begins: "2021-01-01 – 2020-01-01"."""
    periods = map(_days_in, _SEPARATORS.split(text))
    return any(len(days) == 2 and days[1] < days[0][: len(days[1])] for days in periods)


def amount_in(text: str) -> dict[str, Any] | None:
    """Return the amount that ``text`` is, with the code of its currency ("EUR 1.200.000", "5000 euros"); else None."""
    found = [one for one in find_money(text) if text[: one.start].strip(" .") == text[one.end :].strip(" .") == ""]
    number, _, currency = found[0].value.partition(" ") if len(found) == 1 else ("", "", "")
    if not number or currency in _NO_CURRENCY:
        return None
    value = Decimal(number)
    return {"value": int(value) if value == value.to_integral_value() else float(value), "currency": currency}


def translation_in(text: str) -> dict[str, str] | None:
    """Return the two languages of a translation, by names or codes: "español → portugués", "es - pt"; else None."""
    names = [one.strip() for one in _INTO.split(text.strip())]
    found = [normalised_value("language", name) for name in names]
    return {"from": found[0], "to": found[1]} if len(found) == 2 and all(map(_LANGUAGE.fullmatch, found)) else None


def _days_in(text: str) -> list[str]:
    """Return two or more days, months and years in their order, or the one that ``text`` is; else none."""
    written = text.strip()
    named = [(date.start, date.end, date.value) for date in find_dates(written) if date.value[:1].isdigit()]
    figures = [(*found.span(), found[0]) for found in _YEAR_OR_MONTH.finditer(written)]
    free = [one for one in figures if not any(start < one[1] and one[0] < end for start, end, _ in named)]
    found = [*named, *free]
    if len(found) < 2 and [one[:2] for one in found] != [(0, len(written))]:
        return []
    return [value for _, _, value in sorted(found)]


def person_in(text: str) -> dict[str, Any]:
    """Return a person with the data written behind the name: role, birth date, nationality, documents, aliases.

    A comma separates a role or a birth date, too; other words behind it belong to the name (``Paz, Ana``).
    """
    name, *data = _SEPARATORS.split(text)
    words = name.split(",")
    while len(words) > 1 and (_role(words[-1]) or day_in(_without_birth_words(words[-1].strip()))):
        data.append(words.pop().strip())
    written = ",".join(words).strip()
    company = {"kind": LEGAL} if has_legal_form(written) else {}
    return {"name": written, **company, **_data_of_person([part for part in data if part])}


def _data_of_person(parts: Sequence[str]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        state = normalised_value("jurisdiction", part)
        if role := _role(part):
            found["role"] = role
        elif day := day_in(_without_birth_words(part)):
            found["birth_date"] = day
        elif state in known_states():
            found["nationality"] = [*found.get("nationality", ()), state]
        elif any(map(str.isdigit, part)):
            found["documents"] = [*found.get("documents", ()), part]
        else:
            found["aliases"] = [*found.get("aliases", ()), part]
    return found


def _role(text: str) -> str:
    """Return the role that ``text`` names in one of the languages, empty for other words."""
    return _roles().get(fold(text.strip()), "")


@cache
def _born() -> regex.Pattern[str]:
    return regex.compile(load("app.request_words")["born"])


@cache
def _roles() -> Mapping[str, str]:
    others: dict[str, list[str]] = load("app.request_words")["role_words"]
    return {fold(word): code for code, words in others.items() for word in words} | dict(codes_by_label("request_role"))
