"""Export of the concept layer as SKOS, with definitions and mappings to EuroVoc.

National labels have the country in their language tag (``lavado de activos`` as ``es-PE``). Notes on false friends are
scope notes, and the concepts that such a word may mean are related by ``owl:differentFrom``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS

from extraction.resource import load
from nlp.concepts.false_friends import false_friends
from nlp.concepts.layer import KINDS, LANGUAGES, Concept, Label, broader_concepts, concepts

BASE = "urn:rogatio:concept:"
SCHEME = URIRef("urn:rogatio:concepts")
EUROVOC = Namespace("http://eurovoc.europa.eu/")
# RDF serialisations by file extension and by media type.
FORMATS = {".ttl": "turtle", ".rdf": "xml", ".xml": "xml", ".jsonld": "json-ld", ".nt": "nt"}
MEDIA_TYPES = {"turtle": "text/turtle", "xml": "application/rdf+xml", "json-ld": "application/ld+json"}

_HIDDEN = {"colloquial", "former", "close", "civil", "proposed", "aggravating"}

Triple = tuple[URIRef, URIRef, URIRef | Literal]


def skos() -> Graph:
    """Return all concepts as one graph."""
    graph = Graph()
    graph.bind("skos", SKOS)
    graph.bind("dcterms", DCTERMS)
    graph.bind("eurovoc", EUROVOC)
    for triple in (*_scheme(), *_collections(), *_different()):
        graph.add(triple)
    for concept in concepts().values():
        for triple in (*_labels(concept), *_relations(concept), *_documentation(concept)):
            graph.add(triple)
    return graph


def uri(concept_id: str) -> URIRef:
    """Return the URI of a concept."""
    return URIRef(BASE + concept_id)


def _scheme() -> Iterator[Triple]:
    yield SCHEME, RDF.type, SKOS.ConceptScheme
    for language, title in _words()["scheme"].items():
        yield SCHEME, DCTERMS.title, Literal(title, lang=language)
    for language, note in _words()["note"].items():
        yield SCHEME, SKOS.note, Literal(note, lang=language)


def _collections() -> Iterator[Triple]:
    """Yield a collection for each kind of concept."""
    for kind in KINDS:
        collection = URIRef(f"urn:rogatio:concepts:{kind}")
        yield collection, RDF.type, SKOS.Collection
        for language, name in _words()["kinds"][kind].items():
            yield collection, SKOS.prefLabel, Literal(name, lang=language)
        for concept in concepts().values():
            if concept.kind == kind:
                yield collection, SKOS.member, uri(concept.id)


def _labels(concept: Concept) -> Iterator[Triple]:
    """Yield the labels; preferred and alternative labels are disjoint (SKOS S13)."""
    for language in LANGUAGES:
        first, *others = concept.labels_in(language)
        preferred = Literal(first.text, lang=language)
        yield uri(concept.id), SKOS.prefLabel, preferred
        for label in (first, *others):
            kind = SKOS.hiddenLabel if label.relation in _HIDDEN else SKOS.altLabel
            for literal in _literals(label):
                if literal != preferred and label.relation != "broader":
                    yield uri(concept.id), kind, literal
        for short in concept.short.get(language, ()):
            yield uri(concept.id), SKOS.altLabel, Literal(short, lang=language)


def _literals(label: Label) -> Iterator[Literal]:
    for country in label.jurisdictions or ("",):
        yield Literal(label.text, lang=f"{label.language}-{country}" if country else label.language)


def _relations(concept: Concept) -> Iterator[Triple]:
    """Yield hierarchy and relations; related is disjoint with broader transitive (SKOS S27)."""
    own = uri(concept.id)
    yield own, RDF.type, SKOS.Concept
    yield own, SKOS.inScheme, SCHEME
    yield own, SKOS.notation, Literal(concept.id)
    if not concept.broader:
        yield own, SKOS.topConceptOf, SCHEME
        yield SCHEME, SKOS.hasTopConcept, own
    for wider in concept.broader:
        yield own, SKOS.broader, uri(wider)
        yield uri(wider), SKOS.narrower, own
    for other in concept.related:
        if other not in broader_concepts(concept.id) and concept.id not in broader_concepts(other):
            yield own, SKOS.related, uri(other)
            yield uri(other), SKOS.related, own


def _documentation(concept: Concept) -> Iterator[Triple]:
    own = uri(concept.id)
    for language, definition in concept.definition.items():
        yield own, SKOS.definition, Literal(definition, lang=language)
    for friend in false_friends():
        if concept.id in friend.concepts():
            for language, note in friend.note.items():
                yield own, SKOS.scopeNote, Literal(note, lang=language)
    for treaty in concept.treaties:
        yield own, DCTERMS.references, Literal(treaty)
    for number in concept.eurovoc_exact:
        yield own, SKOS.exactMatch, EUROVOC[number]
    for number in concept.eurovoc:
        yield own, SKOS.closeMatch, EUROVOC[number]


def _different() -> Iterator[Triple]:
    for friend in false_friends():
        named = sorted(friend.concepts() | ({friend.excluded_concept} - {""}))
        for place, code in enumerate(named):
            for other in named[place + 1 :]:
                yield uri(code), OWL.differentFrom, uri(other)


def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = load("nlp.concept_kinds")
    return words
