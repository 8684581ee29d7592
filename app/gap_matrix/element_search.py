"""Retrieval of the provisions of a country that may contain elements of a model instrument.

First the provisions that define the conduct, by the country's own names of the concepts and the words of the conduct;
then their chapter, and chapters and laws named after a concept. General rules (attempt, complicity, evidence) are
elsewhere and are searched for each element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from app.gap_matrix.national_law import NationalLaw, Place, place_of, shares
from indexing.engines.protocol import Ranked
from nlp.annotations import Unit
from nlp.concepts.layer import concept
from nlp.elements.instruments import Element, ModelInstrument
from nlp.evidence.clause_features import contains_name, max_share, names_of, national_terms
from nlp.evidence.clauses import CHAPTER, ELEMENT, HOME, NAMED, TAGGED, Candidate
from nlp.folding import content_stems
from nlp.provision_roles.classifier import BASIC, SPECIAL

_HOMES = 25
_OF_AN_ELEMENT = 12
_SURE = 0.5  # share of the best score from which the provision's chapter is included
_CHAPTERS_OF = 6
_MAX_AROUND = 300
_SET_OUT = frozenset({"schedule", "annex"})


@dataclass(frozen=True, slots=True)
class ElementSearch:
    """Searches the provisions of a country's ``law`` written in ``language``."""

    law: NationalLaw
    language: str

    def candidates(self, instrument: ModelInstrument) -> Iterator[tuple[tuple[Element, ...], list[Candidate]]]:
        """Yield elements about the same concepts, with the provisions that may contain them.

        Elements beyond the instrument's conduct (attempt, liability of legal persons) are also searched where that
        subject is regulated.
        """
        concept_ids = {*instrument.concepts, *(code for element in instrument.elements for code in element.concepts)}
        common = self._of_concepts(instrument.concepts)
        groups: dict[tuple[str, ...], list[Element]] = {}
        for element in instrument.elements:
            groups.setdefault(element.concepts, []).append(element)
        for concepts, elements in groups.items():
            found = common if concepts == instrument.concepts else self._of_concepts(concepts)
            beside = {
                place: replace(candidate, score=candidate.score / 2, about=False) for place, candidate in common.items()
            }
            found = beside | found
            answers = {
                element.id: self.law.ranked(_words(element, self.language), self.language) for element in elements
            }
            for ranked in answers.values():
                for hit in ranked[:_OF_AN_ELEMENT]:
                    found.setdefault(place_of(hit), self._candidate(hit, concepts, ELEMENT))
            narrower = _narrower((*instrument.concepts, *concepts), concept_ids)
            answered = {name: shares(ranked) for name, ranked in answers.items()}
            roles = self._roles(tuple(dict.fromkeys((*concepts, *instrument.concepts))))
            mentioned = self._with_context(found, concepts, narrower, answered)
            missing = self._has_no_offence(instrument.concepts)
            yield (
                tuple(elements),
                [_with_role(candidate, roles.get(place, ""), missing) for place, candidate in mentioned],
            )

    def _with_context(
        self,
        found: Mapping[Place, Candidate],
        concepts: Sequence[str],
        narrower: tuple[str, ...],
        answers: Mapping[str, Mapping[Place, float]],
    ) -> Iterator[tuple[Place, Candidate]]:
        """Yield candidates with the features of their headings, and whether a concept is outside of the question."""
        names = names_of(concepts, self.law.country, self.language)
        special = {place_of(ranked) for ranked in self.law.tagged(narrower, self.language)} if narrower else set()
        for place, candidate in found.items():
            known = self.law.headings(place[0], self.language).get(place[1])
            yield (
                place,
                replace(
                    candidate,
                    special=place in special,
                    answers={name: answered.get(place, 0.0) for name, answered in answers.items()},
                    rubric=max_share(names, known.rubric) if known else 0.0,
                    headed=max_share(names, known.above) if known else 0.0,
                    annexed=known is not None and known.unit.kind in _SET_OUT,
                    heading=known.rubric if known else frozenset(),
                ),
            )

    def _roles(self, concepts: Sequence[str]) -> Mapping[Place, str]:
        """Return the roles of provisions in comparisons of the concepts; the basic offence of any takes precedence."""
        roles: dict[Place, str] = {}
        for code in concepts:
            for place, role in self.law.roles(code).items():
                roles[place] = BASIC if BASIC in (role, roles.get(place)) else role
        return roles

    def _has_no_offence(self, concepts: Sequence[str]) -> bool:
        """Return whether concepts are offences and comparisons find none of them in the country's law."""
        penal = [code for code in concepts if concept(code).penal]
        return bool(penal) and not any(BASIC in self.law.roles(code).values() for code in penal)

    def _of_concepts(self, concepts: tuple[str, ...]) -> dict[Place, Candidate]:
        """Return the provisions that define or regulate concepts, and their surroundings."""
        homes = self.law.ranked(national_terms(concepts, self.law.country, self.language), self.language)[:_HOMES]
        found = {place_of(hit): self._candidate(hit, concepts, HOME) for hit in homes}
        for document, unit, how in self._around(concepts, homes):
            if (document, unit.start) not in found:
                bounds = (unit.start, unit.end)
                held = self.law.candidate(document, unit.label, bounds, concepts, self.language, how)
                found[document, unit.start] = held
        for ranked in self.law.tagged(concepts, self.language):
            held = found.get(place_of(ranked)) or self._candidate(ranked, concepts, TAGGED)
            found[place_of(ranked)] = replace(held, about=True)
        return found

    def _around(self, concepts: tuple[str, ...], homes: Sequence[Ranked]) -> Iterator[tuple[str, Unit, str]]:
        """Yield the provisions in the chapters of the most relevant ones, and those below the name of a concept."""
        names = names_of(concepts, self.law.country, self.language)
        sure = [ranked for ranked in homes if ranked.score > _SURE * homes[0].score][:_CHAPTERS_OF]
        chapters = {(ranked.shown.document_id, ranked.shown.path[-1:]) for ranked in sure if ranked.shown.path}
        for document, title in dict.fromkeys((ranked.shown.document_id, ranked.shown.title) for ranked in homes):
            titled = contains_name(frozenset(content_stems(title, self.language)), names)
            left = _MAX_AROUND
            for provision in self.law.headings(document, self.language).values():
                how = CHAPTER if (document, provision.unit.path[-1:]) in chapters else ""
                if not how and (titled or contains_name(provision.whole, names)):
                    how = NAMED
                if how and left:
                    left -= 1
                    yield document, provision.unit, how

    def _candidate(self, ranked: Ranked, concepts: tuple[str, ...], how: str) -> Candidate:
        shown = ranked.shown
        bounds = (shown.start, shown.end)
        return self.law.candidate(shown.document_id, shown.unit, bounds, concepts, self.language, how)


def _with_role(candidate: Candidate, role: str, no_offence: bool) -> Candidate:
    """Return the candidate with its role; a form of the offence is about it, whatever its words."""
    return replace(candidate, role=role, no_offence=no_offence, about=candidate.about or role == SPECIAL)


def _words(element: Element, language: str) -> str:
    return " ".join((element.description[language], *element.keys[language]))


def _narrower(concepts: Sequence[str], broader: Set[str]) -> tuple[str, ...]:
    """Return the narrower concepts that are not in ``broader``."""
    return tuple(dict.fromkeys(code for outer in concepts for code in concept(outer).narrower if code not in broader))
