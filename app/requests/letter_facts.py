"""What tells one letter from another of the same title: its reference, and who asks whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.document_kinds import kind_of
from app.requests.readings import readings_of
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument

_FIELDS = ("own_reference", "requesting_state", "requested_state")


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """Reference and States (ISO 3166 alpha-2) of a letter as they were read; empty where unknown."""

    reference: str
    requesting: str
    requested: str


def letter_facts(store: Store, documents: Iterable[StoredDocument]) -> dict[str, LetterFacts]:
    """Return by id the facts of those ``documents`` that are letters and were read.

    The documents were read through the access filter. Decisions of people are not applied: a list names letters, it
    does not say what is true of them.
    """
    letters = [document for document in documents if kind_of(document.document_type) == "request"]
    return {document: _facts(row.get("fields", {})) for document, row in readings_of(store, letters).items()}


def _facts(fields: Mapping[str, Sequence[Mapping[str, Any]]]) -> LetterFacts:
    return LetterFacts(*(str(fields[name][0]["value"]) if fields.get(name) else "" for name in _FIELDS))
