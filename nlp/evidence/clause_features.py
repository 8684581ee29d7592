"""Features of a clause as evidence of an element: words, similarity, place, penalty.

They are computed for all clauses of a country's candidates at once, because words are weighted by their rarity among
them.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from nlp.concepts.layer import concept, labels_for
from nlp.elements.cues import abroad, asks_abroad, groups_of, penalties
from nlp.elements.instruments import Element
from nlp.evidence.clauses import CHAPTER, ELEMENT, HOME, NAMED, CueMatcher, ReadClause
from nlp.evidence.offer_side import GIVING, TAKING, offer_side
from nlp.folding import content_stems
from nlp.provision_roles.classifier import BASIC, CONNECTED, SPECIAL

SIGNS = (
    "all_in_clause",
    "all_with_context",
    "share_in_clause",
    "share_with_context",
    "all_near",
    "share_near",
    "core",
    "cores",
    "rarity",
    "keys",
    "rarest_key",
    "described",
    "described_with_context",
    "answers",
    "defines",
    "all_and_defines",
    "conduct",
    "all_and_conduct",
    "about",
    "special",
    "abroad",
    "rubric",
    "headed",
    "offence",
    "form",
    "no_offence",
    "heading_key",
    "heading_words",
    "home",
    "chapter",
    "named",
    "by_element",
    "annexed",
    "punishes",
    "length",
    "first",
)
_NEAR = 4  # clauses before and after
Column = npt.NDArray[np.float64]


class ClauseFeatures:
    """Features of the clauses ``read``, for one element at a time."""

    def __init__(self, read: Sequence[ReadClause], language: str) -> None:
        self.read = read
        self.language = language
        self.vocabulary = frozenset(word for clause in read for word in clause.words | clause.beside)
        self._stems = {word: _stems(word, language) for word in self.vocabulary}
        self._own = [self._stemmed(clause.words) for clause in read]
        self._whole = [own | self._stemmed(clause.beside) for own, clause in zip(self._own, read, strict=True)]
        self._counts = Counter(stem for own in self._own for stem in own)
        self._provisions = [(clause.candidate.document_id, clause.candidate.start) for clause in read]
        elsewhere = CueMatcher(abroad(language), self.vocabulary)
        self._abroad = _column(elsewhere.meets_around(clause) for clause in read)
        self._standing = {**self._places(), "punishes": self._punishes()}

    def of(self, element: Element) -> npt.NDArray[np.float64]:
        """Return the feature matrix: one row per clause, one column per feature."""
        values = {**self._standing, **self._cues(element), **self._keys(element), **self._likeness(element)}
        values |= self._headings(element)
        values["answers"] = _column(clause.candidate.answers.get(element.id, 0.0) for clause in self.read)
        values["abroad"] = 0 * self._abroad if asks_abroad(element, self.language) else self._abroad
        values["all_and_defines"] = values["all_with_context"] * values["defines"]
        values["all_and_conduct"] = values["all_with_context"] * values["conduct"]
        return np.column_stack([values[name] for name in SIGNS])

    def of_other_side(self, element: Element) -> npt.NDArray[np.bool_]:
        """Return which clauses are on the other side of a bribe than the element: giving, where that is taking."""
        other = {GIVING: TAKING, TAKING: GIVING}.get(element.side)
        return np.array([bool(other) and self._side(clause) == other for clause in self.read], bool)

    def _side(self, clause: ReadClause) -> str:
        text, lead = clause.candidate.text, clause.lead
        return offer_side(f"{text[slice(*lead)]}\n{clause.text}", self.language)

    def _places(self) -> Mapping[str, Column]:
        """Return the features of a clause's place, which are the same for every element."""
        held = [clause.candidate for clause in self.read]
        return {
            "defines": _column(candidate.score for candidate in held),
            "conduct": _column(candidate.conduct for candidate in held),
            "about": _column(candidate.about for candidate in held),
            "special": _column(candidate.special for candidate in held),
            "rubric": _column(candidate.rubric for candidate in held),
            "headed": _column(candidate.headed for candidate in held),
            "annexed": _column(candidate.annexed for candidate in held),
            "offence": _column(candidate.role == BASIC for candidate in held),
            "form": _column(candidate.role in (SPECIAL, CONNECTED) for candidate in held),
            "no_offence": _column(candidate.no_offence for candidate in held),
            "home": _column(candidate.found == HOME for candidate in held),
            "chapter": _column(candidate.found == CHAPTER for candidate in held),
            "named": _column(candidate.found == NAMED for candidate in held),
            "by_element": _column(candidate.found == ELEMENT for candidate in held),
            "length": _column(math.log1p(clause.clause.end - clause.clause.start) / 7 for clause in self.read),
            "first": _column(clause.first for clause in self.read),
        }

    def _punishes(self) -> Column:
        """Return for each clause whether any clause of its provision punishes."""
        penalty = CueMatcher(penalties(self.language), self.vocabulary)
        held = {place for place, clause in zip(self._provisions, self.read, strict=True) if penalty.meets(clause)}
        return _column(place in held for place in self._provisions)

    def _cues(self, element: Element) -> Mapping[str, Column]:
        """Return the groups of cues that a clause meets: alone, with the lead it continues, and with nearby clauses."""
        core, *beside = (CueMatcher(group, self.vocabulary) for group in groups_of(element, self.language))
        cores = [core.words_of(clause) for clause in self.read]
        itself = [
            [bool(words) for words in cores],
            *([group.meets(clause) for clause in self.read] for group in beside),
        ]
        around = [[group.meets_with_lead(clause) for clause in self.read] for group in beside]
        near = [self._nearby(met) for met in itself[1:]]
        own = np.array(itself, bool)
        whole = own.copy()
        whole[1:] |= np.array(around, bool).reshape(len(beside), -1)
        close = np.array([itself[0], *near], bool)
        return {
            "all_in_clause": own.all(0).astype(float),
            "all_with_context": whole.all(0).astype(float),
            "all_near": close.all(0).astype(float),
            "share_in_clause": own.mean(0),
            "share_with_context": whole.mean(0),
            "share_near": close.mean(0),
            "core": own[0].astype(float),
            "cores": _column(math.log1p(len(words)) for words in cores),
            "rarity": self._rarest(cores),
        }

    def _keys(self, element: Element) -> Mapping[str, Column]:
        """Return the number of the element's keys in each clause, and the rarity of the rarest."""
        keys = [_stems(key, self.language) for key in element.keys[self.language]]
        held = [[place for place, key in enumerate(keys) if key and key <= own] for own in self._own]
        return {"keys": _column(math.log1p(len(places)) for places in held), "rarest_key": self._rarest(held)}

    def _likeness(self, element: Element) -> Mapping[str, Column]:
        """Return the share of the element's description in each clause, weighted by rarity."""
        described = _stems(element.description[self.language], self.language)
        everything = sum(map(self._rarity, described)) or 1.0
        own = (sum(map(self._rarity, described & stems)) / everything for stems in self._own)
        whole = (sum(map(self._rarity, described & stems)) / everything for stems in self._whole)
        return {"described": _column(own), "described_with_context": _column(whole)}

    def _headings(self, element: Element) -> Mapping[str, Column]:
        """Return the share of a key in a provision's own heading, and that of the heading in the description."""
        keys = [_stems(key, self.language) for key in element.keys[self.language]]
        described = _stems(element.description[self.language], self.language)
        headings = [clause.candidate.heading for clause in self.read]
        return {
            "heading_key": _column(max_share(keys, heading) for heading in headings),
            "heading_words": _column(len(described & heading) / max(1, len(heading)) for heading in headings),
        }

    def _stemmed(self, words: frozenset[str]) -> frozenset[str]:
        return frozenset().union(*(self._stems[word] for word in words))

    def _rarity(self, stem: str) -> float:
        return math.log((len(self.read) + 1) / (self._counts.get(stem, 0) + 0.5))

    def _rarest(self, held: Sequence[Collection[str | int]]) -> Column:
        """Return the rarity of the rarest item of each clause: near 1 if few clauses have it, 0 without items."""
        counted = Counter(word for words in held for word in words)
        whole = len(self.read) + 1
        rarest = (min((counted[word] for word in words), default=0) for words in held)
        return _column(math.log(whole / (count + 0.5)) / math.log(whole) if count else 0.0 for count in rarest)

    def _nearby(self, met: Sequence[bool]) -> list[bool]:
        """Return for each clause whether a nearby clause of its provision is True in ``met``."""
        places = [place for place, meets in enumerate(met) if meets]
        around = (
            places[bisect_left(places, place - _NEAR) : bisect_right(places, place + _NEAR)]
            for place in range(len(met))
        )
        own = self._provisions
        return [any(own[neighbour] == own[place] for neighbour in near) for place, near in enumerate(around)]


