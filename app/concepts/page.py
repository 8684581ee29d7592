"""Concept pages: national terms, hierarchy, false friends, occurrences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from app.comparison.provision_finder import law_held, select_provisions
from app.comparison.table import ComparisonRequest, Provision
from app.concepts.network import NODE_HEIGHT, concept_network
from app.i18n import interface_language, interface_variety
from app.labels import country, worded
from app.principal import current_principal, installation
from app.search.page import SearchState
from app.search.query_concepts import query_concepts
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from indexing.access import Principal
from indexing.analysis.folding import fold
from indexing.engines.protocol import FACET_SIZE
from indexing.installation import Installation
from indexing.search.request import FacetValue, SearchRequest
from indexing.search.search import search
from nlp.concepts.false_friends import false_friends_of
from nlp.concepts.layer import KINDS, Concept, Label
from nlp.concepts.layer import concepts as known_concepts
from nlp.elements.instruments import instruments

_A_COUNTRY = 2


@dataclass(frozen=True, slots=True)
class Occurrences:
    """``total`` counts provisions of laws, and documents of all other kinds."""

    total: int
    jurisdictions: tuple[FacetValue, ...]


def occurrences(installation: Installation, principal: Principal, concept_id: str) -> Occurrences:
    """Return the occurrences of a concept."""
    request_of_counts = SearchRequest("", {"concept": (concept_id,)}, limit=1, facets=("jurisdiction",))
    counted = search(installation, request_of_counts, principal)
    return Occurrences(counted.total, counted.facets["jurisdiction"])


def selected(installation: Installation, principal: Principal, concept_id: str) -> dict[str, tuple[Provision, ...]]:
    """Return the provisions by country that a comparison of the concept shows today."""
    comparison_request = ComparisonRequest(concept=concept_id, language=interface_language(), most=_A_COUNTRY)
    columns = select_provisions(comparison_request, (), "", law_held(installation, principal))
    return {column.jurisdiction: column.provisions for column in columns}


def counts(installation: Installation, principal: Principal, country: str = "") -> dict[str, int]:
    """Return the number of provisions and documents by concept, optionally of one country."""
    filters = {"jurisdiction": (country,)} if country else {}
    facets = search(installation, SearchRequest("", filters, limit=1, facets=("concept",)), principal).facets
    return {item.value: item.count for item in facets.get("concept", ())}


def countries(installation: Installation, principal: Principal) -> tuple[FacetValue, ...]:
    """Return the number of provisions and documents of each country."""
    return search(installation, SearchRequest("", limit=1, facets=("jurisdiction",)), principal).facets["jurisdiction"]


@dataclass(frozen=True, slots=True)
class Branch:
    """A concept in the hierarchy with its narrower concepts."""

    concept: Concept
    count: int
    children: tuple[Branch, ...] = ()


def hierarchy(kind: str, counted: Mapping[str, int], language: str, *, every: bool) -> tuple[Branch, ...]:
    """Return the concepts of a kind as trees, sorted by name.

    Without ``every``, concepts without occurrences in their whole tree are omitted. A concept with several broader
    concepts appears below each of them.
    """
    of_kind = {code: entry for code, entry in known_concepts().items() if entry.kind == kind}

    def branches(codes: Iterable[str], above: frozenset[str]) -> tuple[Branch, ...]:
        made = (
            Branch(of_kind[code], counted.get(code, 0), branches(of_kind[code].narrower, above | {code}))
            for code in codes
            if code in of_kind and code not in above
        )
        shown = (branch for branch in made if every or branch.count or branch.children)
        return tuple(sorted(shown, key=lambda branch: fold(branch.concept.name(language))))

    return branches((code for code, entry in of_kind.items() if not set(entry.broader) & of_kind.keys()), frozenset())


concepts = Blueprint("concepts", __name__, url_prefix="/concepts")

_NEARLY = 0.6
_NEAR = ("broader", "narrower", "related")


@concepts.get("/")
def concept_list() -> str:
    """Show the concepts of one ``kind`` as trees: those that occur in one ``country`` or in any, or ``all`` of them."""
    own, query = interface_variety(), request.args.get("q", "").strip()
    country_code, every = request.args.get("country", ""), "all" in request.args
    counted = counts(installation(), current_principal(), country_code)
    all_counted = len(counted) < FACET_SIZE
    kinds = Counter(concept.kind for concept in known_concepts().values() if every or concept.id in counted)
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else next((name for name in KINDS if kinds[name]), KINDS[0])
    return render_template(
        "concepts.html",
        kinds=[(name, kinds[name]) for name in KINDS if kinds[name] or name == kind],
        kind=kind,
        kind_names=load("nlp.concept_kinds")["kinds"],
        branches=hierarchy(kind, counted, own, every=every or not all_counted),
        countries=sorted(countries(installation(), current_principal()), key=lambda item: fold(country(item.value))),
        country_code=country_code,
        every=every,
        number=len(known_concepts()),
        asked=query,
        answers=_answers(query),
        counts=counted,
        all_counted=all_counted,
        own=own,
        where=_search,
    )


@concepts.get("/<concept_id>")
def concept(concept_id: str) -> str:
    found = known_concepts().get(concept_id)
    if found is None:
        raise RogatioError("app.no_such_concept", concept=concept_id[:40])
    own = interface_language()
    held = occurrences(installation(), current_principal(), concept_id)
    return render_template(
        "concept.html",
        concept=found,
        own=own,
        general=[(language, _general(found, language)) for language in LANGUAGES],
        national=national_terms(found),
        network=concept_network(found),
        node_height=NODE_HEIGHT,
        near=[(kind, [known_concepts()[code] for code in getattr(found, kind)]) for kind in _NEAR],
        friends=[worded(friend.note) for friend in false_friends_of(concept_id)],
        models=[
            model for model in instruments().values() if any(concept_id in part.concepts for part in model.elements)
        ],
        kind_name=load("nlp.concept_kinds")["kinds"][found.kind],
        found=held,
        selected=selected(installation(), current_principal(), concept_id) if held.total else {},
        where=_search,
    )


def _answers(query: str) -> list[Concept]:
    """Return the concepts of a question; if one is named in it, much less probable ones are omitted."""
    matches = query_concepts(installation().settings, query)
    least = _NEARLY * matches[0].score if matches and matches[0].label else 0.0
    return [known_concepts()[match.concept] for match in matches if match.score >= least]


def national_terms(found: Concept) -> list[tuple[str, tuple[tuple[Label, bool], ...]]]:
    """Return by country, sorted by name, the labels used only there, and those attested in its codes (True)."""
    every = [label for language in LANGUAGES for label in found.labels_in(language)]
    places = {place for label in every for place in (*label.jurisdictions, *label.seen)}
    return [
        (place, tuple((label, place in label.seen) for label in every if place in (*label.jurisdictions, *label.seen)))
        for place in sorted(places, key=lambda place: fold(country(place)))
    ]


def _general(found: Concept, language: str) -> tuple[Label, ...]:
    """Return the labels in a language that are not specific to a country."""
    return tuple(label for label in found.labels_in(language) if not label.jurisdictions)


def _search(concept_id: str, **filters: str) -> str:
    """Return the address of the search for a concept."""
    chosen = {"concept": (concept_id,), **{name: (value,) for name, value in filters.items()}}
    return SearchState(filters=chosen).url()
