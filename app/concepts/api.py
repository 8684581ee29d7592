"""Concepts in the REST API, and their export as SKOS."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from flask import Blueprint, Response, jsonify, request

from app.api_parameters import number, one_of
from app.concepts.json_form import concept_json, concept_row
from app.concepts.page import occurrences
from app.i18n import interface_language
from app.principal import current_principal, installation
from app.search.query_concepts import query_concepts
from extraction.errors import LANGUAGES
from indexing.search.query_fields import known_value
from nlp.concepts.layer import concept, concepts
from nlp.concepts.skos import MEDIA_TYPES, skos

MOST_CONCEPTS = 20


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/concepts", "concepts", listed)
    api.add_url_rule("/concepts/skos", "concepts_skos", as_skos)
    api.add_url_rule("/concepts/<concept_id>", "concept", one)


def listed() -> Response:
    """Answer all concepts, or those that ``q`` is about with how surely, the best first."""
    language, asked = interface_language(), request.args.get("q", "").strip()
    limit = number("limit", 5, 1, MOST_CONCEPTS)
    query_language = one_of("query_language", ("", *LANGUAGES), "")
    if not asked:
        return jsonify({"concepts": [concept_row(found, language) for found in concepts().values()]})
    matches = query_concepts(installation().settings, asked, query_language, limit)
    rows = [
        concept_row(concept(match.concept), language)
        | {"score": match.score, "label": match.label, "words": match.words}
        for match in matches
    ]
    return jsonify({"concepts": rows})


def one(concept_id: str) -> Response:
    """Answer one concept; with ``country`` its ``names`` there in each language."""
    country = known_value("jurisdiction", request.args.get("country", ""))
    told = concept_json(concept(concept_id), interface_language(), country)
    where = occurrences(installation(), current_principal(), concept_id)
    told["occurrences"] = {"total": where.total, "jurisdictions": [asdict(value) for value in where.jurisdictions]}
    return jsonify(told)


def as_skos() -> Response:
    form = one_of("format", tuple(MEDIA_TYPES), "turtle")
    return Response(_serialised(form), mimetype=MEDIA_TYPES[form])


@cache
def _serialised(form: str) -> str:
    """Return the graph in one format; it takes seconds to write and never changes."""
    return skos().serialize(format=form)
