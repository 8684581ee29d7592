"""Clauses of candidates with their folded words, and which of them meet a group of cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from indexing.matrix.candidates import Candidate
from nlp.elements.clauses import Clause
from nlp.elements.cues import Group
from nlp.folding import fold

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
    following = next((one for one in cut[place + 1 :] if one.depth < own.depth or own.depth == 0), None)
    if own.depth == 0 or following is None or not text[following.start].islower():
        return own.end, own.end
    return following.start, following.end


class Meets:
    """Asks clauses for a group; which words of the vocabulary belong to it is found once."""

    def __init__(self, group: Group, vocabulary: frozenset[str]) -> None:
        self.group = group
        self.words = frozenset(filter(group.word.fullmatch, vocabulary))
        self.firsts = frozenset(filter(group.first.fullmatch, vocabulary))

    def words_of(self, one: ReadClause) -> frozenset[str]:
        """Return the alternatives that the clause itself holds."""
        found = one.words & self.words
        if one.words.isdisjoint(self.firsts):
            return found
        return found | {match.group() for match in self.group.phrase.finditer(one.folded)}

    def meets(self, one: ReadClause) -> bool:
        return self._in(one.words, one.folded)

    def meets_beside(self, one: ReadClause) -> bool:
        return self._in(one.beside, one.folded_beside)

    def meets_around(self, one: ReadClause) -> bool:
        return self.meets(one) or self.meets_beside(one)

    def _in(self, words: frozenset[str], folded: str) -> bool:
        if not words.isdisjoint(self.words):
            return True
        return not words.isdisjoint(self.firsts) and self.group.phrase.search(folded) is not None
