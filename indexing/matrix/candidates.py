"""A provision that may hold the elements of a model instrument, with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nlp.elements.clauses import Clause

HOME, CHAPTER, NAMED, TAGGED, ELEMENT = "home", "chapter", "named", "tagged", "element"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision to look through: ``text`` is the document's from ``start`` to ``end``.

    ``score`` is how well it answers the words of the conduct, as a share of the best provision's; 0 for what has none.
    ``conduct`` is which share of the words of the conduct it has, whatever the best has: 0 to 1.
    ``found`` is ``HOME``, ``CHAPTER`` (stands beside one), ``NAMED`` (a heading or the law's title names a concept),
    ``TAGGED`` (is about one, as tagging has it) or ``ELEMENT`` (holds the words of an element). ``about`` tells whether
    it is tagged with one, however it was found, ``special`` whether with a narrower one that nobody asks for (bribery
    among private persons, where bribery is asked for). ``cut`` are its clauses.
    ``answers`` is how well it answers the words of each element, as a share of the best provision's. ``rubric`` and
    ``headed`` are which share of a concept's name its own heading has, and the nearest one above it. ``annexed`` tells
    of the text of another lawgiver or treaty that a law sets out in a schedule.
    """

    document_id: str
    unit: str
    start: int
    end: int
    text: str
    score: float
    conduct: float
    found: str
    cut: tuple[Clause, ...]
    about: bool = False
    special: bool = False
    answers: Mapping[str, float] = field(default_factory=dict)
    rubric: float = 0.0
    headed: float = 0.0
    annexed: bool = False
