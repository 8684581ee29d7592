"""From what is to be compared to provisions: found country by country, or named one by one, with their whole texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.comparison import Column, ComparisonRequest, Provision
from indexing.comparison_parts import NOT_PUNISHING, elements_of, punishing
from indexing.embedding import Encoder
from indexing.engine import Engine, Shown
from indexing.in_force_clauses import FIELD, UNKNOWN
from indexing.provision_scopes import by_hits, by_ids
from indexing.results import Hit, SearchRequest
from indexing.search import search
from indexing.store import Store
from indexing.validity import Validity
from indexing.works import validities
from nlp.concept_layer import LANGUAGES, concept, concepts
from nlp.document_type import national_law_types

OFFERED = 4
_PINNED = "citation:"
_Reasoned: TypeAlias = tuple[Shown, tuple[str, ...]]


@dataclass(frozen=True)
class Finder:
    """Finds the provisions of one comparison; ``request`` has its date filled in."""

    request: ComparisonRequest
    access: AccessFilter
    engine: Engine
    encoder: Encoder | None
    store: Store

    def columns(self) -> tuple[Column, ...]:
        """Return a column for each country that was chosen, else for each that answers, the best first."""
        named = self._named()
        found = self._found() if self._questions else {}
        countries = self.request.jurisdictions or tuple(dict.fromkeys((*(one.jurisdiction for one in named), *found)))
        return tuple(self._column(country, named, found.get(country, [])) for country in countries)

    def _column(self, country: str, named: Sequence[Provision], found: Sequence[Provision]) -> Column:
        """Return what was named of a country, else what was found; the rest of what was found is offered."""
        own = tuple(one for one in named if one.jurisdiction == country)
        chosen = own or self._best([one for one in found if one.id not in self.request.left_out])
        ids = {one.id for one in chosen}
        return Column(country, chosen, tuple(one for one in found if one.id not in ids)[:OFFERED])

    def _best(self, found: Sequence[Provision]) -> tuple[Provision, ...]:
        """Return the best of what was found; of an offence, what defines it and what in its chapter punishes."""
        about = concepts_asked(self.request)
        if not found or not about or not all(concept(one).penal for one in about):
            return tuple(found[: self.request.most])
        ranks = {one.id: punishing(one, about) for one in found}
        defines = min(found, key=lambda one: ranks[one.id])  # the first of those that do
        beside = [one for one in found if _chapter(one) == _chapter(defines) and ranks[one.id] < NOT_PUNISHING]
        chosen = [defines]
        while len(chosen) < self.request.most and (left := [one for one in beside if one not in chosen]):
            told = {element for one in chosen for element in elements_of(one, about)}
            chosen.append(max(left, key=lambda one: len(elements_of(one, about) - told)))  # the first of those that do
        return tuple(sorted(chosen, key=lambda one: one.start))

    @cached_property
    def _questions(self) -> tuple[str, ...]:
        """Return what is asked of every country: the names of the concepts, or words."""
        language = self.request.language if self.request.language in LANGUAGES else "es"
        names = tuple(concept(one).name(language) for one in concepts_asked(self.request))
        return (*names, *filter(None, (self.request.query,)))

    def _found(self) -> dict[str, list[Provision]]:
        """Return the provisions that answer, by country; of several questions the best answers come by turns."""
        answers = [self._hits(question) for question in self._questions]
        by_country: dict[str, list[list[Hit]]] = {}
        for hits in answers:
            for country in dict.fromkeys(hit.jurisdiction for hit in hits if hit.jurisdiction):
                by_country.setdefault(country, []).append([hit for hit in hits if hit.jurisdiction == country])
        held = by_hits((hit for hits in answers for hit in hits), self.access, self.engine)
        found = {}
        for country, orders in by_country.items():
            turns = [hit for hit in _by_turns(orders) if _key(hit) in held]
            first: dict[str, _Reasoned] = {}
            for hit in turns:
                first.setdefault(held[_key(hit)].id, (held[_key(hit)], hit.why))
            found[country] = self._provisions(first.values())
        return found

    def _hits(self, question: str) -> tuple[Hit, ...]:
        asked = SearchRequest(
            query=question,
            filters=self._filters(),
            language=self.request.language if self.request.language in LANGUAGES else "",
            limit=self.request.most + OFFERED,
            group_by="jurisdiction",
        )
        return search(asked, self.access, self.engine, self.encoder).hits

    def _filters(self) -> dict[str, tuple[str, ...]]:
        filters = {"document_type": national_law_types(), FIELD: (self.request.date, UNKNOWN)}
        return filters | ({"jurisdiction": self.request.jurisdictions} if self.request.jurisdictions else {})

    def _named(self) -> list[Provision]:
        """Return the provisions that were asked for one by one; ``indexing.no_such_provision`` for one not seen."""
        shown = by_ids(self.request.provisions, self.access, self.engine)
        for wanted in self.request.provisions:
            if wanted not in shown:
                raise RogatioError("indexing.no_such_provision", provision=wanted[:80])
        chosen: list[_Reasoned] = [(shown[wanted], ()) for wanted in self.request.provisions]
        cited = [one for text in self.request.citations for one in self._cited(text)]
        return [replace(one, named=True) for one in self._provisions([*chosen, *cited])]

    def _cited(self, text: str) -> list[_Reasoned]:
        """Return the provision that a citation names, in each country that it may be of."""
        asked = SearchRequest(text, self._filters() | {"document_type": ()}, limit=10, mode="words")
        hits = [hit for hit in search(asked, self.access, self.engine).hits if _is_cited(hit)]
        first = {hit.jurisdiction: hit for hit in reversed(hits)}
        held = by_hits(first.values(), self.access, self.engine)
        if not held:
            raise RogatioError("indexing.no_such_provision", provision=text[:80])
        return [(held[_key(hit)], hit.why) for hit in first.values() if _key(hit) in held]

    def _provisions(self, found: Iterable[_Reasoned]) -> list[Provision]:
        chosen = list(found)
        known = validities(self.store, {shown.document_id for shown, _ in chosen})
        return [self._provision(shown, why, known) for shown, why in chosen]

    def _provision(self, shown: Shown, why: tuple[str, ...], known: Mapping[str, Validity]) -> Provision:
        validity = known.get(shown.document_id)
        text = shown.text or self.store.text(self.access, shown.document_id)[shown.start : shown.end]
        return Provision(
            id=shown.scope_id,
            document_id=shown.document_id,
            collection=shown.collection,
            title=shown.title or shown.source,
            jurisdiction=shown.jurisdiction,
            unit=shown.unit,
            path=shown.path,
            language=shown.language,
            date=shown.date,
            page=shown.page,
            start=shown.start,
            end=shown.end,
            text=text,
            valid_from=validity.start if validity else "",
            valid_to=validity.end if validity else "",
            in_force=validity.on(self.request.date).value if validity else "",
            why=why,
            pages=shown.pages,
        )


def concepts_asked(request: ComparisonRequest) -> tuple[str, ...]:
    """Return the concepts that a comparison is about; ``indexing.no_such_treaty_provision`` where a treaty has none."""
    if request.treaty:
        found = tuple(one.id for one in concepts().values() if request.treaty in one.treaties)
        if not found:
            raise RogatioError("indexing.no_such_treaty_provision", treaty=request.treaty[:60])
        return tuple(dict.fromkeys((*found, *filter(None, (request.concept,)))))
    return (concept(request.concept).id,) if request.concept else ()


def _by_turns(orders: Sequence[Sequence[Hit]]) -> Iterator[Hit]:
    for place in range(max(map(len, orders), default=0)):
        yield from (hits[place] for hits in orders if place < len(hits))


def _chapter(provision: Provision) -> tuple[str, tuple[str, ...]]:
    return provision.document_id, provision.path


def _key(hit: Hit) -> tuple[str, int]:
    return hit.document_id, hit.start


def _is_cited(hit: Hit) -> bool:
    return any(reason.startswith(_PINNED) for reason in hit.why)
