"""Expands query concepts with each country's own terminology.

A concept's names are looked for in the language of the text and, where a name is one country's, in that country; so is
what its conduct is told with (``convertir transferir ocultar``), since the provision that defines a conduct often does
not name it. Measured with ``benchmarks/retrieval.py``.
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

_MOST = 5
_HEADING = 1.5
# Of the words of a conduct so many make a provision one about it, where no name of it stands there.
_FEWEST = 4
# A question that is a name asks for what has that name; another for what comes near to the surest.
_SURE = 0.8
_NEAR = 0.65
_LIKELY = 0.2  # of what the most probable has; so probable are those that a question may tell of
# So few words are a name: where no concept has it, what is near to it in meaning is another thing.
_A_NAME = 3
# Words that are no name say nothing by so little a score, and all that they can by so great a one.
_GUESSED, _TOLD = 0.45, 0.85


@dataclass(frozen=True)
class ConceptExpansion:
    """The concepts that a question is about, the surest first; ``sure`` says how surely, from 0 to 1."""

    matches: tuple[ConceptMatch, ...]
    sure: float = 1.0

    def clause(self, countries: frozenset[str] = frozenset()) -> Clause:
        """Return what scopes are ranked by: each concept's names and words in the language of the scope.

        Where only ``countries`` can be found, names of others are not looked for.
        """
        spoken = []
        for language in LEMMA_LANGUAGES:
            said = tuple(one for match in self.matches for one in self._said(match, language, countries))
            spoken.append(Must((Keyword("language", (language,)), Should(said))))
        return Should(tuple(spoken))

    @cached_property
    def in_passage(self) -> Clause:
        """What the passage that is shown should contain as much of as it can."""
        labels = [label for match in self.matches for label in concept(match.concept).labels]
        return Should(tuple(Should(tuple(_words(content_words(one.text), one.language, 1.0))) for one in labels))

    def names(self, country: str, language: str) -> Iterator[tuple[str, Label]]:
        """Yield each concept's names that may stand in a text of ``country`` in ``language``."""
        for match in self.matches:
            for label in concept(match.concept).labels_in(language):
                if not label.jurisdictions or country in label.jurisdictions:
                    yield match.concept, label

    def _said(self, match: ConceptMatch, language: str, countries: frozenset[str]) -> Iterator[Clause]:
        weight = match.score / self.matches[0].score
        found = concept(match.concept)
        for label in found.labels_in(language):
            if countries and label.jurisdictions and countries.isdisjoint(label.jurisdictions):
                continue
            named = tuple(_words(content_words(label.text), language, weight * RELATION_WEIGHT[label.relation]))
            if named:
                own = (Keyword("jurisdiction", label.jurisdictions),) if label.jurisdictions else ()
                yield Must((*own, *named))
        if conduct := found.conduct.get(language):
            told = list(dict.fromkeys((*conduct.verbs, *conduct.objects)))
            yield Should(tuple(_words(told, language, weight, heading=0.0)), _FEWEST)


def expand_concepts(text: str, language: str, question: VectorQuery | None = None) -> ConceptExpansion | None:
    """Return the concepts that ``text`` names or, with its vector, tells of; None where nothing speaks for one."""
    spoken = concepts_of_query(text, language, LOOKED_AT)
    sentence = question if len(content_words(text)) > _A_NAME else None
    told = classify_concepts(spoken, sentence, query_stems(text, language), _MOST)
    matches = told or spoken[:_MOST]
    if not matches:
        return None
    best = matches[0]
    if told:
        likely = tuple(one for one in told if one.score >= best.score * _LIKELY)
        return ConceptExpansion(likely, min(1.0, sum(one.score for one in likely)))
    named = bool(best.label) and best.score >= _SURE
    least = best.score * (_SURE if named else _NEAR)
    kept = tuple(one for one in matches if one.score >= least and (one.label or not named))
    return ConceptExpansion(kept, 1.0 if named else min(1.0, max(0.0, (best.score - _GUESSED) / (_TOLD - _GUESSED))))


@lru_cache(maxsize=20_000)
def lemmas_of(word: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of a word of a name; there are some thousands of such words."""
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
