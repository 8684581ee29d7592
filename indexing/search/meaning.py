"""What of a query is asked by meaning, and what a hit by meaning must fulfil all the same.

Meaning answers bare words. Phrases, patterns, exact forms, fields, exclusions and, where AND or OR is written, every
word hold for its hits as they do for those by words.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexing.analysis import analyse
from indexing.lemmas import is_in_a_dictionary
from indexing.plan import All, Clause, Everything
from indexing.search.query_clauses import ClauseMaker
from indexing.search.query_tree import And, Node, Pattern, Query, Run
from indexing.search.query_words import content_words, positive
from nlp.citations.pinpoints import find_pinpoints

SHORTEST_WORD = 4


def asked_text(query: Query, cited: Sequence[str] = ()) -> str:
    """Return what of ``query`` may be asked by meaning, empty where there are no bare words.

    A citation, an article's number, an identifier or a name means nothing that could be near to anything else: beside
    what is ``cited`` there must be a word.
    """
    leaves = [leaf for leaf in positive(query.tree) if not isinstance(leaf, Pattern)]
    if not any(isinstance(leaf, Run) and _has_meaning(leaf.text, cited) for leaf in leaves):
        return ""
    return " ".join(leaf.text for leaf in leaves)


def required(query: Query) -> Clause:
    """Return the clause that hits by meaning are bound to."""
    maker = ClauseMaker(strict=True)
    if query.tree is None:
        return Everything()
    return maker.clause(query.tree) if query.strict else _bound(query.tree, maker)


def _bound(node: Node, maker: ClauseMaker) -> Clause:
    match node:
        case Run():
            return Everything()
        case And(parts):
            bound = tuple(clause for part in parts if not isinstance(clause := _bound(part, maker), Everything))
            return All(bound) if bound else Everything()
        case _:
            return maker.clause(node)


def _has_meaning(text: str, cited: Sequence[str]) -> bool:
    for one in (*cited, *(text[found.start : found.end] for found in find_pinpoints(text))):
        text = text.replace(one, " ")
    asked = set(content_words(text))
    tokens = analyse(text)
    return any(
        len(word) >= SHORTEST_WORD and word.isalpha() and word in asked and not _is_a_name(text[start], word)
        for start, word in zip(tokens.starts, tokens.exact, strict=True)
    )


def _is_a_name(first: str, word: str) -> bool:
    return first.isupper() and not is_in_a_dictionary(word)
