"""Which provisions of a country may hold the elements of a model instrument: found, and around what is found.

First the provisions that define the conduct, by the country's own names of the concepts and the words of the conduct.
Then what stands around them: their chapter, and chapters and laws that bear the name of a concept. A general rule
(attempt, complicity, evidence) stands elsewhere and is looked for element by element.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from extraction.document import Document
from indexing.access import AccessFilter, Collection
from indexing.engine import Engine, Ranked, Shown
from indexing.plan import Clause, Everything, Keyword, Plan, Without
from indexing.search.in_force_clauses import FIELD, TODAY, day_of, surely_not
from indexing.search.query_clauses import RELAXATIONS, ClauseMaker
from indexing.search.query_tree import Run
from indexing.store.reading import Store
from nlp.annotations import Unit
from nlp.concepts.layer import LANGUAGES, concept, labels_for
from nlp.document_type import national_law_types
from nlp.elements.clauses import Clause as Cut
from nlp.elements.clauses import clauses
from nlp.elements.instruments import Element, ModelInstrument
from nlp.stems import content_stems
from nlp.structure.structure import provisions

HOME, CHAPTER, NAMED, TAGGED, ELEMENT = "home", "chapter", "named", "tagged", "element"
_HOMES = 25
_OF_AN_ELEMENT = 12
_SURE = 0.5  # of the best provision's score: then its chapter is looked through
_CHAPTERS_OF = 6
_MOST_AROUND = 300
_MOST_TAGGED = 300
_ENOUGH = frozenset({"", "close"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision to look through: ``text`` is the document's from ``start`` to ``end``.

    ``score`` is how much it defines the conduct, as a share of the best provision's; 0 for what was not found by it.
    ``conduct`` is which share of the words of the conduct it has, whatever the best has: 0 to 1.
    ``found`` is ``HOME``, ``CHAPTER`` (stands beside one), ``NAMED`` (a heading or the law's title names a concept),
    ``TAGGED`` (is about one, as tagging has it) or ``ELEMENT`` (holds the words of an element). ``about`` tells whether
    it is tagged with one, however it was found, ``special`` whether with a narrower one that nobody asks for (bribery
    among private persons, where bribery is asked for). ``cut`` are its clauses.
    """

    document_id: str
    unit: str
    start: int
    end: int
    text: str
    score: float
    conduct: float
    found: str
    cut: tuple[Cut, ...]
    about: bool = False
    special: bool = False


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
    _stems: dict[tuple[str, int], frozenset[str]] = field(default_factory=dict)
    _cut: dict[tuple[str, int], tuple[Cut, ...]] = field(default_factory=dict)
    _headed: dict[tuple[str, str], list[tuple[Unit, frozenset[str]]]] = field(default_factory=dict)

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
            for place in self._special(concepts, asked, language) & found.keys():
                found[place] = replace(found[place], special=True)
            for element in elements:
                words = " ".join((element.description[language], *element.keys[language]))
                for one in self._found(words, language, _OF_AN_ELEMENT):
                    found.setdefault(_place(one), self._candidate(_placed(one.shown), concepts, language, 0.0, ELEMENT))
            yield tuple(elements), list(found.values())

    def _special(self, concepts: Iterable[str], asked: Set[str], language: str) -> set[tuple[str, int]]:
        """Return where provisions stand that are about a narrower concept which is not asked for."""
        narrower = dict.fromkeys(code for one in concepts for code in concept(one).narrower if code not in asked)
        return {_place(one) for one in self._tagged(tuple(narrower), language)} if narrower else set()

    def _tagged(self, concepts: tuple[str, ...], language: str) -> list[Ranked]:
        """Return the provisions that are about one of the concepts."""
        about = replace(self._in_language(Keyword("concept", concepts), language), limit=_MOST_TAGGED)
        return [one for one in self.engine.search(about).ranked if one.shown.unit]

    def _of_concepts(self, concepts: tuple[str, ...], language: str) -> dict[tuple[str, int], Candidate]:
        """Return the provisions that define or regulate concepts, and those around them."""
        homes = self._found(_home_words(concepts, self.country, language), language, _HOMES)
        found: dict[tuple[str, int], Candidate] = {}
        for one in homes:
            share = one.score / homes[0].score
            found[_place(one)] = self._candidate(_placed(one.shown), concepts, language, share, HOME)
        for document, unit, how in self._around(concepts, language, homes):
            place = (document, unit.label, unit.start, unit.end)
            if (document, unit.start) not in found:
                found[document, unit.start] = self._candidate(place, concepts, language, 0.0, how)
        for one in self._tagged(concepts, language):
            held = found.get(_place(one)) or self._candidate(_placed(one.shown), concepts, language, 0.0, TAGGED)
            found[_place(one)] = replace(held, about=True)
        return found

    def _around(
        self, concepts: tuple[str, ...], language: str, homes: Sequence[Ranked]
    ) -> Iterator[tuple[str, Unit, str]]:
        """Yield what stands in the chapters of the surest provisions, and under the name of a concept."""
        names = _names(concepts, self.country, language)
        sure = [one for one in homes if one.score > _SURE * homes[0].score][:_CHAPTERS_OF]
        chapters = {(one.shown.document_id, one.shown.path[-1:]) for one in sure if one.shown.path}
        for document, title in dict.fromkeys((one.shown.document_id, one.shown.title) for one in homes):
            titled = _names_one(frozenset(content_stems(title, language)), names)
            left = _MOST_AROUND
            for unit, stems in self._with_headings(document, language):
                how = CHAPTER if (document, unit.path[-1:]) in chapters else ""
                if not how and (titled or _names_one(stems, names)):
                    how = NAMED
                if how and left:
                    left -= 1
                    yield document, unit, how

    def _with_headings(self, document: str, language: str) -> list[tuple[Unit, frozenset[str]]]:
        """Return the provisions of a law, each with the stems of its heading and of those above it."""
        if (document, language) not in self._headed:
            units = provisions(self.store.annotations(self.access, document).structure)
            known = {line: frozenset(content_stems(line, language)) for unit in units for line in _headings(unit)}
            self._headed[document, language] = [
                (unit, frozenset().union(*(known[line] for line in _headings(unit)))) for unit in units
            ]
        return self._headed[document, language]

    def _found(self, words: str, language: str, limit: int) -> tuple[Ranked, ...]:
        clause = ClauseMaker(language, RELAXATIONS).clause(Run(words))
        return self.engine.search(replace(self._in_language(clause, language), limit=limit)).ranked

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
        self, placed: tuple[str, str, int, int], concepts: tuple[str, ...], language: str, score: float, how: str
    ) -> Candidate:
        document, label, start, end = placed
        text = self.reading(document).text[start:end]
        if (document, start) not in self._cut:
            self._stems[document, start] = frozenset(content_stems(text, language))
            self._cut[document, start] = clauses(text, label, language, self.country)
        conduct = _conduct_share(self._stems[document, start], concepts, language)
        return Candidate(document, label, start, end, text, score, conduct, how, self._cut[document, start])