@lru_cache(50_000)
def _stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of a word, of a key or of a description, which recur in every country and for every element."""
    return frozenset(content_stems(text, language))


def _column(values: Iterable[float]) -> Column:
    return np.array([float(value) for value in values])


_ENOUGH = frozenset({"", "close"})


def national_terms(concepts: Iterable[str], country: str, language: str) -> str:
    """Return the words of the provisions that define the conduct: national names, verbs and objects."""
    words: list[str] = []
    for code in concepts:
        words += [label.text for label in labels_for(code, country, language)]
        if conduct := concept(code).conduct.get(language):
            words += [*conduct.verbs, *conduct.objects]
    return " ".join(dict.fromkeys(words))


def conduct_share(stems: frozenset[str], concepts: Iterable[str], language: str) -> float:
    """Return the share of the words of a conduct in ``stems``, for the concept with the largest."""
    return max_share((_conduct(code, language) for code in concepts), stems)


def names_of(concepts: Iterable[str], country: str, language: str) -> list[frozenset[str]]:
    """Return the stems of each name that is sufficient in a heading."""
    labels = (label for code in concepts for label in labels_for(code, country, language))
    return [frozenset(content_stems(label.text, language)) for label in labels if label.relation in _ENOUGH]


def contains_name(stems: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    """Return whether ``stems`` contain all stems of one of ``names``."""
    return any(name and name <= stems for name in names)


def max_share(names: Iterable[frozenset[str]], stems: frozenset[str]) -> float:
    """Return the largest share of one of ``names`` in ``stems``."""
    return max((len(name & stems) / len(name) for name in names if name), default=0.0)


@cache
def _conduct(code: str, language: str) -> frozenset[str]:
    conduct = concept(code).conduct.get(language)
    return frozenset(content_stems(" ".join((*conduct.verbs, *conduct.objects)), language)) if conduct else frozenset()
