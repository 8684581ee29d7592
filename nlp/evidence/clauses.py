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
    """A candidate provision: ``text`` is the document's from ``start`` to ``end``.

    ``score`` is the relevance for the words of the conduct, relative to the best provision; 0 without any. ``conduct``
    is the share of the words of the conduct that it has: 0 to 1. ``found`` is ``HOME``, ``CHAPTER`` (in the chapter of
    one), ``NAMED`` (a heading or the law's title names a concept), ``TAGGED`` (tagged with one) or ``ELEMENT`` (has the
    words of an element). ``about`` tells whether it is tagged with a concept, however it was found, ``special`` whether
    with a narrower one outside of the question (private sector bribery in a question on bribery). ``cut`` are its
    clauses.

    ``answers`` is the relevance for the words of each element, relative to the best provision. ``rubric`` and
    ``headed`` are the share of a concept's name in its own heading, and in the nearest one above. ``annexed`` marks the
    text of a treaty or another legislator in a schedule of a law. ``role`` is that in a comparison of one of the
    concepts, ``no_offence`` tells that the comparison finds no basic offence for them. ``heading`` are the stems of its
    own heading.
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

    ``lead`` is the range (in the provision) that it continues, ``tail`` the words after the list to which it belongs,
    which close its sentence; both are empty for an independent clause. ``beside`` are the words of both.
    """

    candidate: Candidate
    clause: Clause
    lead: tuple[int, int]
    tail: tuple[int, int]
    first: bool
    folded: str
    folded_context: str
    words: frozenset[str]
    beside: frozenset[str]

    @property
    def text(self) -> str:
        return self.candidate.text[self.clause.start : self.clause.end]


def read_clauses(candidate: Candidate) -> list[ReadClause]:
    """Return the clauses of a provision."""
    cut, read = candidate.cut, []
    for place, clause in enumerate(cut):
        lead = (cut[clause.lead].start, cut[clause.lead].end) if clause.lead >= 0 else (clause.start, clause.start)
        tail = _tail(candidate.text, cut, place)
        folded = fold(candidate.text[clause.start : clause.end])
        beside = fold(f"{candidate.text[slice(*lead)]}\n{candidate.text[slice(*tail)]}")
        words, around = frozenset(_WORD.findall(folded)), frozenset(_WORD.findall(beside))
        read.append(ReadClause(candidate, clause, lead, tail, place == 0, folded, beside, words, around))
    return read


def _tail(text: str, cut: Sequence[Clause], place: int) -> tuple[int, int]:
    """Return the words after a list that close its sentence: in lower case and at a higher level."""
    own = cut[place]
    following = next((clause for clause in cut[place + 1 :] if clause.depth < own.depth or own.depth == 0), None)
    if own.depth == 0 or following is None or not text[following.start].islower():
        return own.end, own.end
    return following.start, following.end


class CueMatcher:
    """Matches a group of cues with clauses; its words in the vocabulary are looked up once."""

    def __init__(self, group: Group, vocabulary: frozenset[str]) -> None:
        self.group = group
        self.words = frozenset(filter(group.word.fullmatch, vocabulary))
        self.firsts = frozenset(filter(group.first.fullmatch, vocabulary))

    def words_of(self, clause: ReadClause) -> frozenset[str]:
        """Return the alternatives that occur in the clause itself."""
        found = clause.words & self.words
        if clause.words.isdisjoint(self.firsts):
            return found
        return found | {match.group() for match in self.group.phrase.finditer(clause.folded)}

    def meets(self, clause: ReadClause) -> bool:
        """Return whether the clause itself has a cue of the group."""
        return self._in(clause.words, clause.folded)

    def meets_with_lead(self, clause: ReadClause) -> bool:
        """Return whether the words that the clause continues, or those that close its list, have a cue."""
        return self._in(clause.beside, clause.folded_context)

    def meets_around(self, clause: ReadClause) -> bool:
        """Return whether the clause has a cue, or the words around it that belong to it."""
        return self.meets(clause) or self.meets_with_lead(clause)

    def _in(self, words: frozenset[str], folded: str) -> bool:
        if not words.isdisjoint(self.words):
            return True
        return not words.isdisjoint(self.firsts) and self.group.phrase.search(folded) is not None
