"""The search page: one box that says what it understood, facets as links, and each hit with its place and reason."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, render_template, request

from app.cited_elsewhen import elsewhen_sentence
from app.labels import value_label
from app.library_access import library
from app.pages.marked_text import Piece, pieces
from app.pages.search_state import GROUPS, SORTS, SearchState, state_from
from app.principal import current_principal
from app.title_languages import title_languages
from indexing.embedding import open_encoder
from indexing.folding import fold
from indexing.search.results import MODES, FacetValue, Hit, SearchResult

search_pages = Blueprint("search", __name__)


@search_pages.get("/")
def search() -> str:
    state = state_from(request.args)
    principal, store = current_principal(), library().store
    access = store.access(principal)
    result = None if state.is_empty else library().search(state.request(), principal)
    facets = _facets(state, result) if result else []
    return render_template(
        "search.html",
        state=state,
        result=result,
        facets=facets,
        beside=any(value.beside for _, values in facets for value in values),
        groups=_groups(result.hits) if result else [],
        languages=title_languages(store, access, result.hits) if result else {},
        counts=store.counts(access),
        sorts=SORTS,
        group_fields=GROUPS,
        modes=MODES if open_encoder(library().settings) else (),
        passage=passage,
        elsewhen_sentence=elsewhen_sentence,
    )


def passage(hit: Hit) -> list[Piece]:
    """Return the snippet of a hit in pieces, marked where the query matched, without blank lines."""
    found = pieces(hit.snippet, hit.snippet_start, hit.marks)
    found = [replace(piece, text=re.sub(r"\s*\n\s*", "\n", piece.text)) for piece in found]
    if found:
        found[0] = replace(found[0], text=found[0].text.lstrip())
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return found


def _facets(state: SearchState, result: SearchResult) -> list[tuple[str, list[FacetValue]]]:
    """Return the facets that say something; a value that is chosen stays, even where it now counts nothing."""
    facets = []
    for field, counted in result.facets.items():
        known = {item.value for item in counted}
        chosen = [FacetValue(value, 0) for value in state.filters.get(field, ()) if value not in known]
        values = [*counted, *chosen]
        if field in ("jurisdiction", "language", "document_type"):
            values.sort(key=lambda item: fold(value_label(field, item.value)))
        if len(values) > 1 or field in state.filters:
            facets.append((field, values))
    return facets


def _groups(hits: tuple[Hit, ...]) -> list[tuple[str, list[Hit]]]:
    """Return the hits by their group, in the order in which the groups come."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.group, []).append(hit)
    return list(groups.items())
