"""Concepts of a query, and their expansion with each country's own terminology.

A concept's labels are searched in texts of their language and, if a label is national, of their country. The typical
words of its conduct (``convertir transferir ocultar``) are searched too, because the provision that defines a conduct
often does not name it. Measured with ``benchmarks/retrieval.py``.

A question that names no concept ("She put rat poison in his coffee" has no word of any statute) is classified by a
linear model over the encoder's vector and word stems, trained on descriptions of facts (``models/encoder/concepts.py``)
and valid only for that encoder. Stems distinguish ``poison`` from ``coffee``, which the vector does not. Concepts that
share words with the question in the concept layer get a higher weight. ``benchmarks/concepts.py`` measures how often
the right concept is among the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from extraction.resource import load
from indexing.analysis.lemmas import LEMMA_LANGUAGES
from indexing.analysis.tokens import analyse
from indexing.engines.plan import CONTEXT, LEMMA, Alternatives, Clause, Keyword, Must, Should, Term
from indexing.engines.protocol import VectorQuery
from indexing.search.query_tree import content_words, stop_words
from indexing.vectors.encoder import FOLDER
from nlp.concepts.layer import LANGUAGES, RELATION_WEIGHT, Label, concept, concepts
from nlp.concepts.query import ConceptMatch, concepts_of_query
from nlp.folding import content_stems, fold
from nlp.probability import softmax

_LIMIT = 5  # concepts of a query
_HEADING = 1.5  # weight of headings
_USUAL_LENGTH = 3  # words of a label
_MINIMUM = 4  # words of a conduct that a provision without any label of the concept must have
# Share of the best score that other concepts need: if the best is named in the query, and otherwise.
_SURE = 0.8
_NEAR = 0.65
_LIKELY = 0.2  # share of the best probability that classified concepts need
_A_NAME = 3  # a query of at most so many words is taken as a name and not classified
# Scores of unnamed concepts that correspond to certainty 0 and 1.
_UNCERTAIN, _CERTAIN = 0.45, 0.85
# Certainty from which a query is searched by the names of its concepts, and from which they are stated. A word that is
# among many of a concept reaches 0.25.
_LEAST_CERTAINTY, _STATED_CERTAINTY = 0.3, 0.5
LOOKED_AT = 8  # concepts considered that match by words
# Score from which a concept counts as named in the question, so that nothing is classified.
_NAMED = 0.6
_WORD_WEIGHT = 50.0


@dataclass(frozen=True)
class ConceptExpansion:
    """The concepts a query is about, the most certain first; ``sure`` is the certainty, from 0 to 1."""

    matches: tuple[ConceptMatch, ...]
    sure: float = 1.0

    @property
    def is_stated(self) -> bool:
        """Whether the concepts are certain enough to be shown as what the query was read as."""
        return self.sure >= _STATED_CERTAINTY

    @property
    def is_weak(self) -> bool:
        """Whether the query names the first concept by a word that is too general to tell it in a text."""
        named = self.matches[0]
        labels = concept(named.concept).labels
        return any(label.text == named.label and label.relation == "weak" for label in labels)

    def clause(self, countries: frozenset[str] = frozenset()) -> Clause:
        """Return the ranking clause: labels and conduct words of each concept in the language of the scope.

        If the search is restricted to ``countries``, labels of other countries are omitted.
        """
        by_language = []
        for language in LEMMA_LANGUAGES:
            terms = tuple(term for match in self.matches for term in self._terms(match, language, countries))
            by_language.append(Must((Keyword("language", (language,)), Should(terms))))
        return Should(tuple(by_language))

    @cached_property
    def in_passage(self) -> Clause:
        """The clause by which the passage of a hit is chosen."""
        labels = [label for match in self.matches for label in concept(match.concept).labels]
        return Should(tuple(Should(tuple(_words(content_words(label.text), label.language, 1.0))) for label in labels))

    def names(self, country: str, language: str) -> Iterator[tuple[str, Label]]:
        """Yield (concept, label) of the labels used in texts of ``country`` in ``language``."""
        for match in self.matches:
            for label in concept(match.concept).labels_in(language):
                if not label.jurisdictions or country in label.jurisdictions:
                    yield match.concept, label

    def _terms(self, match: ConceptMatch, language: str, countries: frozenset[str]) -> Iterator[Clause]:
        weight = match.score / self.matches[0].score
        entry = concept(match.concept)
        for label in entry.labels_in(language):
            if countries and label.jurisdictions and countries.isdisjoint(label.jurisdictions):
                continue
            words = content_words(label.text)
            own_weight = weight * RELATION_WEIGHT[label.relation] * _label_weight(len(words))
            named = tuple(_words(words, language, own_weight))
            if named:
                own = (Keyword("jurisdiction", label.jurisdictions),) if label.jurisdictions else ()
                yield Must((*own, *named))
        if conduct := entry.conduct.get(language):
            words = list(dict.fromkeys((*conduct.verbs, *conduct.objects)))
            yield Should(tuple(_words(words, language, weight, heading=0.0)), _MINIMUM)


def expand_concepts(text: str, language: str, question: VectorQuery | None = None) -> ConceptExpansion | None:
    """Return the concepts that ``text`` names or, by its vector ``question``, is about.

    None if there are none, or only some so uncertain that their names would find what was not asked for: nearly every
    ordinary word ("cancer", "restructuring aid") is among the words of some concept.
    """
    if punished := _punished_offence(text, language):
        return _matched(punished[:_LIMIT])
    matched = concepts_of_query(text, language, LOOKED_AT)
    sentence = question if len(content_words(text)) > _A_NAME else None
    classified = classify_concepts(matched, sentence, query_stems(text, language), _LIMIT)
    if not classified and not matched:
        return None
    expansion = _classified(classified) if classified else _matched(matched[:_LIMIT])
    return expansion if expansion.sure >= _LEAST_CERTAINTY else None


def _punished_offence(text: str, language: str) -> Sequence[ConceptMatch]:
    """Return the concepts of a question how an offence is punished, without the words that ask for the penalty.

    "Quelle est la peine encourue pour un vol" is about theft, not about penalties. Empty for other questions.
    """
    words = content_words(text)
    rest = [word for word in words if fold(word) not in _penalty_words()]
    if not rest or len(rest) == len(words):
        return ()
    matched = concepts_of_query(" ".join(rest), language, LOOKED_AT)
    is_named = matched and matched[0].label and matched[0].score >= _SURE and concept(matched[0].concept).penal
    return matched if is_named else ()


@cache
def _penalty_words() -> frozenset[str]:
    questions: Mapping[str, str] = load("indexing.provision_order")["penalty_questions"]
    return frozenset(word for words in questions.values() for word in words.split())


def _classified(matches: Sequence[ConceptMatch]) -> ConceptExpansion:
    likely = tuple(match for match in matches if match.score >= matches[0].score * _LIKELY)
    return ConceptExpansion(likely, min(1.0, sum(match.score for match in likely)))


def _matched(matches: Sequence[ConceptMatch]) -> ConceptExpansion:
    best = matches[0]
    named = bool(best.label) and best.score >= _SURE
    least = best.score * (_SURE if named else _NEAR)
    beside = _NAMED if named and not concept(best.concept).penal else 1.1  # offences beside the name of a measure
    close = tuple(
        match
        for match in matches
        if (match.score >= least and (match.label or not named))
        or (match.label and match.score >= beside and concept(match.concept).penal)
    )
    certainty = min(1.0, max(0.0, (best.score - _UNCERTAIN) / (_CERTAIN - _UNCERTAIN)))
    return ConceptExpansion(close, 1.0 if named else certainty)


@lru_cache(maxsize=20_000)
def lemmas_of(word: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of a word of a label, cached."""
    return analyse(word, language).lemmas


