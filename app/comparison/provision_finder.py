"""Finds the relevant provisions for a question in all countries at once, and their roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from app.comparison.ancillary_provisions import BEFORE, BEHIND, ancillary_provisions, cited_units
from app.comparison.provisions import WholeProvisions, named_provisions
from app.comparison.published_law import annexed_laws
from app.comparison.question import ABOUT, concepts_of_request, jurisdiction_filters, words_to_search
from app.comparison.selection import Selection, by_turns, select, surer_reasons
from app.comparison.table import Column, ComparisonRequest, Provision
from indexing.access import AccessFilter, Principal
from indexing.engines.plan import readable_partitions
from indexing.engines.protocol import Engine
from indexing.installation import Installation
from indexing.records.validity import today
from indexing.search.provision_lookup import by_ids, by_unit, provisions_around
from indexing.search.request import RECOGNISED, Hit, SearchRequest
from indexing.search.search import retrieve
from indexing.store.reading import Store
from indexing.vectors.encoder import Encoder
from nlp.concepts.layer import LANGUAGES, concept
from nlp.elements.provision_kinds import is_frame
from nlp.provision_roles.classifier import BASIC, CONNECTED
from nlp.structure.former_wording import is_of_day, without_period

OFFERED = 4
_SIBLINGS = 8
"""Additional tagged provisions per country: in a law on one offence all are tagged, and few of them punish."""
NEAR = 3
"""Provisions before and behind those found that are read where no basic offence is among these."""
# Concepts are searched in one language for all readers, so that a working group sees the same table.
_CONCEPTS_IN = "es"
_Answer: TypeAlias = tuple[Hit, tuple[str, ...]]


@dataclass(frozen=True)
class LawHeld:
    """The sources from which provisions are selected: the law of an installation that ``access`` allows."""

    access: AccessFilter
    engine: Engine
    encoder: Encoder | None
    store: Store

    @cached_property
    def annexes(self) -> frozenset[str]:
        """Return the annexes of requests, which are not the law of a State; asked for once."""
        collections = {each for part in readable_partitions(self.access) for each in part.collections}
        return frozenset(annexed_laws(self.store, sorted(collections)))


def law_held(installation: Installation, principal: Principal) -> LawHeld:
    """Return the law of an installation that ``principal`` may see."""
    return LawHeld(installation.store.access(principal), installation.engine, installation.encoder, installation.store)


def select_provisions(
    query: ComparisonRequest, countries: Sequence[str], date: str, law: LawHeld
) -> tuple[Column, ...]:
    """Return for each country the relevant provisions for ``query``, with their roles, or none.

    ``countries`` are ISO 3166 alpha-2, by default all with results. ``date`` is ISO 8601, by default today. Raises
    ``indexing.no_such_provision`` and ``indexing.not_of_the_day`` for provisions named in ``query``.
    """
    request = replace(query, jurisdictions=tuple(countries), date=date or today())
    return _ProvisionFinder(request, law).columns()


def _wordings_of_day(answers: Sequence[_Answer], day: str) -> list[_Answer]:
    """Return the answers without wordings of other periods, which editors print below the wording in force."""
    found = [(hit, why) for hit, why in answers if is_of_day(hit.unit, day)]
    replaced = {(hit.document_id, name) for hit, _ in found if (name := without_period(hit.unit)) != hit.unit}
    return [(hit, why) for hit, why in found if (hit.document_id, hit.unit) not in replaced]


def _is_lacking(column: Column) -> bool:
    """Return whether a column has neither a basic offence nor a provision that was named."""
    return not any(provision.named or provision.role == BASIC for provision in column.provisions)


def _names_it(provision: Provision) -> bool:
    """Return whether a provision was found by the concept or a name of it, not by meaning alone."""
    return any(reason.partition(":")[0] in (ABOUT, "concept", "name") for reason in provision.why)


@dataclass(frozen=True)
class _ProvisionFinder:
    """Finds the provisions of one question; ``request`` has its date filled in."""

    request: ComparisonRequest
    law: LawHeld

    def columns(self) -> tuple[Column, ...]:
        """Return a column for each selected country, else for each with results, best first."""
        named = self._named()
        found = self._found() if self._questions else {}
        countries = self.request.jurisdictions or tuple(
            dict.fromkeys((*(provision.jurisdiction for provision in named), *found))
        )
        columns = [self._column(country, named, found.get(country, [])) for country in countries]
        return self._completed(self._widened(columns, found))

    def _named(self) -> list[Provision]:
        """Return the provisions named or cited, each once and without those left out."""
        named = named_provisions(self.request, self.law.access, self.law.engine, self.law.store)
        by_id = {provision.id: provision for provision in named if provision.id not in self.request.left_out}
        return list(by_id.values())

    def _widened(self, columns: Sequence[Column], found: Mapping[str, Sequence[Provision]]) -> list[Column]:
        """Return the columns, those without a basic offence selected again with the provisions beside those found.

        An offence without a rubric may not name the concept: "El que convierta bienes, a sabiendas de que ...".
        """
        if not self._is_of_offences:
            return list(columns)
        lacking = {column.jurisdiction: found.get(column.jurisdiction, ()) for column in columns if _is_lacking(column)}
        naming = [provision for of_country in lacking.values() for provision in of_country if _names_it(provision)]
        beside = self._around(naming, NEAR, NEAR)
        return [self._selected_again(column, lacking.get(column.jurisdiction, ()), beside) for column in columns]

    def _selected_again(self, column: Column, found: Sequence[Provision], beside: Sequence[Provision]) -> Column:
        own = {provision.id: provision for provision in beside if provision.jurisdiction == column.jurisdiction}
        known = {provision.id for provision in found}
        added = [provision for provision in own.values() if provision.id not in known]
        again = self._column(column.jurisdiction, (), [*found, *added]) if found and added else column
        return again if any(provision.role == BASIC for provision in again.provisions) else column

    @property
    def _is_of_offences(self) -> bool:
        return bool(self._about) and all(concept(code).penal for code in self._about)

    def _around(self, found: Sequence[Provision], before: int, behind: int) -> list[Provision]:
        """Return the provisions beside those ``found`` in their laws, as in force on the day."""
        ids = dict.fromkeys(near for provision in found for near in provisions_around(provision.id, before, behind))
        shown = by_ids(tuple(ids), self.law.access, self.law.engine)
        of_day = [shown[scope_id] for scope_id in ids if scope_id in shown]
        return self._whole.of((one, ()) for one in of_day if is_of_day(one.unit, self.request.date, one.since))

    def _completed(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Return the columns with the rules connected with their offences."""
        if not self._is_of_offences:
            return tuple(columns)
        found = [provision for column in columns for provision in column.provisions if not provision.named]
        near = self._around(found, BEFORE, BEHIND)
        return tuple(self._with_connected(column, near) for column in columns)

    def _with_connected(self, column: Column, near: Sequence[Provision]) -> Column:
        chosen = [provision for provision in column.provisions if not provision.named]
        documents = {provision.document_id for provision in chosen}
        own_law = [provision for provision in near if provision.document_id in documents]
        added = (*(ancillary_provisions(chosen, own_law) if chosen else ()), *self._cited(chosen))
        added = tuple({provision.id: provision for provision in added}.values())
        rules = tuple(replace(provision, role=CONNECTED) for provision in added)
        kept = tuple(provision for provision in rules if provision.id not in self.request.left_out)
        shown = {provision.id for provision in (*column.provisions, *kept)}
        offered = {provision.id: provision for provision in (*rules, *column.offered) if provision.id not in shown}
        return replace(column, connected=kept, offered=tuple(offered.values())[:OFFERED])

    def _cited(self, chosen: Sequence[Provision]) -> list[Provision]:
        """Return the provisions whose penalties the offences take."""
        cited = cited_units(chosen)
        found = [
            shown for document, unit in cited for shown in by_unit(document, unit, self.law.access, self.law.engine)
        ]
        ids = {provision.id for provision in chosen}
        return self._whole.of((shown, ()) for shown in found if shown.scope_id not in ids)

    def _column(self, country: str, named: Sequence[Provision], found: Sequence[Provision]) -> Column:
        """Return the provisions named of a country, else those found and selected; the others are offered."""
        own = tuple(provision for provision in named if provision.jurisdiction == country)
        left_out = tuple(provision for provision in found if provision.id in self.request.left_out)
        kept = [provision for provision in found if provision.id not in self.request.left_out]
        selection = Selection(own, tuple(kept)) if own else self._selected(kept)
        ids = {provision.id for provision in selection.compared}
        offered = tuple(provision for provision in (*left_out, *selection.offered) if provision.id not in ids)
        return Column(country, selection.compared, offered[:OFFERED], found=bool(selection.compared))

    def _selected(self, kept: Sequence[Provision]) -> Selection:
        """Return the provisions to compare for the concepts of the question or, without any, the most relevant ones."""
        if self._about:
            return select(kept, self._about, self.request.most)
        stating = [provision for provision in kept if not is_frame(provision.unit)]
        return Selection(tuple(stating[: self.request.most]), tuple(stating[self.request.most :]))

    @cached_property
    def _about(self) -> tuple[str, ...]:
        return concepts_of_request(self.request)

    @cached_property
    def _whole(self) -> WholeProvisions:
        return WholeProvisions(self.law.access, self.law.store, self.request.date)

    @cached_property
    def _questions(self) -> tuple[tuple[str, str], ...]:
        """Return the queries for all countries: the names of the concepts with their ids, and words without one."""
        names = [(concept(code).preferred(_CONCEPTS_IN), code) for code in self._about]
        words = words_to_search(self.request)
        return (*names, (words, "")) if words else tuple(names)

    def _found(self) -> dict[str, list[Provision]]:
        """Return the relevant provisions by country; the results of several queries are interleaved."""
        by_country: dict[str, dict[str, tuple[str, ...]]] = {}
        answers = by_turns([self._answers(words, about) for words, about in self._questions])
        for hit, why in _wordings_of_day(list(answers), self.request.date):
            if hit.unit and hit.jurisdiction:
                found = by_country.setdefault(hit.jurisdiction, {})
                found[hit.scope_id] = surer_reasons(found.get(hit.scope_id, ()), why)
        most = (self._most + _SIBLINGS) * len(self._questions) + len(self.request.left_out)
        reasons = {scope: why for own in by_country.values() for scope, why in islice(own.items(), most)}
        held = by_ids(tuple(reasons), self.law.access, self.law.engine)
        provisions = self._whole.of((held[scope], why) for scope, why in reasons.items() if scope in held)
        return {
            country: [provision for provision in provisions if provision.jurisdiction == country]
            for country in by_country
        }

    @property
    def _most(self) -> int:
        """Return the maximum number of provisions per query and country."""
        return self.request.most + OFFERED

    def _answers(self, words: str, about: str) -> list[_Answer]:
        """Return hits with their reasons, those tagged with the concept first.

        Further hits of a selected country are searched only if few are tagged.
        """
        if not about:
            return [(hit, hit.why) for hit in self._hits(words, {}, self.request.language)]
        tagged = self._hits(words, {"concept": (about,)}, _CONCEPTS_IN, _SIBLINGS)
        counted = Counter(hit.jurisdiction for hit in tagged)
        few = tuple(country for country in self.request.jurisdictions if counted[country] < self._most)
        filters = {"jurisdiction": few}
        others = self._hits(words, filters, _CONCEPTS_IN) if few or not self.request.jurisdictions else ()
        return [*((hit, (f"{ABOUT}:{about}", *hit.why)) for hit in tagged), *((hit, hit.why) for hit in others)]

    def _hits(
        self, words: str, filters: Mapping[str, tuple[str, ...]], language: str, more: int = 0
    ) -> tuple[Hit, ...]:
        search_request = SearchRequest(
            query=words,
            filters={
                **jurisdiction_filters(self.request),
                **{name: values for name, values in filters.items() if values},
            },
            language=language if language in LANGUAGES else "",
            limit=self._most + more,
            group_by="jurisdiction",
            as_words=RECOGNISED,
        )
        hits = retrieve(search_request, self.law.access, self.law.engine, self.law.encoder).hits
        return tuple(hit for hit in hits if hit.document_id not in self.law.annexes)
