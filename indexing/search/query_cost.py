"""Cost limits of a query, checked before it is sent to an engine."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.errors import RogatioError
from indexing.search.query_tree import And, Field, Leaf, Node, Not, Or, Pattern, Query, Quoted

MOST_CLAUSES = 100
# Proximities are searched in every order of their words with every lemma, and patterns scan the term dictionary: one
# takes about ten times as long as a word.
MOST_EXPANDING = 20
MOST_WORDS_APART = 10  # words of a proximity


def check_cost(query: Query) -> None:
    """Raise an error for a query that is too expensive.

    ``indexing.too_many_clauses``, ``indexing.too_many_expanding`` (proximities and wildcards), or
    ``indexing.too_many_words_apart`` for a proximity of too many words.
    """
    leaves = [*_leaves(query.tree), *query.fields]
    if len(leaves) > MOST_CLAUSES:
        raise RogatioError("indexing.too_many_clauses", count=len(leaves), most=MOST_CLAUSES)
    apart = [leaf.text for leaf in leaves if isinstance(leaf, Quoted) and leaf.gap is not None]
    longest = max((len(text.split()) for text in apart), default=0)
    if longest > MOST_WORDS_APART:
        raise RogatioError("indexing.too_many_words_apart", count=longest, most=MOST_WORDS_APART)
    expanding = len(apart) + sum(_wildcards(leaf) for leaf in leaves)
    if expanding > MOST_EXPANDING:
        raise RogatioError("indexing.too_many_expanding", count=expanding, most=MOST_EXPANDING)


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
