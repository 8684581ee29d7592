"""What speaks for a clause as evidence of an element, as numbers: words, likeness, place and punishment.

All clauses of a country's candidates are looked at together: a word counts by how rare it is among them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

from indexing.element_search import CHAPTER, ELEMENT, NAMED, Candidate
from nlp.clauses import Clause, clauses
from nlp.element_cues import Group, groups_of, penalties
from nlp.elements import Element
from nlp.folding import fold
from nlp.stems import content_stems

SIGNS = (
    "all_in_clause",
    "all_with_lead",
    "share_in_clause",
    "share_with_lead",
    "cores",
    "rarity",
    "described",
    "described_with_lead",
    "defines",
    "chapter",
    "named",
    "by_conduct",
    "by_element",
    "punishes",
    "length",
    "first",
    "core",
    "all_and_defines",
)
_WORD = regex.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause with its folded words; ``lead`` is the range (in the provision) that it goes on from, or empty."""

    candidate: Candidate
    clause: Clause
    lead: tuple[int, int]
    first: bool
    folded: str
    folded_lead: str
    words: frozenset[str]
    lead_words: frozenset[str]

    @property
    def text(self) -> str:
        return self.candidate.text[self.clause.start : self.clause.end]

    @property
    def lead_text(self) -> str:
        return self.candidate.text[slice(*self.lead)]


def read_clauses(candidate: Candidate, language: str, country: str) -> list[ReadClause]:
    """Return the clauses of a provision."""
    cut = clauses(candidate.text, candidate.unit, language, country)
    read = []
    for place, one in enumerate(cut):
        lead = (cut[one.lead].start, cut[one.lead].end) if one.lead >= 0 else (one.start, one.start)
        folded, before = fold(candidate.text[one.start : one.end]), fold(candidate.text[slice(*lead)])
        words, lead_words = frozenset(_WORD.findall(folded)), frozenset(_WORD.findall(before))
        read.append(ReadClause(candidate, one, lead, place == 0, folded, before, words, lead_words))
    return read


class ClauseSigns:
    """The signs of ``read`` for one element after the other."""

    def __init__(self, read: Sequence[ReadClause], language: str) -> None:
        self.read = read
        self.language = language
        self.vocabulary = frozenset(word for one in read for word in one.words | one.lead_words)
        self._stems = {word: frozenset(content_stems(word, language)) for word in self.vocabulary}
        self._own = [self._stemmed(one.words) for one in read]
        self._whole = [own | self._stemmed(one.lead_words) for own, one in zip(self._own, read, strict=True)]
        self._counts = Counter(stem for own in self._own for stem in own)
        self._punishes = self._punishing()

    def of(self, element: Element) -> npt.NDArray[np.float64]:
        """Return one row a clause, one column a sign."""
        core, *beside = (_Meets(group, self.vocabulary) for group in groups_of(element, self.language))
        described = frozenset(content_stems(element.description[self.language], self.language))
        everything = sum(map(self._rarity, described)) or 1.0
        cores = [core.words_of(one) for one in self.read]
        counted = Counter(word for words in cores for word in words)
        rows = []
        for place, one in enumerate(self.read):
            own = [bool(cores[place]), *(group.meets(one) for group in beside)]
            whole = [own[0], *(mine or group.meets_lead(one) for mine, group in zip(own[1:], beside, strict=True))]
            rarest = min((counted[word] for word in cores[place]), default=0)
            rows.append(
                (
                    all(own),
                    all(whole),
                    sum(own) / len(own),
                    sum(whole) / len(own),
                    math.log1p(len(cores[place])),
                    math.log((len(self.read) + 1) / (rarest + 0.5)) / 8 if rarest else 0.0,
                    sum(map(self._rarity, described & self._own[place])) / everything,
                    sum(map(self._rarity, described & self._whole[place])) / everything,
                    one.candidate.score,
                    one.candidate.found == CHAPTER,
                    one.candidate.found == NAMED,
                    one.candidate.score > 0,
                    one.candidate.found == ELEMENT,
                    self._punishes[place],
                    math.log1p(one.clause.end - one.clause.start) / 7,
                    one.first,
                    own[0],
                    all(whole) * one.candidate.score,
                )
            )
        return np.array(rows, np.float64)

    def _stemmed(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self._stems[word] for word in words))

    def _rarity(self, stem: str) -> float:
        return math.log((len(self.read) + 1) / (self._counts.get(stem, 0) + 0.5))

    def _punishing(self) -> list[bool]:
        """Tell of each clause whether its provision punishes."""
        penalty = _Meets(penalties(self.language), self.vocabulary)
        punishing = {(one.candidate.document_id, one.candidate.start) for one in self.read if penalty.meets(one)}
        return [(one.candidate.document_id, one.candidate.start) in punishing for one in self.read]


class _Meets:
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

    def meets_lead(self, one: ReadClause) -> bool:
        return self._in(one.lead_words, one.folded_lead)

    def _in(self, words: frozenset[str], folded: str) -> bool:
        if not words.isdisjoint(self.words):
            return True
        return not words.isdisjoint(self.firsts) and self.group.phrase.search(folded) is not None
