"""Names behind a label that is a role: "Victim: Cork City Council", "Complainant: Maeve Gilhooly".

The tagger takes a public body for an authority or a place; behind the label of who was harmed it is a party, and where
a sentence names it as such ("Figura como perjudicado el Ayuntamiento de ..."). The label may also deny a role ("Third
party not charged: ...").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold

_MARKER = r"^[ \t\-–—•*|]*(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-z]|[ivx]{1,4})[.)]?[ \t]+)?"
_VALUE = r"[ \t]*:[ \t]*(?P<name>[^\n,;:|()]{5,80}?)(?=[ \t]*(?:[,;|(\n]|\Z|\.(?:\s|\Z)|\s[-–—]\s))"
_PERSON = regex.compile(
    r"\p{Lu}[\p{L}\p{M}'’\-]+(?:[ ](?:(?:de|del|de la|da|do|dos|das|van|von|al|bin|le|du|la)[ ])?"
    r"\p{Lu}[\p{L}\p{M}'’\-]+){1,4}"
)
# The name of a public body in a sentence, and how far before the words behind it one begins.
_BODY_NAME = regex.compile(
    r"\p{Lu}[\p{L}\p{M}'’\-]+(?:[ ](?:(?:de|del|da|do|dos|das|of|the|la|las|los|el|du|des|y|e)[ ]){0,3}(?:[dl]['’])?"
    r"\p{Lu}[\p{L}\p{M}'’\-]+){0,7}"
)
_NAME_REACH = 90
_ARTICLE = regex.compile(r"(?:the|el|la|los|las|o|a|os|as|le|les)[ ]|l['’][ ]?")
_AND = regex.compile(rf"[ ](?:y|e|and|et)[ ](?={_ARTICLE.pattern})")


@dataclass(frozen=True, slots=True)
class LabelledName:
    """A name at a range of the text; ``is_body`` for a public body or another organisation."""

    start: int
    end: int
    is_body: bool


def names_behind_roles(text: str) -> Iterator[LabelledName]:
    """Yield the names that are the value of a line whose label is a role or its denial, and bodies named as harmed."""
    folded = fold(text)
    for found in _labelled().finditer(folded):
        start, end = found.span("name")
        if found["harmed"] and _body().search(folded, start, end):
            yield from _bodies(folded, start, end)
        elif _PERSON.fullmatch(text, start, end):
            yield LabelledName(start, end, is_body=False)
    yield from _named_as_harmed(text, folded)


def _named_as_harmed(text: str, folded: str) -> Iterator[LabelledName]:
    """Yield the public bodies that a sentence names as harmed: "Figure comme partie lésée la Commune de ..."."""
    for found in _named_harmed("before").finditer(folded):
        name = _BODY_NAME.match(text, found.end())
        if name and _body().search(folded, name.start(), name.end()):
            yield LabelledName(name.start(), name.end(), is_body=True)
    for found in _named_harmed("after").finditer(folded):
        names = _BODY_NAME.finditer(text, max(0, found.start() - _NAME_REACH), found.start())
        last = next((name for name in names if name.end() == found.start()), None)
        if last and _body().search(folded, last.start(), last.end()):
            yield _without_article(folded, last.start(), last.end())


def _bodies(folded: str, start: int, end: int) -> Iterator[LabelledName]:
    """Yield the organisations of a list without their articles: "the Treasury and the European Union"."""
    first = start
    for joint in _AND.finditer(folded, start, end):
        yield _without_article(folded, first, joint.start())
        first = joint.end()
    yield _without_article(folded, first, end)


def _without_article(folded: str, start: int, end: int) -> LabelledName:
    article = _ARTICLE.match(folded, start, end)
    return LabelledName(article.end() if article else start, end, is_body=True)


@cache
def _labelled() -> regex.Pattern[str]:
    resource = load("nlp.request_persons")
    harmed = "|".join(resource["roles"]["victim"]["apposed"])
    others = "|".join(word for role in ("witness", "suspect", "accused") for word in resource["roles"][role]["apposed"])
    denied = resource["denied_label"]
    label = rf"(?:(?P<harmed>{harmed})|{others}|[^\n:]{{0,30}}{denied}[^\n:]{{0,12}})"
    return regex.compile(rf"{_MARKER}{label}{_VALUE}", regex.MULTILINE)


@cache
def _named_harmed(side: str) -> regex.Pattern[str]:
    """Match the words before or behind the name of a body that is named as harmed."""
    resource = load("nlp.request_persons")
    harmed = "|".join(resource["roles"]["victim"]["apposed"])
    return regex.compile(resource["named_harmed"][side].replace("HARMED", harmed))


@cache
def _body() -> regex.Pattern[str]:
    """Match the word that makes a name that of a public body or another organisation."""
    return regex.compile(load("nlp.request_persons")["bodies"])
