"""Candidate provisions and their clauses, with the cues that each clause meets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from nlp.elements.clauses import Clause
from nlp.elements.cues import Group
from nlp.folding import fold

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
    of the text of another lawgiver or treaty that a law sets out in a schedule. ``role`` is what a comparison says it
    is to one of the concepts, ``no_offence`` tells that it finds no basic offence for them. ``heading`` are the stems
    of its own heading.
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
    role: str = ""
    no_offence: bool = False
    heading: frozenset[str] = frozenset()


_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause with its folded words.

    ``lead`` is the range (in the provision) that it goes on from, ``tail`` what follows the items that it is one of
    and closes their sentence; both are empty where it stands alone. ``beside`` are the words of both.
    """

    candidate: Candidate
    clause: Clause
    lead: tuple[int, int]
    tail: tuple[int, int]
    first: bool
    folded: str
    folded_beside: str
    words: frozenset[str]
    beside: frozenset[str]

    @property
    def text(self) -> str:
        return self.candidate.text[self.clause.start : self.clause.end]


def read_clauses(candidate: Candidate) -> list[ReadClause]:
    """Return the clauses of a provision."""
    cut, read = candidate.cut, []
    for place, one in enumerate(cut):
        lead = (cut[one.lead].start, cut[one.lead].end) if one.lead >= 0 else (one.start, one.start)
        tail = _tail(candidate.text, cut, place)
        folded = fold(candidate.text[one.start : one.end])
        beside = fold(f"{candidate.text[slice(*lead)]}\n{candidate.text[slice(*tail)]}")
        words, around = frozenset(_WORD.findall(folded)), frozenset(_WORD.findall(beside))
        read.append(ReadClause(candidate, one, lead, tail, place == 0, folded, beside, words, around))
    return read


def _tail(text: str, cut: Sequence[Clause], place: int) -> tuple[int, int]:
    """Return the words behind a list of items that close its sentence: they go on in small letters, less deep."""
    own = cut[place]
    following = next((clause for clause in cut[place + 1 :] if clause.depth < own.depth or own.depth == 0), None)
    if own.depth == 0 or following is None or not text[following.start].islower():
        return own.end, own.end
    return following.start, following.end


class CueMatcher:
    """Asks clauses for a group; which words of the vocabulary belong to it is found once."""

    def __init__(self, group: Group, vocabulary: frozenset[str]) -> None:
        self.group = group
        self.words = frozenset(filter(group.word.fullmatch, vocabulary))
        self.firsts = frozenset(filter(group.first.fullmatch, vocabulary))

    def words_of(self, clause: ReadClause) -> frozenset[str]:
        """Return the alternatives that the clause itself holds."""
        found = clause.words & self.words
        if clause.words.isdisjoint(self.firsts):
            return found
        return found | {match.group() for match in self.group.phrase.finditer(clause.folded)}

    def meets(self, clause: ReadClause) -> bool:
        return self._in(clause.words, clause.folded)

    def meets_beside(self, clause: ReadClause) -> bool:
        return self._in(clause.beside, clause.folded_beside)

    def meets_around(self, clause: ReadClause) -> bool:
        return self.meets(clause) or self.meets_beside(clause)

    def _in(self, words: frozenset[str], folded: str) -> bool:
        if not words.isdisjoint(self.words):
            return True
        return not words.isdisjoint(self.firsts) and self.group.phrase.search(folded) is not None
