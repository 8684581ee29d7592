"""Countries, days in force and personal names in a query: recognised as filters, shown, and switched off."""

from __future__ import annotations

from uuid import uuid4

import pytest
from engine_records import made
from hashed_encoder import encoded, hashed_encoder

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.validity import exactly
from indexing.search.parser import parse
from indexing.search.query_recognition import country_mentions, is_proper_name, person_name, recognise
from indexing.search.query_tree import And, Field, Not, Run
from indexing.search.request import Recognised, SearchRequest, SearchResult
from indexing.search.search import retrieve

ENCODER = hashed_encoder()


@pytest.mark.parametrize(
    ("query", "countries"),
    [
        ("confiscation in Brazil", [("BR", "in Brazil")]),
        ("confiscation in brazil", [("BR", "in brazil")]),
        ("Brazilian law on confiscation", [("BR", "Brazilian")]),
        ("código penal peruano", [("PE", "peruano")]),
        ("decomiso Perú", [("PE", "Perú")]),
        ("perda de bens no Brasil", [("BR", "no Brasil")]),
        ("blanchiment au Brésil", [("BR", "au Brésil")]),
        ("droit de l'Argentine", [("AR", "de l'Argentine")]),
        ("lavado en la República Dominicana", [("DO", "en la República Dominicana")]),
        ("drugs in trinidad and tobago", [("TT", "in trinidad and tobago")]),
        ("Trinidad trafficking in persons penalty", [("TT", "Trinidad")]),
        ("laundering in Brazil and Peru", [("BR", "in Brazil"), ("PE", "and Peru")]),
        ("decomiso en Cuba", [("CU", "en Cuba")]),
        ("carta rogatoria de Colombia a España", [("CO", "de Colombia")]),
        ("pedido do Brasil para Portugal", [("BR", "do Brasil")]),
        ("requests of Ireland to Spain", [("IE", "of Ireland")]),
        ("commission rogatoire de la France vers Haïti", [("FR", "de la France")]),
    ],
)
def test_a_country_whose_law_is_requested_is_read(query: str, countries: list[tuple[str, str]]) -> None:
    found = country_mentions(query)
    assert [(one.values[0], query[one.start : one.end]) for one in found] == countries


@pytest.mark.parametrize(
    ("query", "rest", "countries"),
    [
        ("lavado sin Perú", "lavado", ("PE",)),
        ("lavado en países distintos de Perú", "lavado", ("PE",)),
        ("lavado sin Perú ni Chile", "lavado", ("PE", "CL")),
        ("corrupção fora do Brasil", "corrupção", ("BR",)),
        ("corrupção com exceção de Portugal", "corrupção", ("PT",)),
        ("laundering not in Ireland", "laundering", ("IE",)),
        ("bribery other than the United Kingdom", "bribery", ("GB",)),
        ("blanchiment hors de France", "blanchiment", ("FR",)),
        ("blanchiment à l'exception de la France", "blanchiment", ("FR",)),
        ("blanqueo -España", "blanqueo", ("ES",)),
        ("blanqueo NOT España", "blanqueo", ("ES",)),
        ('corruption -"Costa Rica"', "corruption", ("CR",)),
    ],
)
def test_a_country_that_is_left_out_is_read(query: str, rest: str, countries: tuple[str, ...]) -> None:
    read, recognised = recognise(parse(query))
    assert read.tree == And((Run(rest), Not(Field("jurisdiction", countries))))
    assert [(one.values, one.excluded) for one in recognised] == [(countries, True)]


def test_one_country_is_asked_and_another_left_out() -> None:
    read, recognised = recognise(parse("penas en Chile sin Perú"))
    assert (read.tree, read.fields) == (
        And((Run("penas"), Not(Field("jurisdiction", ("PE",))))),
        (Field("jurisdiction", ("CL",)),),
    )
    assert [(one.values, one.excluded) for one in recognised] == [(("CL",), False), (("PE",), True)]


@pytest.mark.parametrize(
    "query",
    [
        "delito cometido fuera de España",
        "crimes praticados fora do Brasil",
        "offence committed outside Ireland",
        "infraction commise hors de France",
    ],
)
def test_a_country_outside_of_which_an_act_was_done_is_no_filter(query: str) -> None:
    assert recognise(parse(query)) == (parse(query), ())


@pytest.mark.parametrize("query", ["lavado -soborno", "menores sin nacionalidad", "lavado -peruano"])
def test_a_word_that_is_left_out_is_no_country(query: str) -> None:
    assert recognise(parse(query))[1] == ()


