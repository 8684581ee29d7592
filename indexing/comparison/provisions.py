"""From what is to be compared to provisions: found country by country, or named one by one, with their whole texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from indexing.access import AccessFilter
from indexing.comparison.asked import concepts_asked, law_asked
from indexing.comparison.beside import BEFORE, BEHIND, beside
from indexing.comparison.choice import ABOUT, best
from indexing.comparison.named_provisions import named_provisions
from indexing.comparison.table import Column, ComparisonRequest, Provision
from indexing.comparison.whole_provisions import WholeProvisions
from indexing.embedding import Encoder
from indexing.engine import Engine
from indexing.search.provision_scopes import around, by_ids
from indexing.search.results import Hit, SearchRequest
from indexing.search.search import search
from indexing.store.reading import Store
from nlp.concepts.layer import LANGUAGES, concept

OFFERED = 4
_SIBLINGS = 8
"""How many more that are tagged are looked at: in a law of one offence all are, and few of them punish."""
# A concept is asked for in one language whoever reads, so that a working group sees one table in all its languages.
_CONCEPTS_IN = "es"
_Answer: TypeAlias = tuple[Hit, tuple[str, ...]]


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
        named = named_provisions(self.request, self.access, self.engine, self.store)
        found = self._found() if self._questions else {}
        countries = self.request.jurisdictions or tuple(dict.fromkeys((*(one.jurisdiction for one in named), *found)))
        return self._completed([self._column(country, named, found.get(country, [])) for country in countries])

    def _completed(self, columns: Sequence[Column]) -> tuple[Column, ...]:
        """Return the columns with what belongs to their offences and stands beside them."""
        about = concepts_asked(self.request)
        if not about or not all(concept(one).penal for one in about):
            return tuple(columns)
        found = [one for column in columns for one in column.provisions if not one.named]
        ids = dict.fromkeys(near for one in found for near in around(one.id, BEFORE, BEHIND))
        shown = by_ids(tuple(ids), self.access, self.engine)
        near = self._whole.of((shown[one], ()) for one in ids if one in shown)
        return tuple(self._with_beside(column, near, about) for column in columns)

    def _with_beside(self, column: Column, near: Sequence[Provision], about: Sequence[str]) -> Column:
        chosen = [one for one in column.provisions if not one.named]
        documents = {one.document_id for one in chosen}
        added = beside(chosen, [one for one in near if one.document_id in documents], about) if chosen else ()
        kept = tuple(one for one in added if one.id not in self.request.left_out)
        shown = {one.id for one in (*column.provisions, *kept)}
        offered = [one for one in (*added, *column.offered) if one.id not in shown]
        provisions = (*column.provisions, *kept)
        return Column(column.jurisdiction, provisions, tuple({one.id: one for one in offered}.values())[:OFFERED])

    def _column(self, country: str, named: Sequence[Provision], found: Sequence[Provision]) -> Column:
        """Return what was named of a country, else what was found; the rest of what was found is offered."""
        own = tuple(one for one in named if one.jurisdiction == country)
        kept = [one for one in found if one.id not in self.request.left_out]
        chosen = own or best(kept, concepts_asked(self.request), self.request.most)
        ids = {one.id for one in chosen}
        return Column(country, chosen, tuple(one for one in found if one.id not in ids)[:OFFERED])

    @cached_property
    def _whole(self) -> WholeProvisions:
        return WholeProvisions(self.access, self.store, self.request.date)

    @cached_property
    def _questions(self) -> tuple[tuple[str, str], ...]:
        """Return what is asked of every country: the names of the concepts with their ids, and words without one."""
        names = [(concept(one).preferred(_CONCEPTS_IN), one) for one in concepts_asked(self.request)]
        return (*names, *((words, "") for words in (self.request.query,) if words))

    def _found(self) -> dict[str, list[Provision]]:
        """Return the provisions that answer, by country; of several questions the best answers come by turns."""
        by_country: dict[str, dict[str, tuple[str, ...]]] = {}
        for hit, why in _by_turns([self._answers(words, about) for words, about in self._questions]):
            if hit.unit and hit.jurisdiction:
                by_country.setdefault(hit.jurisdiction, {}).setdefault(hit.scope_id, why)
        most = (self._most + _SIBLINGS) * len(self._questions) + len(self.request.left_out)
        reasons = {scope: why for found in by_country.values() for scope, why in islice(found.items(), most)}
        held = by_ids(tuple(reasons), self.access, self.engine)
        provisions = self._whole.of((held[scope], why) for scope, why in reasons.items() if scope in held)
        return {country: [one for one in provisions if one.jurisdiction == country] for country in by_country}

    @property
    def _most(self) -> int:
        """Return how many provisions a question brings of a country at most."""
        return self.request.most + OFFERED

    def _answers(self, words: str, about: str) -> list[_Answer]:
        """Return hits with their reasons, those that are tagged with the concept before all others.

        Of a country that was chosen others are looked for only where few are tagged.
        """
        if not about:
            return [(hit, hit.why) for hit in self._hits(words, {}, self.request.language)]
        tagged = self._hits(words, {"concept": (about,)}, _CONCEPTS_IN, _SIBLINGS)
        counted = Counter(hit.jurisdiction for hit in tagged)
        few = tuple(country for country in self.request.jurisdictions if counted[country] < self._most)
        wanted = {"jurisdiction": few}
        others = self._hits(words, wanted, _CONCEPTS_IN) if few or not self.request.jurisdictions else ()
        return [*((hit, (f"{ABOUT}:{about}", *hit.why)) for hit in tagged), *((hit, hit.why) for hit in others)]

    def _hits(
        self, words: str, filters: Mapping[str, tuple[str, ...]], language: str, more: int = 0
    ) -> tuple[Hit, ...]:
        asked = SearchRequest(
            query=words,
            filters={**law_asked(self.request), **{name: values for name, values in filters.items() if values}},
            language=language if language in LANGUAGES else "",
            limit=self._most + more,
            group_by="jurisdiction",
        )
        return search(asked, self.access, self.engine, self.encoder).hits


def _by_turns(orders: Sequence[Sequence[_Answer]]) -> Iterator[_Answer]:
    for place in range(max(map(len, orders), default=0)):
        yield from (answers[place] for answers in orders if place < len(answers))
