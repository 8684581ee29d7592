"""Who and what a document names, by kind; and the one that the reader follows from mention to mention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexing.entities.occurrences import Occurrence
from nlp.annotations import Annotations, Entity, Span
from nlp.entities.linking import LINKED


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of the document; ``key`` leads to its page, empty where the store does not know it yet.

    ``candidates`` are the entities of the document that it may be, where the text does not tell.
    """

    entity: Entity
    key: str
    candidates: tuple[Entity, ...] = ()

    @property
    def first(self) -> int:
        return self.entity.mentions[0].start


@dataclass(frozen=True, slots=True)
class Kind:
    label: str
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """The entity that is followed: the mention at hand, counted from 1, and offsets of its neighbours, -1 for none."""

    named: Named
    number: int
    now: Span
    before: int
    after: int


def named_by_kind(annotations: Annotations, known: Iterable[Occurrence], hidden: frozenset[str]) -> list[Kind]:
    """Return the entities by kind, in each the most often named first; kinds that are ``hidden`` are left out."""
    keys = {one.within: one.key for one in known}
    entities = {entity.key: entity for entity in annotations.entities if entity.label not in hidden}
    kinds = []
    for label in LINKED:
        of_kind = [entity for entity in entities.values() if entity.label == label]
        of_kind.sort(key=lambda entity: (-len(entity.mentions), entity.name.casefold()))
        if of_kind:
            kinds.append(Kind(label, tuple(_named(entity, keys, entities) for entity in of_kind)))
    return kinds


def _named(entity: Entity, keys: Mapping[str, str], entities: Mapping[str, Entity]) -> Named:
    candidates = tuple(entities[key] for key in entity.candidates if key in entities)
    return Named(entity, keys.get(entity.key, ""), candidates)


def followed(kinds: Sequence[Kind], key: str, at: int) -> Followed | None:
    """Return the entity with this ``key`` and its mention at ``at`` or next behind it, the last one beyond it."""
    named = next((one for kind in kinds for one in kind.named if one.key and one.key == key), None)
    if named is None:
        return None
    mentions = named.entity.mentions
    number = next((number for number, mention in enumerate(mentions) if mention.start >= at), len(mentions) - 1)
    before = mentions[number - 1].start if number else -1
    after = mentions[number + 1].start if number + 1 < len(mentions) else -1
    return Followed(named, number + 1, mentions[number], before, after)