@pytest.mark.parametrize(
    "query",
    [
        "tratado de extradición entre España y Colombia",
        "extradición de España a Colombia",
        "request to Spain",
        "ciudadano peruano",
        "brazilian company",
        "pesos colombianos",
        "traducción al español",
        "American Convention on Human Rights",
        "homicidio en Ciudad de México",
        "granada de mano",
        "réunion de preuves",
        "lavado de activos",
    ],
)
def test_a_country_that_is_a_party_or_a_part_of_another_name_is_not_read(query: str) -> None:
    assert country_mentions(query) == ()


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("Élodie Martin", 2),
        ("Carmen Delgado Ruiz", 3),
        ("carmen delgado ruiz", 3),
        ("DELGADO RUIZ, Carmen", 3),
        ("ruiz delgado, carmen", 3),
        ("Sra. Carmen Delgado Ruiz", 3),
        ("João Carlos da Silva", 3),
        ("Hernán de la Hoz del Valle", 3),
        ("J. Pérez Gómez", 2),
        ("Niamh O'Farrell", 2),
    ],
)
def test_a_personal_name_is_recognised(query: str, parts: int) -> None:
    assert len(person_name(query)) == parts


@pytest.mark.parametrize(
    "query",
    [
        "Martin",
        "lavado de activos",
        "Lavado de Activos",
        "juicio de amparo",
        "norma internacional",
        "Juzgado Central de Instrucción",
        "San José",
        "Costa Rica",
        "Ley María da Penha",
        "Convención de Palermo",
        "Carmen Delgado 1956",
        "Quién mató a Carmen Delgado y por qué lo hizo",
    ],
)
def test_what_is_no_name_is_not_recognised(query: str) -> None:
    assert person_name(query) == ()


@pytest.fixture(scope="module")
def shelf(engine: Engine) -> str:
    """Confiscation in two countries, a law in two versions, and letters that name persons."""
    partition = f"recognised-{uuid4().hex[:8]}"
    then, now = exactly("2010-01-01", "2015-07-01"), exactly("2015-07-01")
    laws = (
        made("es", "El juez ordenará la confiscación de los bienes.", jurisdiction="ES"),
        made("br", "O juiz decretará a perda dos bens, isto é, o confisco.", language="pt", jurisdiction="BR"),
        made("to-brazil", "Solicitud dirigida al Brasil sobre confiscación de bienes.", jurisdiction="PE"),
        made("old", "Será castigado con multa el encubrimiento.", jurisdiction="UY", validity=then),
        made("new", "Será castigado con prisión el encubrimiento.", jurisdiction="UY", validity=now),
        made("first", "Declaró Carmen BERMÚDEZ CASTAÑO, titular de un documento.", jurisdiction="AR"),
        made("second", "Castaño Bermúdez, Carmen María, nacida en Rosario.", jurisdiction="AR"),
        made("others", "Declararon Carmen Ruiz Paz, su vecina, por la tarde y Paula Bermúdez, ayer, y Juan Castaño.",
             jurisdiction="AR"),
        made("long", "Antônio Luiz Guimarães da Conceição Falcão Nogueira recebeu a quantia.", language="pt"),
    )  # fmt: skip
    engine.write(partition, [record for records in laws for record in encoded(records, ENCODER)])
    engine.refresh(partition)
    return partition


def ask(engine: Engine, partition: str, query: str, **request: object) -> SearchResult:
    access = AccessFilter("tester", ((partition, frozenset({"law"})),))
    return retrieve(SearchRequest(query, **request), access, engine, ENCODER)  # type: ignore[arg-type]


def ids(result: SearchResult) -> set[str]:
    return {hit.document_id for hit in result.hits}


def test_a_country_in_the_query_is_a_filter_that_is_reported(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "confiscation in Brazil", language="en")
    assert result.hits[0].document_id == "br"
    assert {hit.jurisdiction for hit in result.hits} == {"BR"}
    assert result.recognised == (Recognised("jurisdiction", ("BR",), "in Brazil"),)


def test_a_country_that_is_left_out_has_no_hits(engine: Engine, shelf: str) -> None:
    everywhere = ask(engine, shelf, "confiscation", language="en")
    result = ask(engine, shelf, "confiscation except Brazil", language="en")
    assert ids(result) == ids(everywhere) - {hit.document_id for hit in everywhere.hits if hit.jurisdiction == "BR"}
    assert "BR" in {hit.jurisdiction for hit in everywhere.hits}
    assert result.recognised == (Recognised("jurisdiction", ("BR",), "except Brazil", excluded=True),)


def test_the_caller_can_have_it_searched_as_words(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "confiscación Brasil", language="es", as_words=("jurisdiction",), mode="words")
    assert result.recognised == ()
    assert result.hits[0].document_id == "to-brazil"


def test_a_country_of_which_nothing_is_stored_is_searched_as_a_word(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "confiscación en Mongolia", language="es")
    assert "es" in ids(result)
    assert result.recognised == (Recognised("jurisdiction", ("MN",), "en Mongolia", applied=False),)


def test_a_filter_that_is_chosen_outweighs_the_words(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "confiscación en Brasil", language="es", filters={"jurisdiction": ("ES",)})
    assert {hit.jurisdiction for hit in result.hits} == {"ES"}
    assert result.hits[0].document_id == "es"


