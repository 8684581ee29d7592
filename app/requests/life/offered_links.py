"""Links offered with newly added letters: the request on file to which each belongs, or its letters on file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.requests.life.course import Course, courses
from app.requests.life.links import REJECTED, Link, kind_of_letter
from app.requests.life.stored_links import links_of
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument


@dataclass(frozen=True, slots=True)
class OfferedLink:
    """A link of a letter that nobody rejected, with the course of the ``other`` letter."""

    link: Link
    other: Course


@dataclass(frozen=True, slots=True)
class Offered:
    """The links of a letter, best first; ``is_alone`` if it belongs to a request by its type and none was found."""

    links: tuple[OfferedLink, ...]
    is_alone: bool


def offered_links(store: Store, access: AccessFilter, documents: Iterable[StoredDocument]) -> dict[str, Offered]:
    """Return by id what is offered with those of ``documents`` that were read and have a link or need one."""
    kinds = {document.id: kind_of_letter(document.document_type) for document in documents}
    links = [link for link in links_of(store, access, kinds) if link.verdict != REJECTED]
    known = courses(store, access, {*kinds, *(id for link in links for id in (link.letter, link.request))})
    by_letter = _by_letter(links, known)
    return {
        document: Offered(tuple(by_letter[document]), bool(kind) and not by_letter[document])
        for document, kind in kinds.items()
        if document in known and (kind or by_letter[document])
    }


def _by_letter(links: Iterable[Link], known: Mapping[str, Course]) -> Mapping[str, list[OfferedLink]]:
    found: dict[str, list[OfferedLink]] = defaultdict(list)
    for link in sorted(links, key=lambda one: -one.confidence):
        for own, other in ((link.letter, link.request), (link.request, link.letter)):
            if other in known:
                found[own].append(OfferedLink(link, known[other]))
    return found
