"""Which clauses of a country's law may be evidence of an element: proposals with a score and reasons, or none.

A proposal is a clause in its provision. What speaks for it: words that fulfil the element, likeness to how the element
is described (words, and meaning where there is an encoder), and that it stands in or around the provision that
defines the conduct. The weights were fitted on cells labelled by hand (``benchmarks/element_evidence.py``). Nothing
here judges whether the element is fulfilled: that is for people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from indexing.element_search import CHAPTER, ELEMENT, NAMED, Candidate, NationalLaw
from indexing.embedding import Encoder
from nlp.clauses import Clause, clauses
from nlp.elements import Element, ModelInstrument
from nlp.stems import content_stems

MOST = 3
RELEASE = 1  # raised whenever the same law would get other proposals
_LONGEST_LEAD = 300
_LONGEST_ENCODED = 700


@dataclass(frozen=True, slots=True)
class Proposal:
    """A clause that may be evidence: ``start`` and ``end`` are offsets of the document's text.

    ``lead_start`` and ``lead_end`` are the clause that it goes on from ("... if:"), equal where it stands alone.
    ``score`` is from 0 to 1; ``why`` are codes with their fact (``words:convertir``, ``meaning:0.86``,
    ``place:home``).
    """

    document_id: str
    provision: str
    pinpoint: str
    language: str
    page: int
    start: int
    end: int
    lead_start: int
    lead_end: int
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """A clause with what is compared of it: stems of its own words and of those it goes on from."""

    candidate: Candidate
    clause: Clause
    lead: tuple[int, int]
    own: frozenset[str]
    whole: frozenset[str]
    encoded: str


def proposals(
    law: NationalLaw, instrument: ModelInstrument, encoder: Encoder | None = None
) -> Mapping[str, tuple[Proposal, ...]]:
    """Return the proposals for each element of ``instrument``, the best first; none where nothing was found."""
    found: dict[str, list[Proposal]] = {element.id: [] for element in instrument.elements}
    for language in law.languages:
        read = list(_read(law.candidates(instrument, language), language, law.country))
        if read:
            judge = _Judge(read, language, encoder)
            for element in instrument.elements:
                found[element.id] += [_proposal(law, language, *one) for one in judge.best(element)]
    return {name: tuple(sorted(ones, key=lambda one: -one.score)[:MOST]) for name, ones in found.items()}


def _read(candidates: Sequence[Candidate], language: str, country: str) -> Iterator[_Read]:
    for candidate in candidates:
        cut = clauses(candidate.text, candidate.unit, language, country)
        for one in cut:
            lead = (cut[one.lead].start, cut[one.lead].end) if one.lead >= 0 else (one.start, one.start)
            text, before = candidate.text[one.start : one.end], candidate.text[slice(*lead)]
            own = frozenset(content_stems(text, language))
            whole = own | frozenset(content_stems(before, language))
            yield _Read(
                candidate, one, lead, own, whole, f"{before[-_LONGEST_LEAD:]} {text}"[:_LONGEST_ENCODED].strip()
            )


class _Judge:
    """Weighs the clauses of one country in one language; a word counts by how rare it is among them."""

    def __init__(self, read: Sequence[_Read], language: str, encoder: Encoder | None) -> None:
        self.read = read
        self.language = language
        self.encoder = encoder
        counted = Counter(stem for one in read for stem in one.own)
        self.rarity: Callable[[str], float] = lambda stem: math.log((len(read) + 1) / (counted.get(stem, 0) + 0.5))

    def best(self, element: Element) -> list[tuple[_Read, float, tuple[str, ...]]]:
        weights = _weights()
        keys = [frozenset(content_stems(key, self.language)) for key in element.keys[self.language]]
        described = frozenset(content_stems(element.description[self.language], self.language))
        features = np.array([self._features(one, [key for key in keys if key], described) for one in self.read])
        scores = features @ np.array(weights["words"]) + weights["base"]
        order = np.argsort(-scores, kind="stable")[:MOST]
        return [
            (self.read[place], _logistic(scores[place]), self._why(self.read[place], keys))
            for place in order
            if scores[place] >= weights["least"]
        ]

    def _features(self, one: _Read, keys: Sequence[frozenset[str]], described: frozenset[str]) -> list[float]:
        met = [self._weight(key) for key in keys if key <= one.own]
        met_whole = [self._weight(key) for key in keys if key <= one.whole]
        everything = self._weight(described) or 1.0
        return [
            max(met, default=0.0) / 10,
            math.log1p(len(met)),
            self._weight(described & one.own) / everything,
            max(met_whole, default=0.0) / 10,
            math.log1p(len(met_whole)),
            self._weight(described & one.whole) / everything,
            one.candidate.score,
            float(one.candidate.found == CHAPTER),
            float(one.candidate.found == NAMED),
            float(one.candidate.score > 0),
            float(one.candidate.found == ELEMENT),
            math.log1p(one.clause.end - one.clause.start) / 7,
        ]

    def _weight(self, stems: frozenset[str]) -> float:
        return sum(self.rarity(stem) for stem in stems)

    def _why(self, one: _Read, keys: Sequence[frozenset[str]]) -> tuple[str, ...]:
        met = sorted({stem for key in keys if key and key <= one.whole for stem in key})
        return (*(f"words:{stem}" for stem in met), f"place:{one.candidate.found}")


def _proposal(law: NationalLaw, language: str, one: _Read, score: float, why: tuple[str, ...]) -> Proposal:
    at = one.candidate.start
    start = at + one.clause.start
    return Proposal(
        document_id=one.candidate.document_id,
        provision=one.candidate.unit,
        pinpoint=one.clause.label or one.candidate.unit,
        language=language,
        page=law.reading(one.candidate.document_id).page_at(start),
        start=start,
        end=at + one.clause.end,
        lead_start=at + one.lead[0],
        lead_end=at + one.lead[1],
        score=round(score, 3),
        why=why,
    )


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> dict[str, Any]:
    text = files("indexing").joinpath("resources/element_evidence.yaml").read_text(encoding="utf-8")
    weights: dict[str, Any] = yaml.safe_load(text)
    return weights
