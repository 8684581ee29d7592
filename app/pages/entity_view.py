"""What the page of an entity shows: its names, numbers, where it occurs, and who may be the same person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.labels import country, date, label, treaty
from indexing.access import AccessFilter
from indexing.entities.occurrences import Occurrence, count_documents, document_entities, occurrences
from indexing.entities.same_person import SAME, Proposal, proposals
from indexing.entities.writing import PERSON
from indexing.store.reading import Store

PAGE_SIZE = 50
_CODES = ("LAW", "CASE", "INSTITUTION", "AUTHORITY")


@dataclass(frozen=True)
class EntityView:
    """``found`` are the documents of this page of the list, ``total`` how many there are in all."""

    found: Sequence[Occurrence]
    total: int
    proposed: Sequence[Proposal] = ()
    candidates: Sequence[Occurrence] = ()

    @property
    def main(self) -> Occurrence:
        return self.found[0]

    @property
    def is_person(self) -> bool:
        return self.main.label == PERSON

    @property
    def confirmed(self) -> list[Proposal]:
        return [one for one in self.proposed if one.verdict == SAME]

    @property
    def open(self) -> list[Proposal]:
        return [one for one in self.proposed if one.verdict != SAME]

    @cached_property
    def everywhere(self) -> list[Occurrence]:
        """Return what is shown as one: the entity, and the persons that somebody said are the same."""
        return [*self.found, *(one.other for one in self.confirmed)]

    @property
    def name(self) -> str:
        """Return the name in the reader's language where it is one of a list, else as it is written."""
        value = self.main.identifiers[0] if self.main.identifiers else ""
        shown = {"COUNTRY": country, "TREATY": treaty}.get(self.main.label)
        return shown(value) if shown else self.main.name

    @property
    def language(self) -> str:
        return "" if self.main.label in ("COUNTRY", "TREATY") else self.main.document.language

    @property
    def aliases(self) -> list[str]:
        forms = (form for one in self.everywhere for form in (one.name, *one.aliases))
        return [form for form in dict.fromkeys(forms) if form != self.name]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Return what tells it from all others: (what it is, how it is written)."""
        found = dict.fromkeys(number for one in self.everywhere for number in one.identifiers)
        return list(told_numbers(found, self.main.label))


def told_numbers(identifiers: Iterable[str], kind: str) -> Iterable[tuple[str, str]]:
    """Yield identifiers as (what it is, how it is written); codes of lists that nobody reads are left out."""
    for identifier in identifiers:
        first, _, rest = identifier.partition(":")
        if first == "born":
            yield label("same_person", "birth"), date(rest)
        elif first == "id":
            rule, _, number = rest.partition(":")
            yield label("identifier", rule), number
        elif kind in _CODES:
            yield label("same_person", "code"), identifier


def entity_view(store: Store, access: AccessFilter, key: str, page: int = 1) -> EntityView:
    """Return what is to be shown of the entity with ``key``; raises ``indexing.no_such_entity``."""
    found = occurrences(store, access, key, start=PAGE_SIZE * (max(page, 1) - 1), limit=PAGE_SIZE)
    main = found[0]
    candidates: Sequence[Occurrence] = ()
    if main.candidates:
        around = document_entities(store, access, main.document.id)
        candidates = [one for one in around if one.within in main.candidates]
    return EntityView(found, count_documents(store, access, key), proposals(store, access, main), candidates)
