"""Query tree and its words, as plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.analysis.lemmas import LEMMA_LANGUAGES
from indexing.analysis.tokens import analyse


@dataclass(frozen=True, slots=True)
class Run:
    """Bare words in a row, as typed: ``art. 400 bis``."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A word or phrase to be found as it is spelled, accents included: ``=año``, ``="plena prueba"``."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """``"words in a row"``, or with ``gap`` words near each other in any order: ``"words near"~5``."""

    text: str
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """``blanque*``, ``organi?ación``."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name as it is written, and its ``parts`` without titles and particles, to be found in any order."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """``país:es``: a field's own name and the values that it keeps; for ``year`` a value may be ``2010..2015``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """All of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Whatever ``part`` does not hold for."""

    part: Node


Leaf: TypeAlias = Run | Literal | Quoted | Pattern | Name
Node: TypeAlias = Leaf | Field | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """``tree`` is None for a query without words; ``strict`` where AND or OR was written, so every word is required.

    ``fields`` are the fields asked for at the top, which narrow like the filters beside a result.
    ``understood`` are codes with their fact of what was read in a way that the writer may not expect.
    """

    text: str
    tree: Node | None
    fields: tuple[Field, ...] = ()
    strict: bool = False
    understood: tuple[str, ...] = field(default=())


_WILD = re.compile(r"\w[*?]|[*?]\w")


@cache
def stop_words() -> frozenset[str]:
    """Return the folded words that nobody asks for, of the four languages."""
    listed: dict[str, list[str]] = load("indexing.stop_words")
    words = (word for language in LEMMA_LANGUAGES for word in listed[language])
    return frozenset(map(fold, words)) - frozenset(listed["kept"])


def phrase_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a phrase; what has ``*`` or ``?`` in it stays a pattern."""
    words: list[str] = []
    for part in re.split(r"(\S*\w[*?]\S*|\S*[*?]\w\S*)", text):
        words += [fold(part)] if _WILD.search(part) else analyse(part).plain
    return tuple(words)


def content_words(text: str) -> list[str]:
    """Return the exact forms of the words of ``text`` that are asked for, each once, at most a hundred."""
    exact = list(dict.fromkeys(analyse(text).exact))
    return ([word for word in exact if fold(word) not in stop_words()] or exact)[:100]


def positive(node: Node | None) -> list[Leaf]:
    """Return the leaves of a tree that a hit may contain: those that no NOT excludes."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in positive(part)]
        case Run() | Literal() | Quoted() | Pattern() | Name():
            return [node]
        case _:
            return []


def has_bare_words(query: Query) -> bool:
    """Tell whether some of several words of ``query`` may be missing from a hit."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    runs = (part for part in parts if isinstance(part, Run))
    return not query.strict and any(len(content_words(run.text)) > 1 for run in runs)
