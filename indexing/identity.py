"""What a scope *is*, as canonical ids: a judgment's ECLI, a law's number, an article of that law."""

from __future__ import annotations

from nlp.annotations import Annotations, Unit


def document_identity(annotations: Annotations) -> tuple[str, ...]:
    """Return the canonical ids that the whole document bears."""
    return tuple(dict.fromkeys(reading.canonical for reading in annotations.identity))


def provision_identities(annotations: Annotations, unit: Unit) -> tuple[str, ...]:
    """Return the canonical ids of ``unit`` under every identity of its law."""
    return tuple(dict.fromkeys(f"{reading.canonical}#{unit.label}" for reading in annotations.identity))
