"""Query tree as plain data, its words, its cost limits, and its interpretation as codes (``near:pena prisión~5``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.analysis.lemmas import LEMMA_LANGUAGES
from indexing.analysis.tokens import analyse
from indexing.search.query_fields import is_unknown


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive bare words: ``art. 400 bis``; with abbreviations spelled out, ``typed`` are the words as typed."""

    text: str
    typed: str = ""


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
    """A filter ``país:es`` with normalised name and values; a value of ``year`` may be a range ``2010..2015``.

    ``documents`` are the ids that a field outside the index (``tag``) selects (``indexing.search.tags``).
    """

    name: str
    values: tuple[str, ...]
    documents: tuple[str, ...] = ()


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


def filter_fields(node: Node | None) -> list[Field]:
    """Return the fields of a tree that are not below a NOT."""
    match node:
        case And(parts) | Or(parts):
            return [field for part in parts for field in filter_fields(part)]
        case Field():
            return [node]
        case _:
            return []


def has_words(leaf: Leaf) -> bool:
    """Return whether a leaf has a letter or digit, which alone are searched."""
    return bool(leaf.parts if isinstance(leaf, Name) else analyse(leaf.text).exact)


def is_searchable(query: Query) -> bool:
    """Return whether ``query`` has a word or a field, without which it would find everything."""
    leaves = (*_leaves(query.tree), *query.fields)
    return any(isinstance(leaf, Field) or has_words(leaf) for leaf in leaves)


def has_bare_words(query: Query) -> bool:
    """Return whether ``query`` can be relaxed: it has several bare words and no operator."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    runs = (part for part in parts if isinstance(part, Run))
    return not query.strict and any(len(content_words(run.text)) > 1 for run in runs)


MAX_CLAUSES = 100
# Proximities are searched in every order of their words with every lemma, and patterns scan the term dictionary: one
# takes about ten times as long as a word.
MAX_EXPANDING = 20
MAX_WORDS_APART = 10  # words of a proximity


def check_cost(query: Query) -> None:
    """Raise an error for a query that is too expensive.

    ``indexing.too_many_clauses``, ``indexing.too_many_expanding`` (proximities and wildcards), or
    ``indexing.too_many_words_apart`` for a proximity of too many words.
    """
    leaves = [*_leaves(query.tree), *query.fields]
    if len(leaves) > MAX_CLAUSES:
        raise RogatioError("indexing.too_many_clauses", count=len(leaves), most=MAX_CLAUSES)
    apart = [leaf.text for leaf in leaves if isinstance(leaf, Quoted) and leaf.gap is not None]
    longest = max((len(text.split()) for text in apart), default=0)
    if longest > MAX_WORDS_APART:
        raise RogatioError("indexing.too_many_words_apart", count=longest, most=MAX_WORDS_APART)
    expanding = len(apart) + sum(_wildcards(leaf) for leaf in leaves)
    if expanding > MAX_EXPANDING:
        raise RogatioError("indexing.too_many_expanding", count=expanding, most=MAX_EXPANDING)


def _leaves(node: Node | None) -> Iterator[Leaf | Field]:
    """Yield all leaves of a tree, including those below a NOT."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case None:
            return
        case _:
            yield node


def _wildcards(leaf: Leaf | Field) -> int:
    """Return the number of words with a wildcard in a leaf; in a proximity wildcards have no effect."""
    if isinstance(leaf, Pattern):
        return 1
    if not isinstance(leaf, Quoted) or leaf.gap is not None:
        return 0
    return sum("*" in word or "?" in word for word in leaf.text.split())


def interpret_query(query: Query) -> tuple[str, ...]:
    """Return codes of the clauses of ``query`` (none for plain words), of repairs, and of unknown values of fields."""
    clauses = [*(_clause(part) for part in _parts(query.tree)), *(_field(field) for field in query.fields)]
    plain = not query.fields and isinstance(query.tree, Run)
    values = ((field.name, value) for field in query.fields for value in field.values)
    unknown = (f"unknown:{name}={value}" for name, value in values if is_unknown(name, value))
    return (*(() if plain else clauses), *query.understood, *unknown)


def _parts(tree: Node | None) -> tuple[Node, ...]:
    return tree.parts if isinstance(tree, And) else (tree,) if tree is not None else ()


def _clause(node: Node) -> str:
    match node:
        case Run(text):
            return f"words:{' '.join(content_words(text))}"
        case Literal(text):
            return f"exact:{text}"
        case Quoted(text, gap):
            return f"phrase:{text}" if gap is None else f"near:{text}~{gap}"
        case Pattern(text):
            return f"pattern:{text}"
        case Not(part):
            return f"not:{_query_syntax(part)}"
        case Field():
            return _field(node)
        case _:
            return f"any:{_query_syntax(node)}"


def _field(field: Field) -> str:
    return f"filter:{field.name}={', '.join(field.values)}"


def _query_syntax(node: Node) -> str:
    """Return a node in query syntax."""
    match node:
        case Run(text) | Pattern(text) | Name(text):
            return text
        case Literal(text):
            return f'="{text}"'
        case Quoted(text, gap):
            return f'"{text}"' if gap is None else f'"{text}"~{gap}'
        case Field(name, values):
            return f"{name}:({' '.join(values)})"
        case Not(part):
            return f"NOT {_query_syntax(part)}"
        case And(parts):
            return "(" + " AND ".join(map(_query_syntax, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(_query_syntax, parts)) + ")"
