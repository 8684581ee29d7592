"""Expands query concepts with each country's own terminology.

A concept's labels are searched in texts of their language and, if a label is national, of their country. The typical
words of its conduct (``convertir transferir ocultar``) are searched too, because the provision that defines a conduct
often does not name it. Measured with ``benchmarks/retrieval.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from indexing.analysis.lemmas import LEMMA_LANGUAGES
from indexing.analysis.tokens import analyse
from indexing.engines.plan import CONTEXT, LEMMA, Alternatives, Clause, Keyword, Must, Should, Term
from indexing.engines.protocol import VectorQuery
from indexing.search.concept_classifier import LOOKED_AT, classify_concepts, query_stems
from indexing.search.query_tree import content_words, stop_words
from nlp.concepts.layer import RELATION_WEIGHT, Label, concept
from nlp.concepts.query import ConceptMatch, concepts_of_query

_LIMIT = 5  # concepts of a query
_HEADING = 1.5  # weight of headings
_MINIMUM = 4  # words of a conduct that a provision without any label of the concept must have
# Share of the best score that other concepts need: if the best is named in the query, and otherwise.
_SURE = 0.8
_NEAR = 0.65
_LIKELY = 0.2  # share of the best probability that classified concepts need
_A_NAME = 3  # a query of at most so many words is taken as a name and not classified
# Scores of unnamed concepts that correspond to certainty 0 and 1.
_UNCERTAIN, _CERTAIN = 0.45, 0.85


@dataclass(frozen=True)
class ConceptExpansion:
    """The concepts a query is about, the most certain first; ``sure`` is the certainty, from 0 to 1."""

    matches: tuple[ConceptMatch, ...]
    sure: float = 1.0

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
            named = tuple(_words(content_words(label.text), language, weight * RELATION_WEIGHT[label.relation]))
            if named:
                own = (Keyword("jurisdiction", label.jurisdictions),) if label.jurisdictions else ()
                yield Must((*own, *named))
        if conduct := entry.conduct.get(language):
            words = list(dict.fromkeys((*conduct.verbs, *conduct.objects)))
            yield Should(tuple(_words(words, language, weight, heading=0.0)), _MINIMUM)


def expand_concepts(text: str, language: str, question: VectorQuery | None = None) -> ConceptExpansion | None:
    """Return the concepts that ``text`` names or, by its vector ``question``, is about; None if there are none."""
    matched = concepts_of_query(text, language, LOOKED_AT)
    sentence = question if len(content_words(text)) > _A_NAME else None
    classified = classify_concepts(matched, sentence, query_stems(text, language), _LIMIT)
    matches = classified or matched[:_LIMIT]
    if not matches:
        return None
    best = matches[0]
    if classified:
        likely = tuple(match for match in classified if match.score >= best.score * _LIKELY)
        return ConceptExpansion(likely, min(1.0, sum(match.score for match in likely)))
    named = bool(best.label) and best.score >= _SURE
    least = best.score * (_SURE if named else _NEAR)
    close = tuple(match for match in matches if match.score >= least and (match.label or not named))
    return ConceptExpansion(
        close, 1.0 if named else min(1.0, max(0.0, (best.score - _UNCERTAIN) / (_CERTAIN - _UNCERTAIN)))
    )


@lru_cache(maxsize=20_000)
def lemmas_of(word: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of a word of a label, cached."""
    return analyse(word, language).lemmas


def _words(words: Sequence[str], language: str, weight: float, heading: float = _HEADING) -> Iterator[Clause]:
    for word in words:
        for lemma in lemmas_of(word, language):
            if lemma in stop_words():
                continue
            terms = [Term(LEMMA, lemma, weight)]
            if heading:
                terms.append(Term(CONTEXT, lemma, weight * heading))
            yield Alternatives(tuple(terms))
