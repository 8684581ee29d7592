"""Canonical ids of retrieval units and of their citations."""

from __future__ import annotations

from collections.abc import Iterable

from indexing.analysis.folding import fold
from nlp.annotations import Annotations, Span, Unit
from nlp.citations.identity import provision_identity

_PUNCTUATION = str.maketrans("", "", " .,-ºª°()§\u00a0")
_CITED = frozenset({"LAW", "CASE", "TREATY", "REFERENCE"})


def document_identity(annotations: Annotations) -> tuple[str, ...]:
    """Return the canonical ids of the document as a whole."""
    return tuple(dict.fromkeys(reading.canonical for reading in annotations.identity))


def provision_identities(annotations: Annotations, unit: Unit) -> tuple[str, ...]:
    """Return the canonical ids of provision ``unit`` under every identity of its law."""
    ids = (provision_identity(reading, unit.label) for reading in annotations.identity)
    return tuple(dict.fromkeys(canonical for canonical in ids if _names_all_of(unit.label, canonical)))


def _names_all_of(label: str, canonical: str) -> bool:
    """Return whether an id covers the whole label: ``art. 1 transitorio`` is not article 1."""
    item = canonical.partition("#")[2].rpartition("art-")[2].rpartition("s-")[2]
    return bool(item) and fold(label).translate(_PUNCTUATION).endswith(item.translate(_PUNCTUATION))


def cited_ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the ids cited by ``spans`` in every reading, and those of the laws of cited provisions."""
    ids = (reading.canonical for span in spans if span.label in _CITED for reading in span.readings)
    return tuple(dict.fromkeys(cited for canonical in ids for cited in (canonical, canonical.partition("#")[0])))
