"""What speaks for a clause as evidence of an element, or against it, as numbers: words, likeness, place, punishment.

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

from indexing.matrix.element_search import CHAPTER, ELEMENT, NAMED, Candidate
from nlp.elements.clauses import Clause
from nlp.elements.cues import Group, abroad, asks_abroad, groups_of, penalties
from nlp.elements.instruments import Element
from nlp.folding import fold
from nlp.stems import content_stems

SIGNS = (
    "all_in_clause",
    "all_with_context",
    "share_in_clause",
    "share_with_context",
    "cores",
    "rarity",
    "described",
    "described_with_context",
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
    "conduct",
    "all_and_conduct",
    "about",
    "all_in_provision",
    "share_in_provision",
    "special",
    "abroad",
)
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


class ClauseSigns:
    """The signs of ``read`` for one element after the other."""

    def __init__(self, read: Sequence[ReadClause], language: str) -> None:
        self.read = read
        self.language = language
        self.vocabulary = frozenset(word for one in read for word in one.words | one.beside)
        self._stems = {word: frozenset(content_stems(word, language)) for word in self.vocabulary}
        self._own = [self._stemmed(one.words) for one in read]
        self._whole = [own | self._stemmed(one.beside) for own, one in zip(self._own, read, strict=True)]
        self._counts = Counter(stem for own in self._own for stem in own)
        self._provisions = [(one.candidate.document_id, one.candidate.start) for one in read]
        penalty = _Meets(penalties(language), self.vocabulary)
        self._punishes = self._anywhere([penalty.meets(one) for one in read])
        elsewhere = _Meets(abroad(language), self.vocabulary)
        self._abroad = [elsewhere.meets_around(one) for one in read]

    def of(self, element: Element) -> npt.NDArray[np.float64]:
        """Return one row a clause, one column a sign."""
        core, *beside = (_Meets(group, self.vocabulary) for group in groups_of(element, self.language))
        described = frozenset(content_stems(element.description[self.language], self.language))
        everything = sum(map(self._rarity, described)) or 1.0
        cores = [core.words_of(one) for one in self.read]
        counted = Counter(word for words in cores for word in words)
        met = [[group.meets(one) for one in self.read] for group in beside]
        around = [self._anywhere(holds) for holds in met]
        of_here = not asks_abroad(element, self.language)
        rows = []
        for place, one in enumerate(self.read):
            own = [bool(cores[place]), *(holds[place] for holds in met)]
            whole = [own[0], *(mine or group.meets_beside(one) for mine, group in zip(own[1:], beside, strict=True))]
            whole_provision = [own[0], *(holds[place] for holds in around)]
            rarest = min((counted[word] for word in cores[place]), default=0)
            rows.append(
                (
                    all(own),
                    all(whole),
                    sum(own) / len(own),
                    sum(whole) / len(own),
                    math.log1p(len(cores[place])),
                    self._share_of_rarest(rarest) if rarest else 0.0,
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
                    one.candidate.conduct,
                    all(whole) * one.candidate.conduct,
                    one.candidate.about,
                    all(whole_provision),
                    sum(whole_provision) / len(own),
                    one.candidate.special,
                    of_here and self._abroad[place],
                )
            )
        return np.array(rows, np.float64)

    def _stemmed(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self._stems[word] for word in words))

    def _rarity(self, stem: str) -> float:
        return math.log((len(self.read) + 1) / (self._counts.get(stem, 0) + 0.5))

    def _share_of_rarest(self, count: int) -> float:
        """Return how rare what ``count`` clauses hold is: near 1 for what one of many holds, also where all are few."""
        whole = len(self.read) + 1
        return math.log(whole / (count + 0.5)) / math.log(whole)

    def _anywhere(self, met: Sequence[bool]) -> list[bool]:
        """Tell of each clause whether any clause of its provision meets what ``met`` says of each."""
        held = {place for place, meets in zip(self._provisions, met, strict=True) if meets}
        return [place in held for place in self._provisions]


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

    def meets_beside(self, one: ReadClause) -> bool:
        return self._in(one.beside, one.folded_beside)

    def meets_around(self, one: ReadClause) -> bool:
        return self.meets(one) or self.meets_beside(one)

    def _in(self, words: frozenset[str], folded: str) -> bool:
        if not words.isdisjoint(self.words):
            return True
        return not words.isdisjoint(self.firsts) and self.group.phrase.search(folded) is not None
