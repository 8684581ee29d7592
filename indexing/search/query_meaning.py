"""What of a query is compared by meaning, and what every hit must satisfy whatever it means."""

from __future__ import annotations

from collections.abc import Sequence

from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.analysis.tokens import analyse
from indexing.engines.plan import Clause, Everything, Must
from indexing.search.clauses import ClauseMaker
from indexing.search.query_tree import And, Node, Pattern, Query, Run, content_words, positive
from nlp.citations.pinpoints import find_pinpoints

MIN_WORD_LENGTH = 4


def semantic_query(query: Query, cited: Sequence[str] = ()) -> str:
    """Return the text of ``query`` to encode, ``""`` if it has no bare words with a meaning.

    Citations, article numbers, identifiers and names have no semantic neighbours, so there must be another word besides
    the texts ``cited``.
    """
    leaves = [leaf for leaf in positive(query.tree) if not isinstance(leaf, Pattern)]
    if not any(isinstance(leaf, Run) and _has_meaning(leaf.text, cited) for leaf in leaves):
        return ""
    return " ".join(leaf.text for leaf in leaves)


def required_clauses(query: Query) -> Clause:
    """Return the clause that every hit must satisfy: the query without its bare words."""
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
            return Must(bound) if bound else Everything()
        case _:
            return maker.clause(node)


def _has_meaning(text: str, cited: Sequence[str]) -> bool:
    for citation in (*cited, *(text[pinpoint.start : pinpoint.end] for pinpoint in find_pinpoints(text))):
        text = text.replace(citation, " ")
    searched = set(content_words(text))
    tokens = analyse(text)
    return any(
        len(word) >= MIN_WORD_LENGTH and word.isalpha() and word in searched and not _is_a_name(text[start], word)
        for start, word in zip(tokens.starts, tokens.exact, strict=True)
    )


def _is_a_name(first: str, word: str) -> bool:
    return first.isupper() and not is_in_a_dictionary(word)
