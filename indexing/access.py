"""The access filter: the condition under which anything is read.

Deny by default: a principal sees only the collections granted to it. Documents are indexed in partitions, one for
published law and one for the files of each authority, so that term statistics of one authority do not reach another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC_PARTITION = "public"


@dataclass(frozen=True, slots=True)
class Collection:
    """Published law, or the files of one authority; ``partition`` names the index of its passages.

    ``state`` is the code of the State of the authority, empty if unknown.
    """

    id: str
    name: str
    authority: str = ""
    state: str = ""

    @property
    def partition(self) -> str:
        """Return the index partition of the collection."""
        return f"authority-{self.authority}" if self.authority else PUBLIC_PARTITION

    @property
    def is_public(self) -> bool:
        """Return whether the collection is published law, which belongs to no authority."""
        return not self.authority


@dataclass(frozen=True, slots=True)
class Principal:
    """A user and the access granted; ``sees_all`` is the local user of an installation without accounts.

    ``collections`` are readable as a whole except for restricted case files. ``case_files`` (collection, case file) are
    readable even if restricted or in another collection, ``documents`` (collection, document id) individually.
    ``reads_public`` and ``writes_public`` apply to every collection of published law. ``writable`` are the collections
    that may be changed, by default (None) ``collections``; ``writable_case_files`` likewise.
    """

    id: str
    collections: frozenset[str] = frozenset()
    sees_all: bool = False
    case_files: frozenset[tuple[str, str]] = frozenset()
    documents: frozenset[tuple[str, str]] = frozenset()
    reads_public: bool = False
    writes_public: bool = False
    writable: frozenset[str] | None = None
    writable_case_files: frozenset[tuple[str, str]] | None = None

    def reads(self, collection: Collection) -> bool:
        """Return whether a collection is readable as a whole, except for restricted case files."""
        granted = collection.id in self.collections or (self.reads_public and collection.is_public)
        return self.sees_all or granted

    def may_write(self, collection: Collection, case_file: str = "") -> bool:
        """Return whether readable documents of a case file may be added or changed."""
        if self.sees_all:
            return True
        if collection.is_public and self.writable is not None:
            return self.writes_public
        named = self.collections if self.writable is None else self.writable
        files = self.case_files if self.writable_case_files is None else self.writable_case_files
        return collection.id in named or (collection.id, case_file) in files


LOCAL_USER = Principal("local", sees_all=True)

NOBODY = Principal("nobody")
"""Who asks without having signed in, and the principal where nobody was looked for: sees nothing."""


@dataclass(frozen=True, slots=True)
class PartialAccess:
    """Partial access to a collection: all except ``hidden`` case files, or only ``case_files`` and ``documents``.

    In the latter case ``hidden`` is None.
    """

    collection: str
    hidden: frozenset[str] | None = None
    case_files: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()

    def allows(self, document: str, case_file: str) -> bool:
        """Return whether a document of a case file (empty for none) is readable."""
        named = case_file in self.case_files or document in self.documents
        return named or (self.hidden is not None and case_file not in self.hidden)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Readable collections (ids) by partition; a partition without an entry is never opened.

    ``partial`` are those of them that are readable only in part. Data other than documents (verdicts, works, comments)
    requires access to the ``whole`` collection. Documents in quarantine are visible in ``writable`` collections only.
    """

    principal: str
    readable: tuple[tuple[str, frozenset[str]], ...] = ()
    partial: tuple[PartialAccess, ...] = ()
    writable: frozenset[str] = frozenset()

    @property
    def partitions(self) -> tuple[str, ...]:
        """Return the readable partitions."""
        return tuple(partition for partition, _ in self.readable)

    @property
    def collections(self) -> frozenset[str]:
        """The collections of which at least a part is readable; documents are checked by ``visible_documents``."""
        return frozenset().union(*(ids for _, ids in self.readable))

    @property
    def whole(self) -> frozenset[str]:
        """The collections that are readable as a whole."""
        return self.collections - {part.collection for part in self.partial}

    @property
    def sees_every_quarantine(self) -> bool:
        """Whether every readable collection is writable, so that no quarantined document is hidden."""
        return self.collections <= self.writable

    def of_partition(self, partition: str) -> AccessFilter:
        """Return the filter restricted to one partition."""
        readable = tuple(item for item in self.readable if item[0] == partition)
        ids = frozenset().union(*(ids for _, ids in readable))
        partial = tuple(part for part in self.partial if part.collection in ids)
        return AccessFilter(self.principal, readable, partial, self.writable & ids)

    def allows(self, collection: str) -> bool:
        """Return whether a collection is readable as a whole."""
        return collection in self.whole

    def allows_document(self, collection: str, case_file: str, document: str = "") -> bool:
        """Return whether a document of a case file is readable."""
        part = next((part for part in self.partial if part.collection == collection), None)
        return part.allows(document, case_file) if part else self.allows(collection)


def access_filter(
    principal: Principal, collections: Iterable[Collection], restricted: Iterable[tuple[str, str]] = ()
) -> AccessFilter:
    """Return the filter of ``principal`` over all ``collections`` of the installation.

    ``restricted`` are the case files (collection, case file) that require an explicit grant.
    """
    closed = frozenset(restricted)
    by_partition: dict[str, set[str]] = {}
    partial: list[PartialAccess] = []
    writable: set[str] = set()
    for collection in collections:
        part = _part(principal, collection, closed)
        if part is None:
            continue
        by_partition.setdefault(collection.partition, set()).add(collection.id)
        if part.hidden != frozenset():
            partial.append(part)
        if principal.may_write(collection):
            writable.add(collection.id)
    readable = tuple((partition, frozenset(ids)) for partition, ids in sorted(by_partition.items()))
    return AccessFilter(principal.id, readable, tuple(partial), frozenset(writable))


def _part(principal: Principal, collection: Collection, closed: frozenset[tuple[str, str]]) -> PartialAccess | None:
    """Return the access to a collection, None for no access; ``hidden`` is empty if all of it is readable."""
    if principal.sees_all:
        return PartialAccess(collection.id, frozenset())
    case_files = frozenset(name for place, name in principal.case_files if place == collection.id)
    documents = frozenset(name for place, name in principal.documents if place == collection.id)
    if principal.reads(collection):
        hidden = frozenset(name for place, name in closed if place == collection.id) - case_files
        return PartialAccess(collection.id, hidden, case_files, documents)
    return PartialAccess(collection.id, None, case_files, documents) if case_files or documents else None