def _label_weight(words: int) -> float:
    """Return the weight of each word of a label: a long label counts no more than one of ``_USUAL_LENGTH`` words."""
    return min(1.0, _USUAL_LENGTH / words) if words else 1.0


def _words(words: Sequence[str], language: str, weight: float, heading: float = _HEADING) -> Iterator[Clause]:
    for word in words:
        for lemma in lemmas_of(word, language):
            if lemma in stop_words():
                continue
            terms = [Term(LEMMA, lemma, weight)]
            if heading:
                terms.append(Term(CONTEXT, lemma, weight * heading))
            yield Alternatives(tuple(terms))


@dataclass(frozen=True, slots=True)
class LearnedClassifier:
    """Content of ``models/encoder/concepts.npz``: ``vectors`` and ``biases`` per concept, and sparse weights of stems.

    ``places`` maps a stem to its index n; ``holders[starts[n]:starts[n + 1]]`` are the concepts (indices) it supports
    and ``says`` the log weights at the same positions.
    """

    ids: Sequence[str]
    vectors: NDArray[np.float32]
    biases: NDArray[np.float32]
    encoder: str
    places: Mapping[str, int]
    starts: NDArray[np.int32]
    holders: NDArray[np.uint16]
    says: NDArray[np.float32]

    def logarithms(self, vector: NDArray[np.float32], stems: Collection[str]) -> NDArray[np.float32]:
        """Return unnormalised log probabilities (concepts,) for a question's ``vector`` (dimensions,) and ``stems``."""
        logits = self.vectors @ vector + self.biases
        for place in (self.places[stem] for stem in stems if stem in self.places):
            own = slice(self.starts[place], self.starts[place + 1])
            logits[self.holders[own]] += self.says[own]
        return logits


