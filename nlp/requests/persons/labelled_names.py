"""Names behind a label that is a role: "Victim: Cork City Council", "Complainant: Maeve Gilhooly".

The tagger takes a public body for an authority or a place; behind the label of who was harmed it is a party. The label
may also deny a role ("Third party not charged: ...").
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

_ARTICLE = regex.compile(r"(?:the|el|la|los|las|o|a|os|as|le|les)[ ]|l['’][ ]?")
_AND = regex.compile(rf"[ ](?:y|e|and|et)[ ](?={_ARTICLE.pattern})")


@dataclass(frozen=True, slots=True)
class LabelledName:
    """A name at a range of the text; ``is_body`` for a public body or another organisation."""

    start: int
    end: int
    is_body: bool


def names_behind_roles(text: str) -> Iterator[LabelledName]:
    """Yield the names that are the value of a line whose label is a role, or that of somebody without one."""
    folded = fold(text)
    for found in _labelled().finditer(folded):
        start, end = found.span("name")
        if found["harmed"] and _body().search(folded, start, end):
            yield from _bodies(folded, start, end)
        elif _PERSON.fullmatch(text, start, end):
            yield LabelledName(start, end, is_body=False)


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
def _body() -> regex.Pattern[str]:
    """Match the word that makes a name that of a public body or another organisation."""
    return regex.compile(load("nlp.request_persons")["bodies"])
