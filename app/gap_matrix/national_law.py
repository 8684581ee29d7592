"""A country's legislation for the search for evidence: rankings, texts and headings, each read once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from app.comparison.provision_finder import LawHeld, select_provisions
from app.comparison.provisions import punishing
from app.comparison.table import ComparisonRequest, Provision
from extraction.document import Document
from indexing.access import AccessFilter, Collection
from indexing.engines.plan import Clause, Everything, Keyword, MustNot, Plan, readable_partitions
from indexing.engines.protocol import Engine, Ranked
from indexing.records.stored_fields import StoredFields
from indexing.search.clauses import FIELD, RELAXATIONS, TODAY, ClauseMaker, period_of, surely_not_in_force
from indexing.search.query_tree import Run
from indexing.store.reading import Store
from nlp.annotations import Unit
from nlp.concepts.layer import LANGUAGES
from nlp.document_kinds import national_law_types
from nlp.elements.clauses import Clause as Cut
from nlp.elements.clauses import clauses
from nlp.elements.instruments import Element, ModelInstrument
from nlp.evidence.clause_features import conduct_share, national_terms
from nlp.evidence.clauses import Candidate
from nlp.folding import content_stems
from nlp.provision_roles.classifier import CONNECTED, SPECIAL
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class HeadedProvision:
    """A provision with the stems of its own heading, of the nearest one above, and of all of them."""

    unit: Unit
    rubric: frozenset[str]
    above: frozenset[str]
    whole: frozenset[str]


def headed_provisions(structure: Sequence[Unit], language: str) -> dict[int, HeadedProvision]:
    """Return the provisions of a law by their start."""
    units = provisions(structure)
    lines = {line for unit in units for line in (*unit.path, unit.heading)}
    known = {line: frozenset(content_stems(line, language)) for line in lines}
    return {unit.start: _headed(unit, known) for unit in units}


def _headed(unit: Unit, known: Mapping[str, frozenset[str]]) -> HeadedProvision:
    rubric, above = known[unit.heading], [known[line] for line in unit.path]
    return HeadedProvision(unit, rubric, above[-1] if above else frozenset(), rubric.union(*above))


_DEEP = 200  # length of a ranking that gives the relevance of provisions, however they were found
_MAX_TAGGED = 300
_SELECTED = 5  # provisions of a concept

Place = tuple[str, int]  # document id and start of a provision


@dataclass(frozen=True)
class NationalLaw:
    """The legislation of one country within one collection that is not certainly out of force on ``day``."""

    store: Store
    engine: Engine
    access: AccessFilter
    collection: Collection
    country: str
    day: str = TODAY
    _texts: dict[str, Document] = field(default_factory=dict)
    _stems: dict[Place, frozenset[str]] = field(default_factory=dict)
    _cut: dict[Place, tuple[Cut, ...]] = field(default_factory=dict)
    _headed: dict[tuple[str, str], dict[int, HeadedProvision]] = field(default_factory=dict)
    _ranked: dict[tuple[str, str], tuple[Ranked, ...]] = field(default_factory=dict)
    _shares: dict[tuple[tuple[str, ...], str], dict[Place, float]] = field(default_factory=dict)
    _selected: dict[str, Mapping[Place, str]] = field(default_factory=dict)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of its provisions, the most frequent first."""
        plan = replace(self._plan(Everything()), limit=1, facets=("language",))
        counted = self.engine.search(plan).facets.get("language", ())
        return tuple(value for value, _ in counted if value in LANGUAGES)

    def reading(self, document_id: str) -> Document:
        """Return a document, read once for all elements; raises what :meth:`Store.reading` does."""
        if document_id not in self._texts:
            self._texts[document_id] = self.store.reading(self.access, document_id)
        return self._texts[document_id]

    def headings(self, document: str, language: str) -> Mapping[int, HeadedProvision]:
        """Return the provisions of a law with their headings, by their start."""
        if (document, language) not in self._headed:
            structure = self.store.annotations(self.access, document).structure
            self._headed[document, language] = headed_provisions(structure, language)
        return self._headed[document, language]

    def ranked(self, words: str, language: str) -> tuple[Ranked, ...]:
        """Return the provisions that have any of the words, best first."""
        if (words, language) not in self._ranked:
            clause = ClauseMaker(language, RELAXATIONS).clause(Run(words))
            plan = replace(self._in_language(clause, language), limit=_DEEP)
            self._ranked[words, language] = self.engine.search(plan).ranked
        return self._ranked[words, language]

    def roles(self, code: str) -> Mapping[Place, str]:
        """Return the roles of the provisions selected by a comparison of a concept, by document and start.

        A connected provision that punishes acts of its own, such as an association for the offence, is a form of it.
        """
        if code not in self._selected:
            day = "" if self.day == TODAY else self.day
            (column,) = select_provisions(
                ComparisonRequest(concept=code, most=_SELECTED), (self.country,), day, self._held
            )
            self._selected[code] = {
                (provision.document_id, provision.start): _role(provision) for provision in column.quoted
            }
        return self._selected[code]

    def tagged(self, concepts: tuple[str, ...], language: str) -> list[Ranked]:
        """Return the provisions tagged with one of the concepts."""
        about = replace(self._in_language(Keyword("concept", concepts), language), limit=_MAX_TAGGED)
        return [hit for hit in self.engine.search(about).ranked if hit.shown.unit]

    def candidate(
        self, document: str, label: str, bounds: tuple[int, int], concepts: tuple[str, ...], language: str, how: str
    ) -> Candidate:
        """Return a provision with its clauses and its relevance for the concepts; ``how`` it was found."""
        start, end = bounds
        text = self.reading(document).text[start:end]
        if (document, start) not in self._cut:
            self._stems[document, start] = frozenset(content_stems(text, language))
            self._cut[document, start] = clauses(text, label, language, self.country)
        conduct = conduct_share(self._stems[document, start], concepts, language)
        score = self._defines(concepts, language).get((document, start), 0.0)
        return Candidate(document, label, start, end, text, score, conduct, how, self._cut[document, start])

    def _defines(self, concepts: tuple[str, ...], language: str) -> Mapping[Place, float]:
        """Return the relevance of provisions for the words of a conduct."""
        if (concepts, language) not in self._shares:
            words = national_terms(concepts, self.country, language)
            self._shares[concepts, language] = shares(self.ranked(words, language))
        return self._shares[concepts, language]

    def _in_language(self, match: Clause, language: str) -> Plan:
        plan = self._plan(match)
        return replace(plan, filters=(*plan.filters, ("language", Keyword("language", (language,)))))

    @cached_property
    def _held(self) -> LawHeld:
        """Return the collection as what its comparisons select from; they share what it knows of annexes."""
        readable = ((self.collection.partition, frozenset({self.collection.id})),)
        return LawHeld(replace(self.access, readable=readable), self.engine, None, self.store)

    def _plan(self, match: Clause) -> Plan:
        annexes = tuple(sorted(self._held.annexes))
        return Plan(
            partition=self.collection.partition,
            collections=(self.collection.id,),
            match=match,
            filters=(
                ("jurisdiction", Keyword("jurisdiction", (self.country,))),
                ("document_type", Keyword("document_type", national_law_types())),
                (FIELD, MustNot(surely_not_in_force(period_of(self.day)))),
                *((("document_id", MustNot(Keyword("document_id", annexes))),) if annexes else ()),
            ),
            limits=next(
                (
                    readable.limits
                    for readable in readable_partitions(self.access)
                    if readable.partition == self.collection.partition
                ),
                (),
            ),
        )


