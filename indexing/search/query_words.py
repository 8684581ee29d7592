"""The words of a query that are asked for, and where they stand in its tree."""

from __future__ import annotations

import re
from functools import cache

from extraction.resource import load
from indexing.analysis import analyse
from indexing.folding import fold
from indexing.lemmas import LEMMA_LANGUAGES
from indexing.search.query_tree import And, Literal, Node, Or, Pattern, Query, Quoted, Run

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


def positive(node: Node | None) -> list[Run | Literal | Quoted | Pattern]:
    """Return the leaves of a tree that a hit may contain: those that no NOT excludes."""
    match node:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in positive(part)]
        case Run() | Literal() | Quoted() | Pattern():
            return [node]
        case _:
            return []


def has_bare_words(query: Query) -> bool:
    """Tell whether some of several words of ``query`` may be missing from a hit."""
    parts = query.tree.parts if isinstance(query.tree, And) else (query.tree,)
    runs = (part for part in parts if isinstance(part, Run))
    return not query.strict and any(len(content_words(run.text)) > 1 for run in runs)
