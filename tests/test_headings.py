"""A provision whose heading is the query comes before those that concepts, words or meaning bring."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from engine_records import made

from indexing.access import AccessFilter
from indexing.engines.protocol import Engine
from indexing.records.stored_fields import StoredFields, stored_fields
from indexing.search.fusion import Rankings, fuse
from indexing.search.headings import asked_heading, is_heading
from indexing.search.request import SearchRequest
from indexing.search.search import retrieve
from nlp.annotations import Unit
from nlp.structure.structure import find_structure

PLAIN = stored_fields(made("law", "Texto.", units=(Unit(0, 6, "art. 1", "article", (), "", 1.0, "test"),))[0])

BRAZIL = """TÍTULO XI DOS CRIMES CONTRA A ADMINISTRAÇÃO PÚBLICA

D - escaminho

Art. 334. Iludir, no todo ou em parte, o pagamento de direito devido pela entrada de mercadoria, ou praticar fato \
assimilado, em lei especial, a contrabando ou descaminho, ou vender mercadoria que sabe ser produto de contrabando.

Pena - reclusão, de um a quatro anos.

C - ontrabando

Art. 334-A. Importar ou exportar mercadoria proibida:

Pena - reclusão, de dois a cinco anos.

Facilitação de contrabando ou descaminho

Art. 335. Facilitar, com infração de dever funcional, a prática de contrabando ou descaminho:

Pena - reclusão, de três a oito anos.
"""
FRANCE = """Sous-section 2 : Des peines applicables en cas de récidive

Article 132-8

Lorsqu'une personne physique, déjà condamnée définitivement pour un crime, commet un crime, le maximum de la peine est \
la réclusion criminelle à perpétuité.

Article 132-10

Lorsqu'une personne physique, déjà condamnée définitivement pour un délit, commet un délit qui lui est assimilé au \
regard des règles de la récidive, le maximum des peines est doublé.

Sous-section 3 : Des peines applicables en cas de réitération d'infractions

Article 132-16-7

Il y a réitération d'infractions pénales lorsqu'une personne a déjà été condamnée pour un crime ou délit \
et commet une nouvelle infraction qui ne répond pas aux conditions de la récidive légale. La récidive est exclue.
"""
COLOMBIA = """Artículo 15. Concepto. Es una consecuencia patrimonial de actividades ilícitas, que declara la pérdida \
de un bien a favor del Estado.

Artículo 16. Causales. Se declarará la pérdida de los bienes que sean producto de una actividad ilícita.
"""
SPAIN = """Artículo 127. Comiso. La pérdida de los efectos se acordará en la sentencia, aunque la acción penal se \
extinga y sin que la extinción afecte al dominio de terceros. El juez resolverá sobre la extinción del dominio.
"""


def scope(heading: str = "", path: tuple[str, ...] = (), title: str = "", language: str = "es") -> StoredFields:
    return replace(PLAIN, heading=heading, path=path, title=title, language=language)


@pytest.mark.parametrize(
    ("query", "language", "heading", "least", "most"),
    [
        ("extorsión", "es", "Extorsión", 1.0, 1.0),
        ("extorsion", "es", "Extorsión", 1.0, 1.0),
        ("delito de extorsión", "es", "De la extorsión", 1.0, 1.0),
        ("sequestro", "pt", "Seqüestro e cárcere privado", 1.0, 1.0),
        ("tráfico de armas", "es", "Fabricación y tráfico de armas", 0.6, 0.9),
        ("peculado", "es", "Peculado por extensión agravada", 0.2, 0.4),
        ("trata", "es", "Tratados", 0.0, 0.0),
        ("extorsión", "es", "Robo", 0.0, 0.0),
        ("contrabando", "pt", "Facilitação de contrabando ou descaminho", 0.0, 0.2),
        ("suspensión de la pena", "es", "Revocación de la suspensión de la pena", 0.3, 0.39),
        ("suspensión de la pena", "es", "Suspensión condicional de la pena", 0.6, 0.7),
        ("suspensión de la pena", "es", "Suspensión de la prescripción", 0.0, 0.0),
        ("récidive", "fr", "Des peines applicables en cas de récidive", 1.0, 1.0),
        ("extinción de dominio", "es", "Concepto de extinción de dominio", 1.0, 1.0),
        ("harcèlement sexuel", "fr", "De l'exhibition sexuelle et du harcèlement sexuel", 0.7, 0.9),
    ],
)
def test_how_far_a_query_is_a_heading(query: str, language: str, heading: str, least: float, most: float) -> None:
    asked = asked_heading(query, [language])
    assert asked
    assert least <= asked.own(scope(heading, language=language)) <= most
    assert is_heading(query, heading, language) == (least == 1.0)


def test_headings_above_and_titles_count_and_other_languages_count_less() -> None:
    asked = asked_heading("récidive", ["fr"])
    assert asked
    section = ("Sous-section 2 : Des peines applicables en cas de récidive",)
    assert asked.above(scope(path=section, language="fr")) == 1.0
    assert 0 < asked.above(scope(path=section, language="pt")) < 1.0
    law = asked_heading("extinción de dominio", ["es"])
    assert law
    assert law.own(scope(title="Ley 1708 de 2014, Código de Extinción de Dominio")) > 0
    assert law.own(scope(title="Ley de extinción de contratos de dominio")) == 0


def test_nothing_and_a_long_text_are_no_heading() -> None:
    assert asked_heading("", ["es"]) is None
    assert (
        asked_heading(
            "embargo de cuentas, bienes, buques, aeronaves, acciones, empresas, inmuebles y criptomonedas", ["es"]
        )
        is None
    )


def test_a_heading_is_ranked_beside_words_labels_and_meaning() -> None:
    orders = Rankings(words=["text", "named"], names=["other"], close=["other"], headed={"named": 1.0, "text": 0.3})
    assert next(hit.name for hit in fuse(orders)) == "other"
    assert next(hit.name for hit in fuse(replace(orders, close=[]))) == "named"
    assert [hit.name for hit in fuse(Rankings(names=["far", "own"], native={"own"}))] == ["own", "far"]


@pytest.fixture(scope="module")
def laws(engine: Engine) -> str:
    partition = f"headings-{uuid4().hex[:8]}"
    for name, text, language, country, title in (
        ("br", BRAZIL, "pt", "BR", "Código Penal"),
        ("fr", FRANCE, "fr", "FR", "Code pénal"),
        ("co", COLOMBIA, "es", "CO", "Ley 1708 de 2014, Código de Extinción de Dominio"),
        ("es", SPAIN, "es", "ES", "Código Penal"),
    ):
        units = tuple(find_structure(text, (), document_type="statute", jurisdiction=country, language=language))
        records = made(
            name, text, language=language, jurisdiction=country, document_type="statute", units=units, title=title
        )
        engine.write(partition, records)
    engine.refresh(partition)
    return partition


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("contrabando", "pt", ("br", "art. 334-A")),
        ("descaminho", "pt", ("br", "art. 334")),
        ("récidive", "fr", ("fr", "art. 132-8")),
        ("extinción de dominio", "es", ("co", "art. 15")),
    ],
)
def test_the_provision_of_which_a_query_is_the_heading_is_first(
    engine: Engine, laws: str, query: str, language: str, first: tuple[str, str]
) -> None:
    access = AccessFilter("tester", ((laws, frozenset({"law"})),))
    hits = retrieve(SearchRequest(query, language=language), access, engine).hits
    assert (hits[0].document_id, hits[0].unit) == first
