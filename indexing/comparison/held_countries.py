"""The countries whose law is held, as far as it may be seen."""

from __future__ import annotations

from indexing.access import AccessFilter
from indexing.engine import Engine
from indexing.search.in_force_clauses import ANY, FIELD
from indexing.search.results import SearchRequest
from indexing.search.search import search
from nlp.document_type import national_law_types


def held_countries(access: AccessFilter, engine: Engine) -> tuple[str, ...]:
    """Return the countries of all national laws that ``access`` lets be seen, of any day, as ISO 3166 alpha-2."""
    laws = {"document_type": national_law_types(), FIELD: (ANY,)}
    asked = SearchRequest("", laws, limit=1, facets=("jurisdiction",), mode="words")
    return tuple(sorted(one.value for one in search(asked, access, engine).facets["jurisdiction"] if one.value))
