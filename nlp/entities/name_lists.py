"""Lists of persons after one title: "MM. F. Matscher, B. Walsh et L. Wildhaber"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.compiled_patterns import compiled
from nlp.folding import fold

ORIGIN = "name_lists@1"

_SURNAME = r"\p{Lu}(?:['’]\p{Lu})?\p{Ll}[\p{L}\p{M}'’]*(?:-\p{Lu}[\p{L}\p{M}'’]*)*"
_INITIALS = r"(?:\p{Lu}\.(?:[ ]?-?\p{Lu}\.)*[ ]?)"


def find_name_lists(text: str) -> Iterator[Span]:
    """Yield each PERSON of a list of two or more, without title; ``value`` is the name as written."""
    for match in _list().finditer(text):
        names = list(_item().finditer(text, match.start("first"), match.end()))
        if len(names) > 1:
            yield from (_person(match) for match in names if not _is_office(match["name"]))


def _person(match: regex.Match[str]) -> Span:
    return Span(*match.span("name"), "PERSON", " ".join(match["name"].split()), 0.85, ORIGIN)


def _is_office(name: str) -> bool:
    return any(word[0].isupper() and fold(word) in load("nlp.names")["not_names"] for word in name.split())


def _name() -> str:
    particles = load("nlp.names")["person_particles"]
    return rf"{_INITIALS}?{_SURNAME}(?:[ ](?:(?:{particles})[ ]?){{0,2}}{_SURNAME}){{0,3}}"


def _titled() -> str:
    return rf"(?:(?:{'|'.join(load('nlp.names')['list_titles'])})\s?)?(?:{_name()})"


@cache
def _list() -> regex.Pattern[str]:
    lists = load("nlp.names")
    titles, last = "|".join(lists["plural_titles"]), "|".join(lists["list_ends"])
    return compiled(
        rf"(?<!\p{{L}})(?:{titles})\s(?P<first>{_titled()})(?:,\s{_titled()})*+(?:,?\s(?:{last})\s{_titled()})?"
    )


@cache
def _item() -> regex.Pattern[str]:
    return compiled(rf"(?:(?:{'|'.join(load('nlp.names')['list_titles'])})\s?)?(?P<name>{_name()})")
