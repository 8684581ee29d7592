"""Which provisions of a country may hold the elements of a model instrument: found, and around what is found.

First the provisions that define the conduct, by the country's own names of the concepts and the words of the conduct.
Then what stands around them: their chapter, and chapters and laws that bear the name of a concept. A general rule
(attempt, complicity, evidence) stands elsewhere and is looked for element by element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from extraction.document import Document
from indexing.access import AccessFilter, Collection
from indexing.engine import Engine, Ranked, Shown
from indexing.matrix.candidates import CHAPTER, ELEMENT, HOME, NAMED, TAGGED, Candidate
from indexing.matrix.concept_words import conduct_share, home_words, max_share, names_of, names_one
from indexing.matrix.headings import Headed, headed_provisions
from indexing.plan import Clause, Everything, Keyword, Plan, Without
from indexing.search.in_force_clauses import FIELD, TODAY, day_of, surely_not
from indexing.search.query_clauses import RELAXATIONS, ClauseMaker
from indexing.search.query_tree import Run
from indexing.store.reading import Store
from nlp.annotations import Unit
from nlp.concepts.layer import LANGUAGES, concept
from nlp.document_type import national_law_types
from nlp.elements.clauses import Clause as Cut
from nlp.elements.clauses import clauses
from nlp.elements.instruments import Element, ModelInstrument
from nlp.stems import content_stems

_HOMES = 25
_OF_AN_ELEMENT = 12
_DEEP = 200  # so far down a ranking tells how well a provision answers, however it was found
_SURE = 0.5  # of the best provision's score: then its chapter is looked through
_CHAPTERS_OF = 6
_MOST_AROUND = 300
_MOST_TAGGED = 300
_SET_OUT = frozenset({"schedule", "annex"})

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

    def candidates(
        self, instrument: ModelInstrument, language: str
    ) -> Iterator[tuple[tuple[Element, ...], list[Candidate]]]:
        """Yield elements that are about the same concepts, with the provisions in ``language`` that may hold them.

        What an element asks beside its instrument's conduct (attempt, liability of legal persons) is looked for where
        that is regulated too.
        """
        asked = {*instrument.concepts, *(code for element in instrument.elements for code in element.concepts)}
        common = self._of_concepts(instrument.concepts, language)
        groups: dict[tuple[str, ...], list[Element]] = {}
        for element in instrument.elements:
            groups.setdefault(element.concepts, []).append(element)
        for concepts, elements in groups.items():
            found = common if concepts == instrument.concepts else self._of_concepts(concepts, language)
            beside = {place: replace(one, score=one.score / 2, about=False) for place, one in common.items()}
            found = beside | found
            answers = {element.id: self._found(_words(element, language), language) for element in elements}
            for ranked in answers.values():
                for one in ranked[:_OF_AN_ELEMENT]:
                    found.setdefault(_place(one), self._candidate(_placed(one.shown), concepts, language, ELEMENT))
            narrower = _narrower((*instrument.concepts, *concepts), asked)
            shares = {name: _shares(ranked) for name, ranked in answers.items()}
            yield tuple(elements), list(self._told(found, concepts, narrower, shares, language))

    def _told(
        self,
        found: Mapping[Place, Candidate],
        concepts: Sequence[str],
        narrower: tuple[str, ...],
        answers: Mapping[str, Mapping[Place, float]],
        language: str,
    ) -> Iterator[Candidate]:
        """Yield candidates with what their headings say, and whether they are about a concept that nobody asks for."""
        names = names_of(concepts, self.country, language)
        special = {_place(one) for one in self._tagged(narrower, language)} if narrower else set()
        for place, one in found.items():
            known = self._with_headings(place[0], language).get(place[1])
            yield replace(
                one,
                special=place in special,
                answers={name: shares.get(place, 0.0) for name, shares in answers.items()},
                rubric=max_share(names, known.rubric) if known else 0.0,
                headed=max_share(names, known.above) if known else 0.0,
                annexed=known is not None and known.unit.kind in _SET_OUT,
            )

    def _tagged(self, concepts: tuple[str, ...], language: str) -> list[Ranked]:
        """Return the provisions that are about one of the concepts."""
        about = replace(self._in_language(Keyword("concept", concepts), language), limit=_MOST_TAGGED)
        return [one for one in self.engine.search(about).ranked if one.shown.unit]

    def _of_concepts(self, concepts: tuple[str, ...], language: str) -> dict[Place, Candidate]:
        """Return the provisions that define or regulate concepts, and those around them."""
        homes = self._found(home_words(concepts, self.country, language), language)[:_HOMES]
        found: dict[Place, Candidate] = {}
        for one in homes:
            found[_place(one)] = self._candidate(_placed(one.shown), concepts, language, HOME)
        for document, unit, how in self._around(concepts, language, homes):
            place = (document, unit.label, unit.start, unit.end)
            if (document, unit.start) not in found:
                found[document, unit.start] = self._candidate(place, concepts, language, how)
        for one in self._tagged(concepts, language):
            held = found.get(_place(one)) or self._candidate(_placed(one.shown), concepts, language, TAGGED)
            found[_place(one)] = replace(held, about=True)
        return found

    def _around(
        self, concepts: tuple[str, ...], language: str, homes: Sequence[Ranked]
    ) -> Iterator[tuple[str, Unit, str]]:
        """Yield what stands in the chapters of the surest provisions, and under the name of a concept."""
        names = names_of(concepts, self.country, language)
        sure = [one for one in homes if one.score > _SURE * homes[0].score][:_CHAPTERS_OF]
        chapters = {(one.shown.document_id, one.shown.path[-1:]) for one in sure if one.shown.path}
        for document, title in dict.fromkeys((one.shown.document_id, one.shown.title) for one in homes):
            titled = names_one(frozenset(content_stems(title, language)), names)
            left = _MOST_AROUND
            for one in self._with_headings(document, language).values():
                how = CHAPTER if (document, one.unit.path[-1:]) in chapters else ""
                if not how and (titled or names_one(one.whole, names)):
                    how = NAMED
                if how and left:
                    left -= 1
                    yield document, one.unit, how

    def _with_headings(self, document: str, language: str) -> Mapping[int, Headed]:
        """Return the provisions of a law by where they start, with their headings."""
        if (document, language) not in self._headed:
            structure = self.store.annotations(self.access, document).structure
            self._headed[document, language] = headed_provisions(structure, language)
        return self._headed[document, language]

    def _found(self, words: str, language: str) -> tuple[Ranked, ...]:
        if (words, language) not in self._ranked:
            clause = ClauseMaker(language, RELAXATIONS).clause(Run(words))
            plan = replace(self._in_language(clause, language), limit=_DEEP)
            self._ranked[words, language] = self.engine.search(plan).ranked
        return self._ranked[words, language]

    def _defines(self, concepts: tuple[str, ...], language: str) -> Mapping[Place, float]:
        """Return how well provisions answer the words of a conduct."""
        if (concepts, language) not in self._shares:
            words = home_words(concepts, self.country, language)
            self._shares[concepts, language] = _shares(self._found(words, language))
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

    def _candidate(
        self, placed: tuple[str, str, int, int], concepts: tuple[str, ...], language: str, how: str
    ) -> Candidate:
        document, label, start, end = placed
        text = self.reading(document).text[start:end]
        if (document, start) not in self._cut:
            self._stems[document, start] = frozenset(content_stems(text, language))
            self._cut[document, start] = clauses(text, label, language, self.country)
        conduct = conduct_share(self._stems[document, start], concepts, language)
        score = self._defines(concepts, language).get((document, start), 0.0)
        return Candidate(document, label, start, end, text, score, conduct, how, self._cut[document, start])


def _placed(shown: Shown) -> tuple[str, str, int, int]:
    return shown.document_id, shown.unit, shown.start, shown.end


def _place(one: Ranked) -> Place:
    return one.shown.document_id, one.shown.start


def _shares(ranked: Sequence[Ranked]) -> dict[Place, float]:
    """Return how well each provision of a ranking answers, as a share of the best."""
    return {_place(one): one.score / ranked[0].score for one in ranked}


def _words(element: Element, language: str) -> str:
    return " ".join((element.description[language], *element.keys[language]))


def _narrower(concepts: Sequence[str], asked: Set[str]) -> tuple[str, ...]:
    """Return the narrower concepts that are not asked for."""
    return tuple(dict.fromkeys(code for one in concepts for code in concept(one).narrower if code not in asked))
