"""Tags in searches: a filter by the documents that have a tag.

Tags are not in the index. A tag is found as soon as it is written, and no document is indexed again for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from indexing.access import AccessFilter
from indexing.analysis.folding import fold
from indexing.search.parser import parse
from indexing.search.query_fields import field_name_of
from indexing.search.query_tree import And, Field, Node, Not, Or, Query
from indexing.search.request import TAG, SearchRequest
from indexing.store.reading import Store
from indexing.store.tags import documents_by_tag

MOST_COUNTED = 40
"""Tags in the facet, those of most documents: each is counted by a query."""


@dataclass(frozen=True, slots=True)
class TaggedDocuments:
    """Ids of the readable documents by tag; spellings that differ in case or accents only are one tag."""

    by_tag: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def documents(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """Return the ids of the documents that have one of ``tags``, in any spelling."""
        wanted = {fold(tag) for tag in tags}
        ids = (documents for tag, documents in self.by_tag.items() if fold(tag) in wanted)
        return tuple(sorted({document for some in ids for document in some}))

    def most_used(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the tags of most documents, ``MOST_COUNTED`` at most, with the ids."""
        order = sorted(self.by_tag, key=lambda tag: (-len(self.by_tag[tag]), tag))
        return tuple((tag, self.by_tag[tag]) for tag in order[:MOST_COUNTED])


NO_TAGS = TaggedDocuments()


def tagged_documents(request: SearchRequest, store: Store, access: AccessFilter) -> TaggedDocuments:
    """Return the tags of the readable documents, none if the request neither filters by tags nor counts them."""
    named = any(field_name_of(name) == TAG for name in request.filters)
    if TAG not in request.facets and not named and not has_tags(parse(request.query)):
        return NO_TAGS
    merged: dict[str, tuple[str, set[str]]] = {}
    for tag, documents in documents_by_tag(store, access).items():
        merged.setdefault(fold(tag), (tag, set()))[1].update(documents)
    return TaggedDocuments({tag: tuple(sorted(documents)) for tag, documents in merged.values()})


def has_tags(query: Query) -> bool:
    """Return whether a query filters by tags."""
    return any(each.name == TAG for each in (*query.fields, *_fields(query.tree)))


def with_tagged_documents(query: Query, request: SearchRequest, tags: TaggedDocuments) -> Query:
    """Return the query with the documents of its tags; tags of the request's filters become fields of the query."""
    filters = (Field(TAG, values) for name, values in request.filters.items() if values and field_name_of(name) == TAG)
    fields = tuple(_with_documents(each, tags) for each in (*query.fields, *filters))
    return replace(query, tree=_resolved(query.tree, tags) if query.tree else None, fields=fields)


def _with_documents(asked: Field, tags: TaggedDocuments) -> Field:
    return replace(asked, documents=tags.documents(asked.values)) if asked.name == TAG else asked


def _resolved(node: Node, tags: TaggedDocuments) -> Node:
    match node:
        case Field():
            return _with_documents(node, tags)
        case And(parts):
            return And(tuple(_resolved(part, tags) for part in parts))
        case Or(parts):
            return Or(tuple(_resolved(part, tags) for part in parts))
        case Not(part):
            return Not(_resolved(part, tags))
    return node


def _fields(node: Node | None) -> Iterator[Field]:
    match node:
        case Field():
            yield node
        case And(parts) | Or(parts):
            for part in parts:
                yield from _fields(part)
        case Not(part):
            yield from _fields(part)
