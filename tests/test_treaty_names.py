"""Names of treaties in texts: the longest name wins, and every treaty cited by a concept has a name."""

from __future__ import annotations

import pytest

from extraction.resource import load
from nlp.concepts.layer import concepts
from nlp.entities.gazetteers import find_gazetteer
from nlp.folding import words_of

NAMED = [
    (
        "la Convention relative au blanchiment, au dépistage, à la saisie et à la confiscation des produits du crime et"
        " au financement du terrorisme",
        "CETS198",
    ),
    (
        "la Convention relative au blanchiment, au dépistage, à la saisie et à la confiscation des produits du crime",
        "CETS141",
    ),
    (
        "Convenio relativo al blanqueo, seguimiento, embargo y comiso de los productos del delito y a la financiación"
        " del terrorismo",
        "CETS198",
    ),
    (
        "Convenção relativa ao Branqueamento, Detecção, Apreensão e Perda dos Produtos do Crime e ao Financiamento do"
        " Terrorismo",
        "CETS198",
    ),
    ("the Criminal Law Convention on Corruption", "CETS173"),
    ("la Convención sobre el Comercio Internacional de Especies Amenazadas de Fauna y Flora Silvestres", "CITES"),
    ("o Acordo de Escazú", "ESCAZU"),
    ("the Arms Trade Treaty", "ATT"),
    ("Convención Interamericana para Prevenir y Sancionar la Tortura", "IACPT"),
    ("la Convención contra la Tortura y Otros Tratos o Penas Crueles, Inhumanos o Degradantes", "UNCAT"),
    (
        "Segundo Protocolo Adicional al Convenio Europeo de Asistencia Judicial en Materia Penal",
        "ECMA59-AP2",
    ),
]
NO_TREATY = {"EU", "FATF", "GENEVA1929", "GENEVA49"}  # acts of the Union, recommendations, several conventions


@pytest.mark.parametrize(("text", "key"), NAMED)
def test_a_treaty_is_known_by_its_name(text: str, key: str) -> None:
    found = [(span.label, span.value) for span in find_gazetteer(text, words_of(text))]
    assert found == [("TREATY", key)]


def test_what_concepts_cite_is_a_treaty_with_names() -> None:
    named = load("nlp.treaties").keys() | {row["id"] for row in load("nlp.law_titles")["treaties"]}
    cited = {place.split()[0] for one in concepts().values() for place in one.treaties}
    assert cited - NO_TREATY <= named
