"""Concepts: what an offence is called where, and where it occurs in what is held."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.interface_language import interface_language
from app.library_access import library
from app.principal import current_principal
from app.search_state import SearchState
from extraction.errors import LANGUAGES, RogatioError
from indexing.results import SearchRequest
from nlp.concept_layer import concepts as known_concepts

concepts = Blueprint("concepts", __name__, url_prefix="/concepts")


@concepts.get("/")
def concept_list() -> str:
    request = SearchRequest("", limit=1, facets=("concept",))
    facets = library().search(request, current_principal()).facets
    counts = {item.value: item.count for item in facets.get("concept", ())}
    own = interface_language()
    found = sorted(known_concepts().values(), key=lambda concept: concept.name(own).casefold())
    return render_template("concepts.html", concepts=found, counts=counts, own=own, occurrences=_occurrences)


@concepts.get("/<concept_id>")
def concept(concept_id: str) -> str:
    found = known_concepts().get(concept_id)
    if found is None:
        raise RogatioError("app.no_such_concept", concept=concept_id[:40])
    request = SearchRequest("", filters={"concept": (concept_id,)}, limit=1, facets=("jurisdiction", "document_type"))
    result = library().search(request, current_principal())
    return render_template(
        "concept.html",
        concept=found,
        result=result,
        own=interface_language(),
        languages=LANGUAGES,
        occurrences=_occurrences,
    )


def _occurrences(concept_id: str, **filters: str) -> str:
    """Return the address of the search for a concept."""
    chosen = {"concept": (concept_id,), **{name: (value,) for name, value in filters.items()}}
    return SearchState(filters=chosen).url()
