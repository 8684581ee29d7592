"""Names common in parliamentary speech, by language: the lists of ``parliament.yaml`` as rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex
import yaml
from babel import Locale

Span = tuple[int, int, str]
Pair = Mapping[str, str]  # language -> the same sentence in it
Row = dict[str, object]

RESOURCE = Path(__file__).with_name("parliament.yaml")
NAME = r"(?:\p{Lu}(?:(?!['’]s\b)[\p{L}\p{M}’'-])*[\p{L}\p{M}]|\p{Lu})"
NOTHING, DOUBTFUL = "nothing", "doubtful"
_FIRST_OF_EQUALS = ("PERSON", "ORGANISATION", NOTHING, "LOCATION", DOUBTFUL)
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ"})


@dataclass(frozen=True, slots=True)
class Speech:
    """The compiled names of one language; the lists are described in the header of ``parliament.yaml``."""

    listed: tuple[tuple[str, regex.Pattern[str]], ...]
    person: regex.Pattern[str]
    treaty: regex.Pattern[str]
    after_place: regex.Pattern[str]
    nothing: frozenset[str]


@cache
def speech(language: str) -> Speech:
    """Return the compiled names of ``language`` (ISO 639-1), with the countries of CLDR."""
    lists: dict[str, list[str]] = yaml.safe_load(RESOURCE.read_text(encoding="utf-8"))[language]
    places = set(lists["places"]) | countries(language)
    stops = {word for key in ("roles", "titles", "nothing", "alone", "heads") for word in lists[key]} | places
    name = rf"(?!{whole(_any(stops))}){NAME}"
    patterns = (
        ("ORGANISATION", _any(lists["alone"])),
        ("ORGANISATION", _headed(lists, name, qualifiers_first=language == "en")),
        ("LOCATION", _any(places)),
        (DOUBTFUL, _any([*lists["doubtful"], *lists["heads"]])),
        (NOTHING, _any(lists["nothing"])),
    )
    return Speech(
        tuple((kind, regex.compile(whole(pattern))) for kind, pattern in patterns),
        regex.compile(_person(lists, name)),
        regex.compile(rf"{_any(lists['treaty'])}\s$"),
        regex.compile(rf"\s{_any(lists['after_place'])}"),
        frozenset(word for key in ("nothing", "roles", "titles") for word in lists[key]),
    )


def _any(words: Iterable[str]) -> str:
    """Return the pattern of any of ``words``, the longest first; it matches nothing without words."""
    longest_first = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(regex.escape, longest_first))})" if longest_first else "(?!)"


def whole(pattern: str) -> str:
    return rf"(?<![\p{{L}}\p{{N}}/&-])(?:{pattern})(?![\p{{L}}\p{{N}}/&]|-\p{{L}})"


def countries(language: str) -> set[str]:
    """Return the names of the countries in CLDR."""
    names = Locale.parse(language).territories
    return {name for code, name in names.items() if code.isalpha() and code not in _NOT_COUNTRIES}


def _headed(lists: dict[str, list[str]], name: str, *, qualifiers_first: bool) -> str:
    """Return the pattern of "Committee on Fisheries" and, with ``qualifiers_first``, "Fisheries Committee"."""
    more = rf"(?:(?:,\s|\s{_any(lists['joins'])}\s|\s){name})*"
    head, of = _any(lists["heads"]), rf"\s{_any(lists['first'])}\s{name}{more}"
    if qualifiers_first:
        before = rf"(?!{_any(lists['openers'])}\s)(?:{name}\s)"
        return rf"{before}*{head}{of}|{before}+{head}"
    return rf"{head}(?:{of}|\s{name}{more})"


def _person(lists: dict[str, list[str]], name: str) -> str:
    """Return the pattern of a name after a title ("Mr de la Cruz") or an office ("Commissioner Patten")."""
    particle, title = rf"(?:{_any(lists['particles'])}\s)?", _any(lists["titles"])
    rest = rf"(?:\s{particle}{name})*"
    offices = rf"(?:{title}\s)?(?:{_any(lists['roles'])}\s)+"
    return rf"(?<![\p{{L}}\p{{N}}-])(?:{title}\s(?P<name>{particle}{name}{rest})|{offices}(?P<name>{name}{rest}))"


def by_rule(text: str, language: str) -> list[Span]:
    """Return the spans of the lists in ``text`` without overlaps, including ``nothing`` and ``doubtful``."""
    rules = speech(language)
    found = [(*match.span("name"), _kind_of_person(match["name"])) for match in rules.person.finditer(text)]
    for kind, pattern in rules.listed:
        for match in pattern.finditer(text):
            found.append((*match.span(), DOUBTFUL if kind == "LOCATION" and _is_treaty(text, match, rules) else kind))
    return apart(found)


def _kind_of_person(name: str) -> str:
    return "PERSON" if len(name) > 2 else DOUBTFUL


def _is_treaty(text: str, place: regex.Match[str], rules: Speech) -> bool:
    """Return whether a place names a treaty, summit or strategy, which not every corpus annotates as a place."""
    return bool(rules.treaty.search(text, 0, place.start()) or rules.after_place.match(text, place.end()))


def apart(spans: Iterable[Span]) -> list[Span]:
    """Return non-overlapping spans: those that begin first and, of equal starts, the longest."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0], -s[1], _FIRST_OF_EQUALS.index(s[2]))):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept
