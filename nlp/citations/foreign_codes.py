"""Laws of other States in a query, which may be unknown: ``§ 261 StGB``, ``art. 324 CP suizo``, ``Ley suiza 955``.

The page reports such a citation as absent from the collection instead of searching for its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.citations.pinpoints import article_id
from nlp.compiled_patterns import compiled
from nlp.entities.gazetteers import find_query_countries

_INSERTED = r"[ .\-‑]?(?:bis|ter|qu[aá]ter|quinquies|sexies|septies|octies)|[ ]?[a-z]"
_NUMBER = rf"\d{{1,4}}(?:\.\d{{1,3}})?(?:{_INSERTED})?(?![\p{{L}}\d]|[/\-]\d)"
_SIGN = r"(?P<sign>§§?|arts?\.?|art[íi]culos?|artigos?|articles?|sections?|secs?\.?|ss?\.)"
_OF = r"(?:,?[ ](?:d[eoa]l?|du|de[ ]la|of(?:[ ]the)?)?[ ]?|[ ]?)"
_BEFORE = compiled(rf"(?<![\p{{L}}\d.])(?:{_SIGN}[ ]?)?(?P<number>{_NUMBER})(?:[ ]§[ ]?\d+)?{_OF}$", regex.I)
_BEHIND = compiled(rf"(?:,?[ ]?{_SIGN}[ ]?|,?[ ])(?P<number>{_NUMBER})", regex.I)
_LINK = compiled(r"[ ](?:(?:d[eoa]l?|du|de[ ]la|of(?:[ ]the)?)[ ])?$", regex.I)
_LAW = r"(?<![\p{L}\d])(?P<law>%(laws)s)"
_LAW_NUMBER = r"[ ](?:%(marks)s)?(?P<number>\d[\d.]*\d|\d)(?:/\d{2,4}|[ ]de[ ]\d{4})?(?![\p{L}\d]|[.]\d)"
_OF_STATE = r"(?:,?[ ](?:d[eoa]l?|du|de[ ]la|of(?:[ ]the)?)[ ](?:la[ ])?|,?[ ])"
# Forms of a numbered law with its State or a nationality: "ley suiza 955", "Swiss Act 955", "Ley 955 de Suiza".
_NUMBERED = (
    rf"{_LAW}[ ]%(state)s{_LAW_NUMBER}",
    rf"(?<!\p{{L}})%(state)s[ ]{_LAW}{_LAW_NUMBER}",
    rf"{_LAW}{_LAW_NUMBER}{_OF_STATE}%(state)s(?!\p{{L}})",
)
_SHORT = 3  # letters of an abbreviation that may be another one, so that it needs a provision


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code of another State in ``query[start:end]``, with its provision if one is named.

    ``is_numbered`` tells a law by its number from one by a name.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Code:
    start: int
    end: int
    kind: str
    name: str
    states: Mapping[str, Sequence[str]]
    is_numbered: bool = False


def find_foreign_codes(query: str) -> list[ForeignCode]:
    """Return the codes of States that a query names by their own name, or by a name or number beside the State."""
    found: list[ForeignCode] = []
    for code in (*_by_own_name(query), *_by_state(query), *_numbered(query)):
        cited = _cited(query, code)
        if cited and not any(cited.start < one.end and one.start < cited.end for one in found):
            found.append(cited)
    return sorted(found, key=lambda one: one.start)


def _by_own_name(query: str) -> Iterator[_Code]:
    for entry in load("nlp.foreign_codes")["codes"]:
        states = {"": entry["states"], **entry.get("states_with", {})}
        for match in _own_names(tuple(entry["names"])).finditer(query):
            yield _Code(match.start(), match.end(), entry["kind"], match[0], states)


def _by_state(query: str) -> Iterator[_Code]:
    """Yield the codes of which the State stands behind, or before in English ("German Criminal Code")."""
    spans = find_query_countries(query)
    for kind in load("nlp.foreign_codes")["kinds"]:
        for match in _usual_names(kind).finditer(query):
            for span in spans:
                behind = match.end() <= span.start and _LINK.fullmatch(query[match.end() : span.start])
                before = span.label == "NATIONALITY" and query[span.end : match.start()] == " "
                if behind or before:
                    start, end = min(match.start(), span.start), max(match.end(), span.end)
                    yield _Code(start, end, kind, "", {"": [span.value]})


def _numbered(query: str) -> Iterator[_Code]:
    """Yield laws by their number that a State is named beside: "Ley suiza 955", "Lei 123 da Suíça"."""
    for span in find_query_countries(query):
        parts = {"state": regex.escape(query[span.start : span.end]), **load("nlp.foreign_codes")["numbered"]}
        for form in _NUMBERED:
            for match in regex.finditer(form % parts, query, regex.I):
                if match.start() <= span.start and span.end <= match.end():
                    name = f"{match['law']} {match['number']}".lower()
                    yield _Code(match.start(), match.end(), "law", name, {"": [span.value]}, is_numbered=True)


def _cited(query: str, code: _Code) -> ForeignCode | None:
    before, behind = _BEFORE.search(query[: code.start]), _BEHIND.match(query, code.end)
    pin = behind or before  # "18 U.S.C. § 1956" is of the title 18
    if pin is None:
        short = 0 < len(code.name) <= _SHORT
        return None if short else ForeignCode(code.start, code.end, _readings(code, "", "", ""), code.is_numbered)
    sign = (pin["sign"] or "").lower()
    number = " ".join(pin["number"].split())
    start, end = before.start() if before else code.start, behind.end() if behind else code.end
    readings = _readings(code, sign, number, f"{pin['sign'] or ''} {number}".strip())
    return ForeignCode(start, end, readings, code.is_numbered)


def _readings(code: _Code, sign: str, number: str, pinpoint: str) -> tuple[Reading, ...]:
    kind = "§" if sign.startswith("§") else "art" if sign.startswith("art") else ""
    states = code.states.get(kind, code.states[""])
    named = code.name if code.kind == "law" else ""
    return tuple(
        Reading(_canonical(code, state, number), state, code.kind, named, pinpoint=pinpoint) for state in states
    )


def _canonical(code: _Code, state: str, number: str) -> str:
    item = f"#art-{article_id(number)}" if number else ""
    if code.kind == "law":
        return f"ref:{state.lower()}:{code.name.lower().replace('.', '').replace(' ', '-')}{item}"
    return f"{_known_code(state, code.kind) or f'ref:{state.lower()}:{_UNLISTED[code.kind]}'}{item}"


# Ids by which texts in Spanish and Portuguese cite the code of a State of which none is listed.
_UNLISTED = {"codigo-penal": "codigo:penal", "codigo-procesal-penal": "codigo:procesal-penal"}


@cache
def _known_code(state: str, kind: str) -> str:
    """Return the id of a listed law of a State with a usual name of the code, ``""`` if there is none."""
    laws = (row for row in load("nlp.law_titles")["laws"] if row["cc"] == state)
    return next((row["id"] for row in laws if any(map(_usual_names(kind).fullmatch, row.get("names") or ()))), "")


@cache
def _own_names(names: tuple[str, ...]) -> regex.Pattern[str]:
    """Return the pattern of names in a language of their own: of single words in their capitals, else in any."""
    forms = (f"(?{'-i' if ' ' not in name else 'i'}:{regex.escape(name)})" for name in sorted(names, key=len)[::-1])
    return compiled(rf"(?<![\p{{L}}\d.])(?:{'|'.join(forms)})(?![\p{{L}}\d])")


@cache
def _usual_names(kind: str) -> regex.Pattern[str]:
    kinds: Mapping[str, Any] = load("nlp.foreign_codes")["kinds"]
    return compiled(rf"(?<![\p{{L}}\d])(?:{kinds[kind]})(?![\p{{L}}\d])", regex.I)
