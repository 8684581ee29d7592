"""The access filter: the one condition under which anything is read.

Deny by default: a principal sees the collections that it is granted and nothing else. Documents lie in partitions,
one for public law and one for each authority's files, so that no statistics of one authority's words reach another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC_PARTITION = "public"


@dataclass(frozen=True, slots=True)
class Collection:
    """Public law, or the files of one authority; ``partition`` names the index that its passages lie in."""

    id: str
    name: str
    authority: str = ""

    @property
    def partition(self) -> str:
        return f"authority-{self.authority}" if self.authority else PUBLIC_PARTITION

    @property
    def is_public(self) -> bool:
        return not self.authority


@dataclass(frozen=True, slots=True)
class Principal:
    """Someone who asks; ``sees_all`` is the one local user of an installation without accounts.

    ``collections`` are read whole, but for restricted case files. ``case_files`` (collection, case file) are read also
    where they are restricted or lie in another collection, ``documents`` (collection, document) one by one.
    ``reads_public`` and ``writes_public`` are about every collection of public law. ``writable`` are the collections
    that may be changed, those of ``collections`` where it is None.
    """

    id: str
    collections: frozenset[str] = frozenset()
    sees_all: bool = False
    case_files: frozenset[tuple[str, str]] = frozenset()
    documents: frozenset[tuple[str, str]] = frozenset()
    reads_public: bool = False
    writes_public: bool = False
    writable: frozenset[str] | None = None

    def reads(self, collection: Collection) -> bool:
        """Return whether a collection is read whole, but for restricted case files."""
        granted = collection.id in self.collections or (self.reads_public and collection.is_public)
        return self.sees_all or granted

    def may_write(self, collection: Collection, case_file: str = "") -> bool:
        """Return whether documents of a case file may be added or changed, where they may be read."""
        if self.sees_all:
            return True
        if collection.is_public and self.writable is not None:
            return self.writes_public
        named = self.collections if self.writable is None else self.writable
        return collection.id in named or (collection.id, case_file) in self.case_files


LOCAL_USER = Principal("local", sees_all=True)


@dataclass(frozen=True, slots=True)
class PartialAccess:
    """A collection that is not read whole: all but ``hidden`` case files, or nothing but what is named.

    ``hidden`` is None where only ``case_files`` and ``documents`` are read.
    """

    collection: str
    hidden: frozenset[str] | None = None
    case_files: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def allows(self, document: str, case_file: str) -> bool:
        named = case_file in self.case_files or document in self.documents
        return named or (self.hidden is not None and case_file not in self.hidden)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """The collections that may be seen, by partition; a partition without an entry is never opened.

    ``partial`` are those of them of which only a part may be seen. What is not a document of its own (a verdict, a
    work, a comment) is seen only with the ``whole`` collection.
    """

    principal: str
    readable: tuple[tuple[str, frozenset[str]], ...] = ()
    partial: tuple[PartialAccess, ...] = ()

    @property
    def partitions(self) -> tuple[str, ...]:
        return tuple(partition for partition, _ in self.readable)

    @property
    def collections(self) -> frozenset[str]:
        """The collections of which something may be seen; a document is tried by ``visible_documents``."""
        return frozenset().union(*(ids for _, ids in self.readable))

    @property
    def whole(self) -> frozenset[str]:
        """The collections of which everything may be seen."""
        return self.collections - {one.collection for one in self.partial}

    def of_partition(self, partition: str) -> AccessFilter:
        """Return what may be seen of one partition alone."""
        readable = tuple(one for one in self.readable if one[0] == partition)
        ids = frozenset().union(*(ids for _, ids in readable))
        return AccessFilter(self.principal, readable, tuple(one for one in self.partial if one.collection in ids))

    def allows(self, collection: str) -> bool:
        """Return whether everything of a collection may be seen."""
        return collection in self.whole

    def allows_document(self, collection: str, case_file: str, document: str = "") -> bool:
        """Return whether a document of a case file may be seen."""
        part = next((one for one in self.partial if one.collection == collection), None)
        return part.allows(document, case_file) if part else self.allows(collection)


def access_filter(
    principal: Principal, collections: Iterable[Collection], restricted: Iterable[tuple[str, str]] = ()
) -> AccessFilter:
    """Return the filter of ``principal`` over all ``collections`` of the installation.

    ``restricted`` are the case files (collection, case file) that only those see who were granted them by name.
    """
    closed = frozenset(restricted)
    by_partition: dict[str, set[str]] = {}
    partial: list[PartialAccess] = []
    for collection in collections:
        part = _part(principal, collection, closed)
        if part is None:
            continue
        by_partition.setdefault(collection.partition, set()).add(collection.id)
        if part.hidden != frozenset():
            partial.append(part)
    readable = tuple((partition, frozenset(ids)) for partition, ids in sorted(by_partition.items()))
    return AccessFilter(principal.id, readable, tuple(partial))


def _part(principal: Principal, collection: Collection, closed: frozenset[tuple[str, str]]) -> PartialAccess | None:
    """Return what of a collection is seen, None for nothing; ``hidden`` is empty where it is seen whole."""
    if principal.sees_all:
        return PartialAccess(collection.id, frozenset())
    case_files = frozenset(one for place, one in principal.case_files if place == collection.id)
    documents = frozenset(one for place, one in principal.documents if place == collection.id)
    if principal.reads(collection):
        hidden = frozenset(one for place, one in closed if place == collection.id) - case_files
        return PartialAccess(collection.id, hidden, case_files, documents)
    return PartialAccess(collection.id, None, case_files, documents) if case_files or documents else None
