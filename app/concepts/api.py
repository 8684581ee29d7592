"""Concepts in the REST API, and their export as SKOS."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from flask import Response, jsonify

from app.api_operations import Answer, Choice, Operation, Text, Whole, list_of, object_of, ref
from app.concepts.json_form import concept_json, concept_row
from app.concepts.page import occurrences
from app.i18n import interface_variety
from app.principal import current_principal, installation
from app.search.query_concepts import query_concepts
from extraction.errors import LANGUAGES
from indexing.search.query_fields import known_value
from nlp.concepts.layer import concept, concepts
from nlp.concepts.skos import MEDIA_TYPES, skos

MAX_CONCEPTS = 20


Q = Text(
    "q",
    longest=2000,
    description="A name in one of the four languages, or a description of facts; all concepts are listed without it.",
    example="blanchiment",
)
QUERY_LANGUAGE = Choice("query_language", known=("", *LANGUAGES), description="Language of `q`; detected by default.")
LIMIT = Whole("limit", usual=5, least=1, most=MAX_CONCEPTS)
FORMAT = Choice("format", known=tuple(MEDIA_TYPES), usual="turtle")
COUNTRY = Text(
    "country",
    schema=ref("Country"),
    description="ISO 3166 alpha-2; adds `names`, the labels used in this country, the most certain first.",
    example="PE",
)


def list_concepts() -> Response:
    """Return all concepts, or those of the question ``q`` with their scores, best first."""
    language, query = interface_variety(), Q.value().strip()
    limit = LIMIT.value()
    query_language = QUERY_LANGUAGE.value()
    if not query:
        return jsonify({"concepts": [concept_row(found, language) for found in concepts().values()]})
    matches = query_concepts(installation().settings, query, query_language, limit)
    rows = [
        concept_row(concept(match.concept), language)
        | {"score": match.score, "label": match.label, "words": match.words}
        for match in matches
    ]
    return jsonify({"concepts": rows})


def get_concept(concept_id: str) -> Response:
    """Return one concept; with ``country`` also its ``names`` there in each language."""
    country = known_value("jurisdiction", COUNTRY.value())
    result = concept_json(concept(concept_id), interface_variety(), country)
    where = occurrences(installation(), current_principal(), concept_id)
    result["occurrences"] = {"total": where.total, "jurisdictions": [asdict(value) for value in where.jurisdictions]}
    return jsonify(result)


def get_concepts_as_skos() -> Response:
    form = FORMAT.value()
    return Response(_serialised(form), mimetype=MEDIA_TYPES[form])


@cache
def _serialised(form: str) -> str:
    """Return the graph in one format; cached, because serialisation takes seconds and the result never changes."""
    return skos().serialize(format=form)


OPERATIONS = (
    Operation(
        "/concepts",
        list_concepts,
        "listConcepts",
        tag="search",
        summary="All concepts, or those relevant to a question",
        answer=list_of("concepts", "ConceptRow", "Concepts; for a question the most relevant first."),
        endpoint="concepts",
        parameters=(
            Q,
            QUERY_LANGUAGE,
            LIMIT,
        ),
    ),
    Operation(
        "/concepts/skos",
        get_concepts_as_skos,
        "getConceptsAsSkos",
        tag="search",
        summary="All concepts as SKOS",
        answer=Answer(
            "The graph; the language tag of a label includes its country (`es-PE`).",
            content={
                "text/turtle": {"schema": {"type": "string"}},
                "application/rdf+xml": {"schema": {"type": "string"}},
                "application/ld+json": {"schema": {"type": "array", "items": {"type": "object"}}},
            },
        ),
        endpoint="concepts_skos",
        parameters=(FORMAT,),
    ),
    Operation(
        "/concepts/<concept_id>",
        get_concept,
        "getConcept",
        tag="search",
        summary="One concept with its labels, related concepts, and occurrences in readable documents",
        answer=object_of("Concept", "The concept."),
        endpoint="concept",
        parameters=(COUNTRY,),
    ),
)