def _placed(shown: Shown) -> tuple[str, str, int, int]:
    return shown.document_id, shown.unit, shown.start, shown.end


def _place(one: Ranked) -> tuple[str, int]:
    return one.shown.document_id, one.shown.start


def _home_words(concepts: Iterable[str], country: str, language: str) -> str:
    """Return what the provisions that define the conduct say: its names in the country's law, verbs and objects."""
    words: list[str] = []
    for code in concepts:
        words += [label.text for label in labels_for(code, country, language)]
        if conduct := concept(code).conduct.get(language):
            words += [*conduct.verbs, *conduct.objects]
    return " ".join(dict.fromkeys(words))


def _conduct_share(stems: frozenset[str], concepts: Iterable[str], language: str) -> float:
    """Return which share of the words of a conduct ``stems`` have, of the concept of which they have most."""
    words = (_conduct(code, language) for code in concepts)
    return max((len(own & stems) / len(own) for own in words if own), default=0.0)


@cache
def _conduct(code: str, language: str) -> frozenset[str]:
    conduct = concept(code).conduct.get(language)
    return frozenset(content_stems(" ".join((*conduct.verbs, *conduct.objects)), language)) if conduct else frozenset()


def _names(concepts: Iterable[str], country: str, language: str) -> list[frozenset[str]]:
    """Return the stems of each name that is enough in a heading."""
    labels = (label for code in concepts for label in labels_for(code, country, language))
    return [frozenset(content_stems(one.text, language)) for one in labels if one.relation in _ENOUGH]


def _headings(unit: Unit) -> tuple[str, ...]:
    return (*unit.path, unit.heading)


def _names_one(stems: frozenset[str], names: Iterable[frozenset[str]]) -> bool:
    return any(name and name <= stems for name in names)
