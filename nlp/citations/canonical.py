"""Canonical ids of laws and cases: one id for all spellings of the same instrument.

``ref:{cc}:{type}:{number}:{year}``; ``celex:`` for acts and cases of the European Union, ``ECLI:`` unchanged. If the
numbers of a series never restart (``continuous`` in the resources), the year is omitted because many citations lack it;
codes and laws with several names have the id of ``law_titles.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import unaccented

_EMPTY_WORDS = frozenset(
    "de del la las los el lo al y e o u a en para por contra sobre con que su sus da do das dos das em no na os as "
    "of the and for to in on from by with an du des le les et au aux sur".split()
)
_EU_LETTER = {"r": "R", "l": "L", "d": "D", "f": "F"}
_CURRENT_CENTURY_ENDS = 35


def law_id(country: str, kind: str, number: str, year: str) -> str:
    """Return the id of a numbered law; ``year`` has two, three (Uruguay's ``018``) or four digits, or is empty."""
    parts = ["ref", country.lower() or "xx", kind, plain_number(number)]
    if year and not _is_in_series(country, kind, plain_number(number), full_year(year)):
        parts.append(full_year(year))
    return same_law(":".join(parts))


def _is_in_series(country: str, kind: str, number: str, year: str) -> bool:
    """Return whether a law is one of a series whose numbers never restart, and its number agrees with its year.

    ``Lei nº 6.404/2005`` is a law of a Brazilian state or city, since the federal one of that number is of 1976.
    """
    if kind not in load("nlp.citations")["continuous"].get(country, ()):
        return False
    firsts = load("nlp.citations")["series"].get(country, {}).get(kind)
    if not firsts or not number.isdigit() or int(year) < min(firsts):
        return True
    low, high = (_first_of_year(firsts, int(year) + shift) for shift in (-2, 3))
    return low <= int(number) <= high


def _first_of_year(firsts: Mapping[int, int], year: int) -> float:
    """Return the number with which a series begins a year, between the years of ``firsts``."""
    years = sorted(firsts)
    year = min(max(year, years[0]), years[-1])
    after = next((each for each in years if each >= year), years[-1])
    before = max((each for each in years if each <= year), default=years[0])
    if after == before:
        return firsts[after]
    return firsts[before] + (firsts[after] - firsts[before]) * (year - before) / (after - before)


def case_id(country: str, kind: str, number: str, year: str) -> str:
    """Return the id of a case; thousands separators are dropped, other punctuation of the number is kept.

    With a year, leading zeros of the number are dropped too (``0000098/2025``).
    """
    plain = regex.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", number).replace(" ", "").lower()
    plain = plain.lstrip("0") or "0" if year and plain.isdigit() else plain
    parts = ["ref", country.lower() or "xx", kind, plain]
    if year:
        parts.append(full_year(year))
    return ":".join(parts)


def titled_id(country: str, kind: str, title: str, year: str = "") -> str:
    """Return the id of a law known by its title: content words, then the year, if any."""
    parts = ["ref", country.lower() or "xx", kind, slug(title)]
    return same_law(":".join([part for part in [*parts, year] if part]))


def slug(title: str) -> str:
    """Return the content words of a title in the form of canonical ids: ``codigo-procesal-penal``."""
    words = regex.findall(r"[\p{L}\d]+", unaccented(title))
    return "-".join(word for word in words if word not in _EMPTY_WORDS and len(word) > 1)


def plain_number(number: str) -> str:
    """Return a number without points, spaces and leading zeros."""
    return number.replace(".", "").replace(" ", "").lstrip("0").lower() or "0"


def full_year(year: str) -> str:
    """Return a year in four digits."""
    if len(year) == 4:
        return year
    short = int(year[-2:])
    return str(2000 + short if short <= _CURRENT_CENTURY_ENDS else 1900 + short)


def same_law(identifier: str) -> str:
    """Return the principal id of a law for an alias, else ``identifier``."""
    return _aliases().get(identifier, identifier)


def celex(number: str) -> str:
    """Return the CELEX id; a consolidated text (sector 0) is mapped to its act."""
    if number[0] == "0" and "-" in number:
        number = "3" + number[1:].split("-")[0]
    return f"celex:{number}"


def eu_act(act: str, first: str, second: str) -> str:
    """Return the CELEX id of an act as cited: year first, except in regulations before 2015 (``No 45/2001``)."""
    folded = unaccented(act)
    letter = "F" if regex.search(r"marco|quadro|cadre|framework|joint", folded) else _letter(folded)
    if letter == "R" and len(first) <= 4 and _is_year(second) and not _is_year(first, since=2015):
        first, second = second, first
    return f"celex:3{full_year(first)}{letter}{int(second):04d}"


def cjeu_case(court: str, number: str, year: str) -> str:
    """Return the CELEX id of a judgment of the Court of Justice (C) or the General Court (T)."""
    return f"celex:6{full_year(year)}{court}J{int(number):04d}"


def eli(uri: str) -> str:
    """Return the id of the law of an ELI, or the URI itself if it is not recognised."""
    path = regex.sub(r"^https?://[^/]+/eli/", "", uri)
    if match := regex.match(r"(dir|reg|dec)\w*/(\d{4})/(\d+)", path):
        return f"celex:3{match[2]}{ {'dir': 'L', 'reg': 'R', 'dec': 'D'}[match[1]] }{int(match[3]):04d}"
    if match := regex.match(r"es/(\w+)/(\d{4})/\d\d/\d\d/(\d+)", path):
        return law_id("ES", {"l": "ley"}.get(match[1], match[1]), match[3], match[2])
    if match := regex.match(r"(\d{4})/act/(\d+)", path):
        return law_id("IE", "act", match[2], match[1])
    if match := regex.match(r"(lei|dec-lei)/(\w[\w\-]*)/(\d{4})", path):
        return law_id("PT", {"dec-lei": "decreto-lei"}.get(match[1], match[1]), match[2], match[3])
    return uri


def urn(name: str) -> str:
    """Return the id of the law of a URN:LEX, or ``name`` itself if it is not recognised."""
    match = regex.match(r"urn:lex:(\w\w)[^:]*:[^:]+:([\w.]+):(\d{4})(?:-\d\d-\d\d)?;(\d+)", name)
    if not match:
        return name
    kind = {"lei.complementar": "lc", "decreto.lei": "decreto-lei"}.get(match[2], match[2])
    return law_id(match[1].upper(), kind, match[4], match[3])


def printed_type(name: str, printed: str) -> str:
    """Return the key of a type as printed (``Ley Orgánica``) in the table ``types`` of a resource.

    Initials that are not in the table are a type by themselves, with points or without: ``R.S.A.``.
    """
    words = unaccented(printed).replace(".", " ").split()
    folded, table = " ".join(words), _types(name)
    last = "".join(words) if all(len(word) == 1 for word in words) else words[-1]
    return table.get(folded) or table.get(folded.rstrip("s")) or table.get(last, last)


def court_key(name: str) -> str:
    """Return the key of a court, such as ``tst`` for ``TST`` and for its full name."""
    folded = unaccented(name)
    return str(load("nlp.cases")["courts"].get(folded, slug(folded)))


def _letter(folded: str) -> str:
    word = folded.split(" ")[-1] if folded.startswith(("implementing", "delegated")) else folded
    return _EU_LETTER[{"r": "r", "d": "l" if word.startswith("dir") else "d"}.get(word[0], "d")]


def _is_year(part: str, since: int = 1950) -> bool:
    return len(part) == 4 and since <= int(part) < 2100


@cache
def _types(name: str) -> Mapping[str, str]:
    return {printed: key for key, forms in load(f"nlp.{name}")["types"].items() for printed in (key, *forms)}


@cache
def _aliases() -> Mapping[str, str]:
    return {other: row["id"] for row in load("nlp.law_titles")["laws"] for other in row.get("same", ())}
