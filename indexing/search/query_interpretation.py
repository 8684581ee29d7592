"""Description of how a query was interpreted, one code per clause (``near:pena prisión~5``)."""

from __future__ import annotations

from indexing.search.query_tree import (
    And,
    Field,
    Literal,
    Name,
    Node,
    Not,
    Or,
    Pattern,
    Query,
    Quoted,
    Run,
    content_words,
)


def interpret_query(query: Query) -> tuple[str, ...]:
    """Return the codes of the clauses of ``query``, none if it is plain words, then the codes of repairs."""
    clauses = [*(_clause(part) for part in _parts(query.tree)), *(_field(field) for field in query.fields)]
    plain = not query.fields and isinstance(query.tree, Run)
    return (*(() if plain else clauses), *query.understood)


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
