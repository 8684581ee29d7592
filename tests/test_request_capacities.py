"""Hearings of persons in the capacity that an order states, and of witnesses without names; citations of offences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nlp.annotations import Span
from nlp.pipeline import annotate
from nlp.requests.law.citing_words import citation_of
from nlp.requests.reading import read_request

HEADS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nMontevideo, 6 de noviembre de 2026\nCARTA ROGATORIA\n"
    "A la autoridad central de Bélgica\nHechos. El investigado Juan Rojas Mora giró dinero ilícito a Amberes.\n"
    "Se solicita:\n",
    "pt": "MINISTÉRIO PÚBLICO\nLisboa, 6 de novembro de 2026\nCARTA ROGATÓRIA\nÀ autoridade central de Espanha\n"
    "Factos. O investigado Juan Rojas Mora transferiu dinheiro ilícito.\nSolicita-se:\n",
    "en": "CROWN PROSECUTION SERVICE\nLondon, 6 November 2026\nLETTER OF REQUEST\nTo the competent authority of Spain\n"
    "Facts. The suspect Juan Rojas Mora sent criminal money to Spain.\nYou are requested:\n",
    "fr": "TRIBUNAL JUDICIAIRE DE LYON\nLyon, le 6 novembre 2026\nCOMMISSION ROGATOIRE\nAux autorités d'Espagne\n"
    "Faits. Le mis en cause Juan Rojas Mora a viré des fonds en Espagne.\nNous vous prions de :\n",
}


def fields(text: str) -> Mapping[str, Any]:
    return {key: [one.value for one in found] for key, found in read_request(text, annotate(text)).fields.items()}


def hearings(language: str, asked: str) -> set[tuple[str, str]]:
    found = fields(HEADS[language] + asked)["measures"]
    return {(one["measure"], one["target"]) for one in found if one["measure"].startswith("hearing")}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", "1. Toma de declaración de Juan Rojas Mora en calidad de sindicado, y de la responsable de "
         "importaciones, Sra. Annelies Claes, en calidad de testigo.\n"),
        ("pt", "1. Oitiva de Juan Rojas Mora como investigado e de Annelies Claes, contadora da empresa, como "
         "testemunha.\n"),
        ("fr", "1. procéder à l'audition de Juan Rojas Mora en qualité de suspect et de Mme Annelies Claes en "
         "qualité de témoin ;\n"),
    ],
)  # fmt: skip
def test_each_person_is_heard_in_his_capacity(language: str, asked: str) -> None:
    expected = {("hearing_suspect", "Juan Rojas Mora"), ("hearing_witness", "Annelies Claes")}
    assert hearings(language, asked) == expected


@pytest.mark.parametrize(
    ("language", "asked", "witness"),
    [
        ("en", "1. An interview under caution of Juan Rojas Mora.\n2. A statement from a scientist of the National "
         "Council for Protected Areas about the chicks.\n", "scientist of the National Council for Protected Areas"),
        ("es", "1. Que se reciba declaración, en calidad de investigado, a Juan Rojas Mora.\n2. Que se oiga en "
         "calidad de testigos a los dos funcionarios del Servicio de Salud Animal.\n",
         "funcionarios del Servicio de Salud Animal"),
        ("fr", "1. entendre en qualité de suspect Juan Rojas Mora ;\n2. l'audition libre du représentant de l'agent "
         "agréé, Caribbean Corporate Nominees Ltd ;\n", "représentant de l'agent agréé"),
    ],
)  # fmt: skip
def test_a_witness_without_a_name_is_not_the_suspect(language: str, asked: str, witness: str) -> None:
    found = hearings(language, asked)
    assert ("hearing_suspect", "Juan Rojas Mora") in found
    assert ("hearing_witness", witness) in found
    assert ("hearing_witness", "Juan Rojas Mora") not in found


LAW = (
    "FISCALÍA GENERAL DE LA NACIÓN\nMontevideo, 6 de noviembre de 2026\nCARTA ROGATORIA\n"
    "A la autoridad central de Portugal\nEsta Fiscalía de la República Oriental del Uruguay investiga.\n\n"
    "I. HECHOS\nJuan Rojas Mora recibió dinero de Walter Brites, quien fue condenado el 22 de agosto de 2023 por un "
    "delito de tráfico de estupefacientes (artículo 31 del Decreto-Ley Nº 14.294).\n\nII. CALIFICACIÓN JURÍDICA\n"
    "Los hechos encuadran en los delitos de lavado de activos: conversión (artículo 30), posesión (artículo 31) y "
    "ocultamiento (artículo 32) de la Ley Nº 19.574.\n"
)


def test_articles_in_brackets_belong_to_the_law_behind_the_last() -> None:
    provisions = next(one["provisions"] for one in fields(LAW)["offences"] if one["concept"] == "ML")
    assert {"artículo 32 de la Ley Nº 19.574", "artículo 30, Ley Nº 19.574", "artículo 31, Ley Nº 19.574"} <= {
        *provisions
    }


def test_an_earlier_conviction_of_another_is_no_offence_of_the_request() -> None:
    assert {one["concept"] for one in fields(LAW)["offences"]} == {"ML"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ley 23.737, art. 5, inc. c)", "Ley 23.737, art. 5, inc. c)"),
        ("artículo 32) de la Ley Nº 19.574", "artículo 32 de la Ley Nº 19.574"),
    ],
)
def test_a_citation_keeps_the_bracket_of_its_item_only(text: str, expected: str) -> None:
    assert citation_of(text, Span(0, len(text), "LAW", "", 1.0, "")) == expected


def test_a_law_that_the_citation_names_is_not_added() -> None:
    named, other = ({"law": law} for law in ("CP", "LO 10/1995"))
    text = "artículos 301 y 302 CP"
    assert citation_of(text, Span(0, len(text), "LAW", "", 1.0, "", attributes=named)) == text
    assert citation_of(text, Span(0, len(text), "LAW", "", 1.0, "", attributes=other)) == f"{text}, LO 10/1995"


def test_a_provision_is_named_once_with_its_law() -> None:
    quoted = (
        "Artículo 30.- El que convierta bienes será castigado con una pena de dos a quince años de penitenciaría.\n"
    )
    text = f"{LAW}\n{quoted}"
    provisions = next(one["provisions"] for one in fields(text)["offences"] if one["concept"] == "ML")
    assert len(provisions) == len(set(provisions))
    assert not any(other.startswith(f"{one}, ") for one in provisions for other in provisions)
