"""Query tree as plain data, and its words."""

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
    """Consecutive bare words, as typed: ``art. 400 bis``."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A word or phrase to match exactly, including accents: ``=año``, ``="plena prueba"``."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A phrase ``"consecutive words"``, or with ``gap`` a proximity in any order: ``"words near"~5``."""

    text: str
    gap: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with wildcards: ``blanque*``, ``organi?ación``."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name as typed; its ``parts`` without titles and particles match in any order."""

    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A filter ``país:es`` with normalised name and values; a value of ``year`` may be a range ``2010..2015``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction of ``parts``."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation of ``part``."""

    part: Node


Leaf: TypeAlias = Run | Literal | Quoted | Pattern | Name
Node: TypeAlias = Leaf | Field | And | Or | Not


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; ``tree`` is None without words; ``strict`` (AND or OR was used) requires every word.

    ``fields`` are the filters at the top level. ``understood`` are codes of repairs the user may not expect.
    """

    text: str
    tree: Node | None
    fields: tuple[Field, ...] = ()
    strict: bool = False
    understood: tuple[str, ...] = field(default=())


_WILD = re.compile(r"\w[*?]|[*?]\w")


@cache
def stop_words() -> frozenset[str]:
    """Return the folded stop words of the four languages."""
    listed: dict[str, list[str]] = load("indexing.stop_words")
    words = (word for language in LEMMA_LANGUAGES for word in listed[language])
    return frozenset(map(fold, words)) - frozenset(listed["kept"])


def phrase_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a phrase; words with ``*`` or ``?`` remain patterns."""
    words: list[str] = []
    for part in re.split(r"(\S*\w[*?]\S*|\S*[*?]\w\S*)", text):
        words += [fold(part)] if _WILD.search(part) else analyse(part).plain
    return tuple(words)


def content_words(text: str) -> list[str]:
    """Return the distinct exact forms of ``text`` without stop words (unless all are), at most 100."""
    exact = list(dict.fromkeys(analyse(text).exact))
    return ([word for word in exact if fold(word) not in stop_words()] or exact)[:100]


def positive(node: Node | None) -> list[Leaf]:
    """Return the leaves of a tree that are not below a NOT."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in positive(part)]
        case Run() | Literal() | Quoted() | Pattern() | Name():
            return [node]
        case _:
            return []


def has_bare_words(query: Query) -> bool:
    """Return whether ``query`` can be relaxed: it has several bare words and no operator."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    runs = (part for part in parts if isinstance(part, Run))
    return not query.strict and any(len(content_words(run.text)) > 1 for run in runs)
