"""The access filter: the one condition under which anything is read.

Deny by default: a principal sees the collections that it is granted and nothing else. Documents lie in spaces,
one for public law and one for each authority's files, so that no statistics of one authority's words reach another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC_SPACE = "public"


@dataclass(frozen=True, slots=True)
class Collection:
    """Public law, or the files of one authority; ``space`` names the index that its passages lie in."""

    id: str
    name: str
    authority: str = ""

    @property
    def space(self) -> str:
        return f"authority-{self.authority}" if self.authority else PUBLIC_SPACE

    @property
    def is_public(self) -> bool:
        return not self.authority


@dataclass(frozen=True, slots=True)
class Principal:
    """Someone who asks; ``sees_all`` is the one local user of an installation without accounts."""

    id: str
    collections: frozenset[str] = frozenset()
    sees_all: bool = False


LOCAL_USER = Principal("local", sees_all=True)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """The collections that may be seen, by space; a space without an entry is never opened."""

    principal: str
    readable: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def spaces(self) -> tuple[str, ...]:
        return tuple(space for space, _ in self.readable)

    @property
    def collections(self) -> frozenset[str]:
        return frozenset().union(*(ids for _, ids in self.readable))

    def allows(self, collection: str) -> bool:
        return collection in self.collections


def access_filter(principal: Principal, collections: Iterable[Collection]) -> AccessFilter:
    """Return the filter of ``principal`` over all ``collections`` of the installation."""
    by_space: dict[str, set[str]] = {}
    for collection in collections:
        if principal.sees_all or collection.id in principal.collections:
            by_space.setdefault(collection.space, set()).add(collection.id)
    return AccessFilter(principal.id, tuple((space, frozenset(ids)) for space, ids in sorted(by_space.items())))
