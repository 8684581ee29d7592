"""Terms of a query for request files: those of separate arguments, and those added or removed by a facet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.requests.search.query import field_name
from app.requests.search.search import FoundRequests

ARGUMENTS = {"requesting": "requesting", "requested": "requested", "measure": "measure", "document_type": "type"}
"""Arguments of an address that restrict the search, and the field that each stands for."""


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value of a facet: ``query`` is the query with it, or without it if it is ``chosen``; ``term`` adds it."""

    value: str
    count: int
    term: str
    query: str
    chosen: bool


def query_of(arguments: Mapping[str, str]) -> str:
    """Return the query ``q`` with the terms of the other arguments."""
    terms = [f"{field}:{_quoted(arguments[name])}" for name, field in ARGUMENTS.items() if arguments.get(name)]
    return " ".join([arguments.get("q", "").strip(), *terms]).strip()


def facet_links(found: FoundRequests, query: str, language: str) -> Mapping[str, tuple[FacetLink, ...]]:
    """Return the values of each facet with the queries of their links, in ``language``."""
    return {
        field: tuple(_link(field, facet_value.value, facet_value.count, query, language) for facet_value in values)
        for field, values in found.facets.items()
    }


def example(language: str) -> str:
    """Return an example query with fields, in ``language``."""
    parts = (("measure", "bank_information"), ("requested", "UY,AR"), ("status", "open"))
    return " ".join(f"{field_name(field, language)}:{value}" for field, value in parts)


def _link(field: str, value: str, count: int, query: str, language: str) -> FacetLink:
    term = f"{field_name(field, language)}:{value}"
    terms = query.split()
    chosen = term in terms or f"{field}:{value}" in terms
    left = [one for one in terms if one not in (term, f"{field}:{value}")]
    return FacetLink(value, count, term, " ".join(left if chosen else [*terms, term]), chosen)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
