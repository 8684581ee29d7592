"""View data of entities: names, identifiers, occurrences, proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.labels import country, date, label, treaty
from app.people.occurrences import Occurrence, count_documents, document_entities, occurrences
from app.people.same_person import SAME, Proposal, proposals
from indexing.access import AccessFilter
from indexing.store.entities import PERSON
from indexing.store.reading import Store
from nlp.annotations import Annotations, Entity, Span
from nlp.entities.linking import LINKED

PAGE_SIZE = 50
_CODES = ("LAW", "CASE", "INSTITUTION", "AUTHORITY")


@dataclass(frozen=True)
class EntityView:
    """``found`` are the documents on this page of the list, ``total`` the number of all."""

    found: Sequence[Occurrence]
    total: int
    proposed: Sequence[Proposal] = ()
    candidates: Sequence[Occurrence] = ()

    @property
    def main(self) -> Occurrence:
        """Return the occurrence that names the page."""
        return self.found[0]

    @property
    def is_person(self) -> bool:
        return self.main.label == PERSON

    @property
    def confirmed(self) -> list[Proposal]:
        """Return the proposals decided to be the same person."""
        return [proposal for proposal in self.proposed if proposal.verdict == SAME]

    @property
    def open(self) -> list[Proposal]:
        """Return the proposals that were not decided to be the same person."""
        return [proposal for proposal in self.proposed if proposal.verdict != SAME]

    @cached_property
    def everywhere(self) -> list[Occurrence]:
        """Return the occurrences shown as one person: the entity, and persons decided to be the same."""
        return [*self.found, *(proposal.other for proposal in self.confirmed)]

    @property
    def name(self) -> str:
        """Return the name in the reader's language if the entity is from a list, else as written."""
        value = self.main.identifiers[0] if self.main.identifiers else ""
        shown = {"COUNTRY": country, "TREATY": treaty}.get(self.main.label)
        return shown(value) if shown else self.main.name

    @property
    def language(self) -> str:
        """Return the language of the name as written, empty for a name from a list."""
        return "" if self.main.label in ("COUNTRY", "TREATY") else self.main.document.language

    @property
    def aliases(self) -> list[str]:
        """Return the other forms of the name, each once."""
        forms = (form for occurrence in self.everywhere for form in (occurrence.name, *occurrence.aliases))
        return [form for form in dict.fromkeys(forms) if form != self.name]

    @property
    def numbers(self) -> list[tuple[str, str]]:
        """Return the identifiers as (kind, written form)."""
        found = dict.fromkeys(number for occurrence in self.everywhere for number in occurrence.identifiers)
        return list(identifier_numbers(found, self.main.label))


def identifier_numbers(identifiers: Iterable[str], kind: str) -> Iterable[tuple[str, str]]:
    """Yield identifiers as (kind, written form), without internal codes of lists."""
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
    """Return the view of the entity with ``key``; raises ``indexing.no_such_entity``."""
    found = occurrences(store, access, key, start=PAGE_SIZE * (max(page, 1) - 1), limit=PAGE_SIZE)
    main = found[0]
    candidates: Sequence[Occurrence] = ()
    if main.candidates:
        around = document_entities(store, access, main.document.id)
        candidates = [occurrence for occurrence in around if occurrence.within in main.candidates]
    return EntityView(found, count_documents(store, access, key), proposals(store, access, main), candidates)


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """An entity of the document; ``key`` identifies its page, empty if it is not stored yet.

    ``candidates`` are the entities of the document to which an ambiguous mention may refer.
    """

    entity: Entity
    key: str
    candidates: tuple[Entity, ...] = ()

    @property
    def first(self) -> int:
        """Return the offset of the first mention."""
        return self.entity.mentions[0].start


@dataclass(frozen=True, slots=True)
class Kind:
    """The named entities of one label."""

    label: str
    named: tuple[NamedEntity, ...]


@dataclass(frozen=True, slots=True)
class FollowedEntity:
    """The followed entity: the present mention, counted from 1, and offsets of its neighbours, -1 for none."""

    named: NamedEntity
    number: int
    now: Span
    before: int
    after: int


def named_by_kind(annotations: Annotations, known: Iterable[Occurrence], hidden: frozenset[str]) -> list[Kind]:
    """Return the entities by kind, the most frequent first; kinds in ``hidden`` are omitted."""
    keys = {occurrence.within: occurrence.key for occurrence in known}
    entities = {entity.key: entity for entity in annotations.entities if entity.label not in hidden}
    kinds = []
    for kind in LINKED:
        of_kind = [entity for entity in entities.values() if entity.label == kind]
        of_kind.sort(key=lambda entity: (-len(entity.mentions), entity.name.casefold()))
        if of_kind:
            kinds.append(Kind(kind, tuple(_named(entity, keys, entities) for entity in of_kind)))
    return kinds


def _named(entity: Entity, keys: Mapping[str, str], entities: Mapping[str, Entity]) -> NamedEntity:
    candidates = tuple(entities[key] for key in entity.candidates if key in entities)
    return NamedEntity(entity, keys.get(entity.key, ""), candidates)


def follow_entity(kinds: Sequence[Kind], key: str, at: int) -> FollowedEntity | None:
    """Return the entity with this ``key`` and its first mention at or after ``at``, else its last."""
    named = next((entity for kind in kinds for entity in kind.named if entity.key and entity.key == key), None)
    if named is None:
        return None
    mentions = named.entity.mentions
    number = next((number for number, mention in enumerate(mentions) if mention.start >= at), len(mentions) - 1)
    before = mentions[number - 1].start if number else -1
    after = mentions[number + 1].start if number + 1 < len(mentions) else -1
    return FollowedEntity(named, number + 1, mentions[number], before, after)
