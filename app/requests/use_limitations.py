"""Use limitations ("specialty") that letters state, for everything that is exported from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.requests.decisions import CORRECTED, REJECTED
from app.requests.review import review
from app.requests.schema import REQUEST_TYPES
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.schema import Status

FIELD = "specialty"


@dataclass(frozen=True, slots=True)
class UseLimitation:
    """The ``text`` of a limitation, as the letter or a correction of it states it, and the letter's id and title."""

    document: str
    title: str
    text: str


def use_limitations(store: Store, access: AccessFilter, documents: Iterable[str]) -> tuple[UseLimitation, ...]:
    """Return the limitations that requests among ``documents`` state, without those that a person rejected."""
    return tuple(found for document_id in dict.fromkeys(documents) for found in _stated(store, access, document_id))


def _stated(store: Store, access: AccessFilter, document_id: str) -> Iterator[UseLimitation]:
    stored = store.document(access, document_id)
    if stored.document_type not in REQUEST_TYPES or stored.status is not Status.INDEXED:
        return
    for value in review(store, access, document_id).fields.get(FIELD, ()):
        if value.state != REJECTED:
            corrected = value.decision is not None and value.state == CORRECTED
            text = value.decision.text if corrected and value.decision else value.value["text"]
            yield UseLimitation(document_id, stored.title or stored.source, text)
