"""Where a concept occurs in what a reader may see: how often by country, and the surest provisions of each."""

from __future__ import annotations

from dataclasses import dataclass

from indexing.access import Principal
from indexing.library import Library
from indexing.search.results import FacetValue, Hit, SearchRequest

_A_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class Occurrences:
    """``total`` counts provisions of laws and documents of every other kind, ``hits`` are a few of each country."""

    total: int
    jurisdictions: tuple[FacetValue, ...]
    kinds: tuple[FacetValue, ...]
    hits: tuple[Hit, ...]


def occurrences(library: Library, principal: Principal, concept_id: str, named: str = "") -> Occurrences:
    """Return where a concept occurs; of each country those that ``named`` finds best."""
    facets = ("jurisdiction", "document_type")
    counted = library.search(SearchRequest("", {"concept": (concept_id,)}, limit=1, facets=facets), principal)
    hits = _best(library, principal, concept_id, named) if counted.total and named else ()
    return Occurrences(counted.total, counted.facets["jurisdiction"], counted.facets["document_type"], hits)


def counts(library: Library, principal: Principal) -> dict[str, int]:
    """Return by concept how many provisions and documents are about it."""
    facets = library.search(SearchRequest("", limit=1, facets=("concept",)), principal).facets
    return {item.value: item.count for item in facets.get("concept", ())}


def _best(library: Library, principal: Principal, concept_id: str, named: str) -> tuple[Hit, ...]:
    asked = SearchRequest(named, {"concept": (concept_id,)}, limit=_A_COUNTRY, group_by="jurisdiction")
    return library.search(asked, principal).hits