def _role(provision: Provision) -> str:
    return SPECIAL if provision.role == CONNECTED and punishing(provision) == 0 else provision.role


def place_of(ranked: Ranked) -> Place:
    """Return the document and the offset of a ranked provision, which identify it."""
    return ranked.shown.document_id, ranked.shown.start


def shares(ranked: Sequence[Ranked]) -> dict[Place, float]:
    """Return the relevance of each provision of a ranking relative to the best."""
    return {place_of(hit): hit.score / ranked[0].score for hit in ranked}


_LIMIT = 500
_ARTICLE = re.compile(r"\d+[a-z]?")


def treaty_texts(
    instrument: ModelInstrument, language: str, access: AccessFilter, engine: Engine
) -> Mapping[str, StoredFields]:
    """Return the first article of each element's pinpoint by element id, if a text of the treaty is available.

    Of texts in several languages the one in ``language`` is preferred.
    """
    articles = {element.id: _article(element) for element in instrument.elements}
    texts: dict[str, StoredFields] = {}
    for fields in sorted(
        _held(tuple(articles.values()), access, engine), key=lambda fields: fields.language != language
    ):
        for identity in fields.identity:
            texts.setdefault(identity, fields)
    return {element: texts[article] for element, article in articles.items() if article in texts}


def _article(element: Element) -> str:
    key, _, place = element.pinpoint.rpartition(" ")
    number = _ARTICLE.match(place)
    return f"ref:int:treaty:{key}#art-{number[0]}" if number else ""


def _held(articles: tuple[str, ...], access: AccessFilter, engine: Engine) -> list[StoredFields]:
    match, only = Keyword("identity", articles), (("document_type", Keyword("document_type", ("treaty",))),)
    plans = [
        Plan(part.partition, part.collections, match, filters=only, limit=_LIMIT, limits=part.limits)
        for part in readable_partitions(access)
    ]
    return [ranked.shown for plan in plans for ranked in engine.search(plan).ranked]
