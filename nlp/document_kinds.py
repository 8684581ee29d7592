"""Families of the types of documents: legislation, national law, letters, requests."""

from __future__ import annotations

from extraction.resource import load


def is_legislation(label: str) -> bool:
    """Return whether documents of the type ``label`` consist of provisions, which are then the units of search."""
    return label in load("nlp.document_types")["families"]["legislation"]


def is_letter(label: str) -> bool:
    """Return whether documents of the type ``label`` are letters, which may state their subject."""
    return label in load("nlp.document_types")["families"]["letter"]


def letter_types() -> tuple[str, ...]:
    """Return the types of letters, which include requests and their answers."""
    return tuple(load("nlp.document_types")["families"]["letter"])


def is_request(label: str) -> bool:
    """Return whether documents of the type ``label`` ask another State for cooperation."""
    return label in load("nlp.document_types")["families"]["request"]


def national_law_types() -> tuple[str, ...]:
    """Return the types of enacted national law, without bills and treaties."""
    return tuple(load("nlp.document_types")["families"]["national_law"])