def classify_concepts(
    matches: Sequence[ConceptMatch], question: VectorQuery | None, stems: Collection[str], most: int
) -> tuple[ConceptMatch, ...]:
    """Return at most ``most`` concepts by probability, which is their ``score``.

    ``matches`` are the concepts that match by words, ``stems`` the question's stems (``query_stems``). The result is
    empty if a concept is named in the question, without a question, or if the model is for another encoder.
    """
    named = any(match.label and match.score >= _NAMED for match in matches)
    probable = probabilities(question, stems) if question and not named else {}
    matched = {match.concept: match for match in matches}
    # Geometric mean of both (logarithmic opinion pool); words can only support a concept.
    weights = {
        code: share * sqrt(1 + _WORD_WEIGHT * (matched[code].score if code in matched else 0.0))
        for code, share in probable.items()
    }
    whole = sum(weights.values()) + max(0.0, 1 - sum(probable.values()))  # the rest is the probability of no concept
    first = sorted(weights, key=lambda code: -weights[code])[:most]
    return tuple(
        replace(matched.get(code, ConceptMatch(code, 0.0)), score=round(weights[code] / whole, 4)) for code in first
    )


def query_stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of a question's words, in all four languages unless ``language`` is one of them."""
    languages = (language,) if language in LANGUAGES else LANGUAGES
    return frozenset(stem for code in languages for stem in content_stems(text, code))


def probabilities(question: VectorQuery, stems: Collection[str]) -> dict[str, float]:
    """Return the probability of each concept by a question's vector and stems; empty for another encoder's vector.

    The difference of the sum to 1 is the probability that the question is about no concept.
    """
    learned = _learned()
    if learned is None or learned.encoder != question.encoder:
        return {}
    logits = learned.logarithms(np.asarray(question.vector, np.float32), stems)
    shares = softmax(logits).tolist()
    return {code: share for code, share in zip(learned.ids, shares, strict=True) if code in concepts()}


@cache
def _learned() -> LearnedClassifier | None:
    path = FOLDER / "concepts.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return LearnedClassifier(
            ids=arrays["ids"].tolist(),
            vectors=arrays["vectors"].astype(np.float32),
            biases=arrays["biases"],
            encoder=str(arrays["version"]),
            places={stem: place for place, stem in enumerate(arrays["stems"].tolist())},
            starts=arrays["starts"],
            holders=arrays["holders"],
            says=arrays["says"].astype(np.float32),
        )
