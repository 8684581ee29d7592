"""Bounds of what one query may cost, checked before an engine sees it."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.errors import RogatioError
from indexing.search.query_tree import And, Field, Leaf, Node, Not, Or, Pattern, Query, Quoted

MOST_CLAUSES = 100
# Each proximity is looked for in every order of its words and with every lemma of each, and each pattern scans the
# dictionary of terms: an engine takes some ten times as long for one as for a word.
MOST_EXPANDING = 20
MOST_WORDS_APART = 10


def check_cost(query: Query) -> None:
    """Raise for a query that asks for too much.

    ``indexing.too_many_clauses``, ``indexing.too_many_expanding`` (proximities and wildcards), and
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
    """Yield every leaf of a tree, those below a NOT too."""
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
    """Return how many words with a wildcard a leaf has; within a proximity they are read as plain words."""
    if isinstance(leaf, Pattern):
        return 1
    if not isinstance(leaf, Quoted) or leaf.gap is not None:
        return 0
    return sum("*" in word or "?" in word for word in leaf.text.split())