def test_operators_and_phrases_are_taken_at_their_word(engine: Engine, shelf: str) -> None:
    assert ask(engine, shelf, "confiscación AND Brasil").recognised == ()
    assert ask(engine, shelf, '"Carmen Bermúdez"').recognised == ()


@pytest.mark.parametrize(
    ("when", "found"),
    [("2012", {"old"}), ("2015", {"old", "new"}), ("2020", {"new"}), ("2009", set())],
)
def test_a_law_in_force_in_a_year_is_one_of_any_of_its_days(
    engine: Engine, shelf: str, when: str, found: set[str]
) -> None:
    result = ask(engine, shelf, f"encubrimiento vigente en {when}", language="es", mode="words")
    assert ids(result) == found
    assert result.recognised == (Recognised("in_force", (when,), f"vigente en {when}"),)


def test_the_law_of_a_day_in_the_query_is_searched_and_reported(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "¿Qué pena tenía el encubrimiento en Uruguay en 2012?", language="es")
    assert (ids(result), result.in_force) == ({"old"}, ("2012",))
    assert Recognised("in_force", ("2012",), "en 2012") in result.recognised
    assert ask(engine, shelf, "encubrimiento en Uruguay", language="es").in_force == ("today",)


def test_a_country_without_a_text_of_the_day_finds_nothing(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "encubrimiento en Uruguay en 2009", language="es")
    assert (result.hits, result.total, result.not_in_force_then) == ((), 0, 2)
    assert all(recognised.applied for recognised in result.recognised)


def test_a_day_that_is_not_in_the_calendar_is_refused(engine: Engine, shelf: str) -> None:
    with pytest.raises(RogatioError, match="31/02/2015") as refused:
        ask(engine, shelf, "encubrimiento vigente el 31/02/2015", language="es")
    assert refused.value.code == "indexing.no_such_time_in_force"
    assert ask(engine, shelf, "encubrimiento vigente el 31/02/2015", as_words=("in_force",)).in_force == ("today",)


def test_a_month_is_a_time_in_force(engine: Engine, shelf: str) -> None:
    assert ids(ask(engine, shelf, "encubrimiento vigente:2015-06", mode="words")) == {"old"}
    assert ids(ask(engine, shelf, "encubrimiento vigente:2015-07", mode="words")) == {"new"}


@pytest.mark.parametrize(
    "query",
    ["Carmen Bermúdez Castaño", "carmen bermudez castano", "BERMÚDEZ CASTAÑO, Carmen", "Castaño Bermúdez Carmen"],
)
def test_a_name_finds_all_its_parts_in_any_order_and_nothing_by_meaning(engine: Engine, shelf: str, query: str) -> None:
    result = ask(engine, shelf, query)
    assert ids(result) == {"first", "second"}
    assert (result.by_meaning, result.by_names) == (0, 0)
    hit = next(hit for hit in result.hits if hit.document_id == "first")
    (mark,) = hit.marks
    assert hit.snippet[mark[0] - hit.snippet_start : mark[1] - hit.snippet_start] == "Carmen BERMÚDEZ CASTAÑO"


def test_documents_with_both_surnames_come_before_what_is_close_in_meaning(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "Bermúdez Castaño")
    assert {hit.document_id for hit in result.hits[:2]} == {"first", "second"}


@pytest.mark.parametrize("query", ["Antônio Luiz Guimarães Conceição Nogueira", "Conceição Nogueira, Antônio Luiz"])
def test_a_long_name_is_found_in_either_order(engine: Engine, shelf: str, query: str) -> None:
    assert ids(ask(engine, shelf, query)) == {"long"}


def test_a_name_that_nobody_has_finds_nothing(engine: Engine, shelf: str) -> None:
    result = ask(engine, shelf, "Carmen Inexistente Fulánez")
    assert (result.hits, result.total, result.by_meaning) == ((), 0, 0)
    assert ask(engine, shelf, "Carmen Inexistente Fulánez", as_words=("person",)).by_meaning > 0


@pytest.mark.parametrize(
    ("query", "is_one"),
    [
        ("Fiscalía Regional Metropolitana Oriente", True),
        ("Departamento de Recuperação de Ativos e Cooperação Jurídica Internacional", True),
        ("Office of the Director of Public Prosecutions", True),
        ("Lavado de activos en Chile", False),
        ("MONEY LAUNDERING AND CORRUPTION", False),
        ("Código Penal", False),
        ("Pereyra Lanza", True),
        ("Quadros da Silva", True),
        ("Trata de Personas", False),
        ("Ministério Público", False),
        ("Estados Unidos", False),
        ("Guardia Civil", False),
        ("Money Laundering", False),
        ("Procureur Général", False),
        ("", False),
    ],
)
def test_the_name_of_an_institution_and_two_surnames_are_written_in_title_case(query: str, is_one: bool) -> None:
    assert is_proper_name(query) is is_one
