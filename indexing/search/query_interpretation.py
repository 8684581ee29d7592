"""Interpretation of a query, one code per clause (``near:pena prisión~5``)."""

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
    """Return the clauses of ``query`` that say more than its words do, then what was read leniently."""
    clauses = [*(_clause(part) for part in _parts(query.tree)), *(_field(one) for one in query.fields)]
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
            return f"not:{_written(part)}"
        case Field():
            return _field(node)
        case _:
            return f"any:{_written(node)}"


def _field(field: Field) -> str:
    return f"filter:{field.name}={', '.join(field.values)}"


def _written(node: Node) -> str:
    """Return a node in the query language itself."""
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
            return f"NOT {_written(part)}"
        case And(parts):
            return "(" + " AND ".join(map(_written, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(_written, parts)) + ")"
