"""The SKOS export satisfies the rules of SKOS and contains every label."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import OWL, SKOS

from nlp.concepts.layer import LANGUAGES, concepts
from nlp.concepts.skos import EUROVOC, FORMATS, SCHEME, skos, uri


@pytest.fixture(scope="module")
def graph() -> Graph:
    return skos()


def test_every_concept_is_in_the_scheme_under_one_name_a_language(graph: Graph) -> None:
    found = set(graph.subjects(RDF.type, SKOS.Concept))
    assert found == {uri(code) for code in concepts()}
    for one in found:
        assert (one, SKOS.inScheme, SCHEME) in graph
        assert Counter(name.language for name in graph.objects(one, SKOS.prefLabel)) == dict.fromkeys(LANGUAGES, 1)


def test_preferred_other_and_hidden_names_are_disjoint(graph: Graph) -> None:
    for one in graph.subjects(RDF.type, SKOS.Concept):
        preferred, other, hidden = (
            set(graph.objects(one, kind)) for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        )
        assert not preferred & other
        assert not preferred & hidden
        assert not other & hidden, (one, other & hidden)


def test_broader_concepts_are_never_related_nor_cyclic(graph: Graph) -> None:
    for one in graph.subjects(RDF.type, SKOS.Concept):
        wider = set(graph.transitive_objects(one, SKOS.broader)) - {one}
        assert one not in {w for x in wider for w in graph.transitive_objects(x, SKOS.broader)}
        assert not wider & set(graph.objects(one, SKOS.related))
        assert all((w, SKOS.narrower, one) in graph for w in graph.objects(one, SKOS.broader))


def test_what_has_nothing_wider_is_on_top(graph: Graph) -> None:
    top = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert top == {uri(code) for code, one in concepts().items() if not one.broader}


def test_a_name_has_its_country(graph: Graph) -> None:
    names = set(graph.objects(uri("ML"), SKOS.altLabel))
    assert {Literal("lavado de activos", lang="es-PE"), Literal("lavagem de dinheiro", lang="pt-BR")} <= names


def test_every_name_that_is_not_wider_is_there(graph: Graph) -> None:
    for concept in concepts().values():
        written = {
            (str(name), name.language[:2])
            for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for name in graph.objects(uri(concept.id), kind)
        }
        assert {(x.text, x.language) for x in concept.labels if x.relation != "broader"} <= written


def test_the_same_concept_of_eurovoc(graph: Graph) -> None:
    assert (uri("ML"), SKOS.exactMatch, EUROVOC["5465"]) in graph
    exact = set(graph.subject_objects(SKOS.exactMatch))
    close = set(graph.subject_objects(SKOS.closeMatch))
    assert len(exact) > 90
    assert not exact & close
    assert max(Counter(target for _, target in exact).values()) == 1


def test_false_friends_are_different_things(graph: Graph) -> None:
    assert (uri("KIDN"), OWL.differentFrom, uri("SEIZEV")) in graph
    assert any("secuestro" in str(note).casefold() for note in graph.objects(uri("SEIZEV"), SKOS.scopeNote))


@pytest.mark.parametrize("form", sorted(set(FORMATS.values())))
def test_what_is_written_is_read_back(graph: Graph, form: str) -> None:
    read = Graph().parse(data=graph.serialize(format=form), format=form)
    assert len(read) == len(graph)
    assert isinstance(next(read.subjects(SKOS.notation, Literal("ML"))), URIRef)
