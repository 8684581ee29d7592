"""Terms of a query for request files: those of separate arguments, and those added or removed by a facet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.labels import concept_in, country_in, label_in
from app.requests.search.boolean_query import parse_query, terms_side_by_side
from app.requests.search.query import field_name, listed_name
from app.requests.search.search import FoundRequests
from app.wording import base_language, wording
from extraction.errors import RogatioError

ARGUMENTS = {"requesting": "requesting", "requested": "requested", "measure": "measure", "document_type": "type"}
"""Arguments of an address that restrict the search, and the field that each stands for."""
_EXAMPLE = (("measure", "bank_information"), ("requested", "UY"), ("status", "open"))


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
    """Return a query that shows fields and a phrase of the text, as a person of the language writes it."""
    phrase = wording("requests.example_phrase", language)
    return " ".join([*(term_of(field, value, language) for field, value in _EXAMPLE), f'"{phrase}"'])


def term_of(field: str, value: str, language: str) -> str:
    """Return the term for a value (a code), with the names of field and value in a language or variety.

    The name in the language of the variety, or else the code, stands for a name that the query language does not read
    back as this value.
    """
    name = field_name(field, language)
    named = (_quoted(_value_name(field, value, one)) for one in (language, base_language(language)))
    read = (written for written in named if _stands_for(f"{name}:{written}", f"{field}:{value}"))
    return f"{name}:{next(read, value)}"


def _stands_for(written: str, code: str) -> bool:
    try:
        return parse_query(written) == parse_query(code)
    except RogatioError:
        return False


def _value_name(field: str, value: str, language: str) -> str:
    if field in ("measure", "offence"):
        return concept_in(language, value).lower()
    if field in ("requesting", "requested"):
        return country_in(language, value) if len(value) == 2 else value
    if field == "type":
        return label_in(language, "document_type", value).lower()
    return listed_name(field, value, language)


def _link(field: str, value: str, count: int, query: str, language: str) -> FacetLink:
    term, asked = term_of(field, value, language), parse_query(f"{field}:{value}")
    terms = terms_side_by_side(query)
    if terms is None:
        return FacetLink(value, count, term, f"({query}) {term}", False)
    left = [term for term in terms if parse_query(term) != asked]
    chosen = len(left) < len(terms)
    return FacetLink(value, count, term, " ".join(left if chosen else [*terms, term]), chosen)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
