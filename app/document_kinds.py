"""The kinds of document distinguished in the interface: law, judgment, request, and all others."""

from __future__ import annotations

from functools import cache

from extraction.resource import load

KINDS = ("law", "judgment", "request")
OTHER = "other"
LISTED_KINDS = (*KINDS, OTHER)
"""Kinds by which lists are divided, so that their numbers add up."""


@cache
def _kind_by_type() -> dict[str, str]:
    kinds: dict[str, list[str]] = load("app.document_kinds")
    return {document_type: kind for kind, types in kinds.items() for document_type in types}


def kind_of(document_type: str) -> str:
    """Return the kind of a document type, one of ``LISTED_KINDS``: ``OTHER`` for annexes and unknown types."""
    return _kind_by_type().get(document_type, OTHER)


def types_of(kind: str) -> tuple[str, ...]:
    """Return the document types of a kind of ``LISTED_KINDS``; none for an unknown kind."""
    if kind == OTHER:
        return tuple(name for name in load("app.labels")["document_type"] if kind_of(name) == OTHER)
    return tuple(document_type for document_type, its_kind in _kind_by_type().items() if its_kind == kind)
