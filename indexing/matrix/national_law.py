"""The legislation of one country as the search for evidence asks it: each ranking, text and heading is read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from extraction.document import Document
from indexing.access import AccessFilter, Collection
from indexing.engine import Engine, Ranked
from indexing.matrix.candidates import Candidate
from indexing.matrix.concept_words import conduct_share, home_words
from indexing.matrix.headings import Headed, headed_provisions
from indexing.plan import Clause, Everything, Keyword, Plan, Without
from indexing.search.in_force_clauses import FIELD, TODAY, day_of, surely_not
from indexing.search.query_clauses import RELAXATIONS, ClauseMaker
from indexing.search.query_tree import Run
from indexing.store.reading import Store
from nlp.concepts.layer import LANGUAGES
from nlp.document_type import national_law_types
from nlp.elements.clauses import Clause as Cut
from nlp.elements.clauses import clauses
from nlp.stems import content_stems

_DEEP = 200  # so far down a ranking tells how well a provision answers, however it was found
_MOST_TAGGED = 300

Place = tuple[str, int]  # a document and where in it a provision starts


@dataclass(frozen=True)
class NationalLaw:
    """The legislation of one country within one collection: what is not surely out of force on ``day``."""

    store: Store
    engine: Engine
    access: AccessFilter
    collection: Collection
    country: str
    day: str = TODAY
    _texts: dict[str, Document] = field(default_factory=dict)
    _stems: dict[Place, frozenset[str]] = field(default_factory=dict)
    _cut: dict[Place, tuple[Cut, ...]] = field(default_factory=dict)
    _headed: dict[tuple[str, str], dict[int, Headed]] = field(default_factory=dict)
    _ranked: dict[tuple[str, str], tuple[Ranked, ...]] = field(default_factory=dict)
    _shares: dict[tuple[tuple[str, ...], str], dict[Place, float]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of its provisions, the commonest first."""
        plan = replace(self._plan(Everything()), limit=1, facets=("language",))
        counted = self.engine.search(plan).facets.get("language", ())
        return tuple(value for value, _ in counted if value in LANGUAGES)

    def reading(self, document_id: str) -> Document:
        if document_id not in self._texts:
            self._texts[document_id] = self.store.reading(self.access, document_id)
        return self._texts[document_id]

    def headings(self, document: str, language: str) -> Mapping[int, Headed]:
        """Return the provisions of a law by where they start, with their headings."""
        if (document, language) not in self._headed:
            structure = self.store.annotations(self.access, document).structure
            self._headed[document, language] = headed_provisions(structure, language)
        return self._headed[document, language]

    def ranked(self, words: str, language: str) -> tuple[Ranked, ...]:
        """Return the provisions that have any of the words, the best first."""
        if (words, language) not in self._ranked:
            clause = ClauseMaker(language, RELAXATIONS).clause(Run(words))
            plan = replace(self._in_language(clause, language), limit=_DEEP)
            self._ranked[words, language] = self.engine.search(plan).ranked
        return self._ranked[words, language]

    def tagged(self, concepts: tuple[str, ...], language: str) -> list[Ranked]:
        """Return the provisions that are about one of the concepts."""
        about = replace(self._in_language(Keyword("concept", concepts), language), limit=_MOST_TAGGED)
        return [one for one in self.engine.search(about).ranked if one.shown.unit]

    def candidate(
        self, document: str, label: str, bounds: tuple[int, int], concepts: tuple[str, ...], language: str, how: str
    ) -> Candidate:
        """Return a provision with its clauses and how well it tells of the concepts; ``how`` it was found."""
        start, end = bounds
        text = self.reading(document).text[start:end]
        if (document, start) not in self._cut:
            self._stems[document, start] = frozenset(content_stems(text, language))
            self._cut[document, start] = clauses(text, label, language, self.country)
        conduct = conduct_share(self._stems[document, start], concepts, language)
        score = self._defines(concepts, language).get((document, start), 0.0)
        return Candidate(document, label, start, end, text, score, conduct, how, self._cut[document, start])

    def _defines(self, concepts: tuple[str, ...], language: str) -> Mapping[Place, float]:
        """Return how well provisions answer the words of a conduct."""
        if (concepts, language) not in self._shares:
            words = home_words(concepts, self.country, language)
            self._shares[concepts, language] = shares(self.ranked(words, language))
        return self._shares[concepts, language]

    def _in_language(self, match: Clause, language: str) -> Plan:
        plan = self._plan(match)
        return replace(plan, filters=(*plan.filters, ("language", Keyword("language", (language,)))))

    def _plan(self, match: Clause) -> Plan:
        return Plan(
            space=self.collection.space,
            collections=(self.collection.id,),
            match=match,
            filters=(
                ("jurisdiction", Keyword("jurisdiction", (self.country,))),
                ("document_type", Keyword("document_type", national_law_types())),
                (FIELD, Without(surely_not(day_of(self.day)))),
            ),
        )


def place_of(one: Ranked) -> Place:
    return one.shown.document_id, one.shown.start


def shares(ranked: Sequence[Ranked]) -> dict[Place, float]:
    """Return how well each provision of a ranking answers, as a share of the best."""
    return {place_of(one): one.score / ranked[0].score for one in ranked}
