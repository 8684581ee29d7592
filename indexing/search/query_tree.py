"""What a query says, as plain data: the tree that ``query`` reads and ``query_clauses`` plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


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


Node: TypeAlias = Run | Literal | Quoted | Pattern | Field | And | Or | Not


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
