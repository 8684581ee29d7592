"""Queries in one language find the provisions of all countries by the national terms of their concepts."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.plan import Alternatives, Must
from indexing.engines.protocol import Engine
from indexing.search.concept_expansion import expand_concepts
from indexing.search.highlighting import NameMarker
from indexing.search.request import Hit, SearchRequest, SearchResult
from indexing.search.search import retrieve
from nlp.concepts.concepts import find_concepts
from nlp.folding import words_of

PARTITION = "public"


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """Money laundering in four laws, each under its own name or under none, and what is near to it in words."""
    partition = f"names-{uuid4().hex[:8]}"
    laws = (
        made("pe", "El que convierte o transfiere bienes cuyo origen ilícito conoce comete lavado de activos.",
             jurisdiction="PE"),
        made("br", "Ocultar ou dissimular a natureza, origem e movimentação de bens provenientes de infração penal.",
             language="pt", jurisdiction="BR", title="Crimes de lavagem de dinheiro"),
        made("fr", "Le blanchiment est le fait de faciliter la justification mensongère de l'origine des biens.",
             language="fr", jurisdiction="FR"),
        made("gb", "A person commits an offence if he conceals criminal property.", language="en", jurisdiction="GB"),
        made("cleaning", "El lavado de la ropa de los activos de la fuerza.", jurisdiction="PE"),
        made("other", "Os prazos contam-se em dias úteis.", language="pt", jurisdiction="BR"),
        made("hidden", "Le blanchiment de capitaux.", language="fr", jurisdiction="FR", collection="closed"),
    )  # fmt: skip
    engine.write(partition, [record for records in laws for record in records])
    engine.refresh(partition)
    return partition


def ask(engine: Engine, partition: str, query: str, *collections: str, **request: object) -> SearchResult:
    access = AccessFilter("tester", ((partition, frozenset(collections or ("law",))),))
    return retrieve(SearchRequest(query, **request), access, engine)  # type: ignore[arg-type]


def by_id(result: SearchResult) -> dict[str, Hit]:
    return {hit.document_id: hit for hit in result.hits}


@pytest.mark.parametrize(
    ("query", "language"),
    [("lavado de activos", "es"), ("lavagem de dinheiro", "pt"), ("money laundering", "en"), ("blanchiment", "fr"),
     ("money laundering", ""), ("who commits money laundering and what is the penalty", "en")],
)  # fmt: skip
def test_a_name_in_one_language_finds_the_laws_of_all(engine: Engine, shelf: str, query: str, language: str) -> None:
    found = by_id(ask(engine, shelf, query, language=language, group_by="jurisdiction", limit=1))
    assert set(found) == {"pe", "br", "fr", "gb"}


def test_each_hit_says_which_name_of_which_concept_finds_it(engine: Engine, shelf: str) -> None:
    found = by_id(ask(engine, shelf, "money laundering", language="en"))
    french, brazilian = found["fr"], found["br"]
    assert (french.origin, french.why) == ("names", ("concept:ML", "name:blanchiment"))
    start, end = french.marks[0]
    assert french.snippet[start - french.snippet_start : end - french.snippet_start] == "blanchiment"
    assert brazilian.why == ("concept:ML", "name:lavagem de dinheiro")
    assert brazilian.marks == ()


def test_a_name_of_one_country_is_no_name_in_another(engine: Engine, shelf: str) -> None:
    names = expand_concepts("money laundering", "en")
    assert names is not None
    assert "lavado de activos" in {label.text for _, label in names.names("PE", "es")}
    assert "lavado de activos" not in {label.text for _, label in names.names("ES", "es")}


def test_words_alone_know_no_names(engine: Engine, shelf: str) -> None:
    assert not ask(engine, shelf, "money laundering", language="en", mode="words").hits


def test_what_must_not_be_seen_is_not_found_by_its_names(engine: Engine, shelf: str) -> None:
    assert "hidden" not in by_id(ask(engine, shelf, "money laundering", limit=100))
    assert "hidden" in by_id(ask(engine, shelf, "money laundering", "law", "closed", limit=100))


def test_what_is_required_binds_what_names_find(engine: Engine, shelf: str) -> None:
    assert set(by_id(ask(engine, shelf, "money laundering país:FR", language="en"))) == {"fr"}
    assert set(by_id(ask(engine, shelf, 'money laundering "criminal property"', language="en"))) == {"gb"}


@pytest.mark.parametrize("group_by", ["", "jurisdiction"])
def test_what_only_its_own_name_brings_is_counted_separately(engine: Engine, shelf: str, group_by: str) -> None:
    result = ask(engine, shelf, "money laundering", language="en", group_by=group_by)
    assert result.total == 0
    assert result.by_names == sum(hit.origin == "names" for hit in result.hits) == 5


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("drug trafficking", "Del tráfico ilícito de drogas y otros.", ["tráfico ilícito de drogas"]),
        ("drug trafficking", "El tráfico de mercancías y la tenencia de drogas.", []),
        ("theft", "Hurtos y robos.", ["Hurtos"]),
    ],
)
def test_names_are_marked_as_wholes(query: str, text: str, marked: list[str]) -> None:
    names = expand_concepts(query, "en")
    assert names is not None
    marks = NameMarker(names).marks(text, "PE", "es")
    assert [text[mark.start : mark.end] for mark in marks] == marked


@pytest.mark.parametrize(
    ("country", "language", "text", "marked"),
    [
        ("FR", "fr", "L'autorité centrale traite les demandes d'entraide.", []),
        ("FR", "fr", "Le juge qui traite ces demandes en rend compte.", []),
        ("FR", "fr", "La traite est punie de sept ans d'emprisonnement.", ["traite"]),
        ("FR", "fr", "La traite des êtres humains est punie.", ["traite des êtres humains"]),
        ("ES", "es", "La ley trata sobre las solicitudes.", []),
        ("ES", "es", "Cuando se trata de menores, se les oye.", []),
        ("ES", "es", "La trata será castigada con prisión.", ["trata"]),
    ],
)
def test_a_verb_written_like_a_name_is_not_marked(country: str, language: str, text: str, marked: list[str]) -> None:
    names = expand_concepts("human trafficking", "en")
    assert names is not None
    marks = NameMarker(names).marks(text, country, language)
    assert [text[mark.start : mark.end] for mark in marks] == marked


def test_a_passage_in_another_language_than_its_document_is_marked_by_its_own_names(engine: Engine) -> None:
    """A bilingual document: the name stands in the French part, the document counts as Spanish."""
    partition = f"bilingual-{uuid4().hex[:8]}"
    spanish = "Carta rogatoria por blanqueo de capitales.\n" + "Se solicita la asistencia a las autoridades. " * 80
    french = "Traduction. Les faits constituent un blanchiment d’argent commis en bande. " * 12
    parts = ((spanish, "es"), (french, "fr"))
    engine.write(partition, made("both", [*parts], jurisdiction="ES", document_type="request"))
    engine.refresh(partition)
    found = by_id(ask(engine, partition, "blanchiment d'argent", language="fr"))["both"]
    assert found.language == "fr"
    assert found.why[:2] == ("concept:ML", "name:blanchiment d'argent")


@pytest.fixture(scope="module")
def seizures(engine: Engine) -> str:
    """Kidnapping and seizure, which one word names in Spanish and another in Portuguese."""
    partition = f"friends-{uuid4().hex[:8]}"
    laws = (
        ("kidnapped", "PE", "es", "El que priva a otro de su libertad comete secuestro."),
        ("seized", "PE", "es", "El juez ordenará el secuestro judicial de los bienes del imputado."),
        ("held", "BR", "pt", "Privar alguém de sua liberdade, mediante sequestro e cárcere privado da vítima."),
        ("frozen", "BR", "pt", "Caberá o sequestro dos bens imóveis adquiridos com os proventos."),
    )
    for name, country, language, text in laws:
        spans = tuple(find_concepts(text, words_of(text), language, country))
        engine.write(partition, made(name, text, language=language, jurisdiction=country, spans=spans))
    engine.refresh(partition)
    return partition


@pytest.mark.parametrize(
    ("query", "language", "found"),
    [
        ("secuestro de personas", "es", {"kidnapped", "held"}),
        ("kidnapping", "en", {"kidnapped", "held"}),
        ("sequestro de bens", "pt", {"frozen"}),
    ],
)
def test_a_false_friend_is_explained_and_not_mixed_in(
    engine: Engine, seizures: str, query: str, language: str, found: set[str]
) -> None:
    result = ask(engine, seizures, query, language=language, facets=("jurisdiction",))
    assert set(by_id(result)) == found
    assert result.listed == len(result.hits)
    assert sum(value.count + value.beside for value in result.facets["jurisdiction"]) == len(result.hits)
    assert sum(reported.left_out for reported in result.false_friends) > 0
    assert all(set(reported.note) >= {"es", "pt", "en", "fr"} for reported in result.false_friends)


def test_the_total_is_what_can_be_paged_where_another_partition_fills_the_ranking(engine: Engine) -> None:
    """Hits by words beyond the ranking that are found by a label too are counted once."""
    large, small = f"a-large-{uuid4().hex[:8]}", f"b-small-{uuid4().hex[:8]}"
    for number in range(120):
        engine.write(large, made(f"large-{number}", "Comete lavado de activos. Lavado de activos."))
    for number in range(3):
        text = "El lavado de activos de la provincia. " + "Se oye a la parte interesada en la causa. " * 30
        engine.write(small, made(f"small-{number}", text))
    for partition in (large, small):
        engine.refresh(partition)
    access = AccessFilter("tester", tuple((partition, frozenset({"law"})) for partition in (large, small)))
    request, found, result = SearchRequest("lavado de activos", language="es", limit=50), [], None
    while result is None or result.after:
        result = retrieve(replace(request, after=result.after if result else ""), access, engine)
        found += result.hits
    assert result.listed == len(found) == 123


def test_what_is_filtered_by_a_concept_is_ordered_by_its_names(engine: Engine) -> None:
    partition = f"filtered-{uuid4().hex[:8]}"
    laws = (
        (
            "a-beside",
            "La comisión informa del lavado de activos y de otros hechos, entre ellos el contrabando de bienes.",
        ),
        ("b-defines", "Comete lavado de activos el que convierte, transfiere u oculta bienes de origen ilícito."),
        ("c-other", "El que hurta un bien mueble será reprimido."),
    )
    for name, text in laws:
        spans = tuple(find_concepts(text, words_of(text), "es", "PE"))
        engine.write(partition, made(name, text, jurisdiction="PE", spans=spans))
    engine.refresh(partition)
    result = ask(engine, partition, "concept:ML")
    assert [hit.document_id for hit in result.hits] == ["b-defines", "a-beside"]
    assert (result.total, result.by_names, result.by_meaning) == (2, 0, 0)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("restructuring aid", "en"), ("cancer", "en"), ("women's movement", "en"), ("road network", "en"),
        ("desempleo", "es"), ("conservación de la pesca", "es"), ("Consejo de Ministros", "es"),
        ("instituição de crédito", "pt"), ("jurisdição militar", "pt"), ("balança de pagamentos", "pt"),
        ("coopération juridique", "fr"), ("Tribunal (UE)", "fr"), ("droit des obligations", "fr"),
    ],
)  # fmt: skip
def test_ordinary_words_are_not_read_as_a_concept(words: str, language: str) -> None:
    """Descriptors of EuroVoc that share a word with some concept."""
    assert expand_concepts(words, language) is None


def test_a_concept_is_stated_only_where_it_is_certain() -> None:
    named, likely = expand_concepts("money laundering", "en"), expand_concepts("competencia del juez penal", "es")
    assert named
    assert named.is_stated
    assert likely
    assert not likely.is_stated


def test_a_long_name_counts_no_more_than_a_usual_one() -> None:
    expansion = expand_concepts("libertad vigilada", "es")
    assert expansion is not None
    names = [name for language in expansion.clause().clauses for name in language.clauses[1].clauses]  # type: ignore[union-attr]
    words = [[own for own in name.clauses if isinstance(own, Alternatives)] for name in names if isinstance(name, Must)]
    weights = {len(name): sum(own.terms[0].boost for own in name) for name in words}
    assert max(weights) > 4
    assert weights[max(weights)] <= weights[3] < 3.1


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("quelle est la peine encourue pour un vol", "THEFT"),
        ("pena de multa por lavado", "ML"),
        ("cuántos años de cárcel por violación", "RAPE"),
        ("penalty for fraud", "FRAUD"),
        ("pena de multa", "FINE"),
    ],
)
def test_a_question_for_a_penalty_is_about_its_offence(text: str, concept: str) -> None:
    expansion = expand_concepts(text, "")
    assert expansion is not None
    assert expansion.matches[0].concept == concept


def test_an_offence_beside_a_measure_is_searched_too() -> None:
    expansion = expand_concepts("confisco de bens lavagem", "pt")
    assert expansion is not None
    assert {match.concept for match in expansion.matches} == {"confiscation", "ML"}
