"""Canonical ids of a retrieval unit and of what it cites."""

from __future__ import annotations

from collections.abc import Iterable

from indexing.analysis.folding import fold
from nlp.annotations import Annotations, Span, Unit
from nlp.citations.identity import provision_identity

_PUNCTUATION = str.maketrans("", "", " .,-ºª°()§\u00a0")
_CITED = frozenset({"LAW", "CASE", "TREATY", "REFERENCE"})


def document_identity(annotations: Annotations) -> tuple[str, ...]:
    """Return the canonical ids that the whole document bears."""
    return tuple(dict.fromkeys(reading.canonical for reading in annotations.identity))


def provision_identities(annotations: Annotations, unit: Unit) -> tuple[str, ...]:
    """Return the canonical ids of ``unit`` under every identity of its law; none for what is no article of it."""
    ids = (provision_identity(reading, unit.label) for reading in annotations.identity)
    return tuple(dict.fromkeys(one for one in ids if _names_all_of(unit.label, one)))


def _names_all_of(label: str, canonical: str) -> bool:
    """Tell if an id says as much as its label: ``art. 1 transitorio`` is not article 1, ``400 bis 1`` not 400 bis."""
    item = canonical.partition("#")[2].rpartition("art-")[2].rpartition("s-")[2]
    return bool(item) and fold(label).translate(_PUNCTUATION).endswith(item.translate(_PUNCTUATION))


def cited_ids(spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the ids that spans cite under every reading, and those of the laws that cited articles are of."""
    ids = (reading.canonical for span in spans if span.label in _CITED for reading in span.readings)
    return tuple(dict.fromkeys(one for canonical in ids for one in (canonical, canonical.partition("#")[0])))
