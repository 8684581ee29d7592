"""Names by which letters know persons and companies: nicknames in brackets, presumed bearers, places of origin, forms."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request
from tests.test_request_offences import HEADS

Persons = dict[str, dict[str, object]]


def persons(language: str, text: str) -> Persons:
    """Return the persons and companies that are read from a letter with ``text``, by name."""
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("persons", ())
    return {str(one.value["name"]): one.value for one in found if isinstance(one.value, dict)}


PRESUMED = [
    ("es", "Se investiga a Pablo Ruiz Vega por estafa. Su teléfono tiene llamadas con un contacto guardado como «Tío Lucho», quien sería Luis Alberto Paz Soto, investigado.", "Luis Alberto Paz Soto", "Tío Lucho"),
    ("pt", "O arguido Paulo Reis Vaz trocou mensagens com o contacto gravado como \"Tio Lucho\", identificado como Luís Alberto Paz Souto, também arguido.", "Luís Alberto Paz Souto", "Tio Lucho"),
    ("en", "The suspect Paul Reeves exchanged messages with a contact stored as \"Uncle Lou\", thought to be Louis Albert Pace, a suspect.", "Louis Albert Pace", "Uncle Lou"),
    ("fr", "Le mis en cause Paul Rives échangeait avec un contact enregistré sous « Tonton Lulu », qui serait Louis Albert Pace, également mis en cause.", "Louis Albert Pace", "Tonton Lulu"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "alias"), PRESUMED)
def test_name_of_a_contact_is_that_of_its_presumed_bearer(language: str, text: str, name: str, alias: str) -> None:
    found = persons(language, text)
    assert found[name]["aliases"] == [alias]
    assert alias not in found


BRACKETED = [
    ("es", "Se investiga a Pablo Ruiz Vega (\"Chucho de Maipú\"), nacido el 3 de mayo de 1980, C.I. 5598214.", "Pablo Ruiz Vega", "Chucho de Maipú"),
    ("pt", "É suspeito PAULO REIS VAZ (\"Paulão da Serra\"), CPF 529.982.247-25, nascido aos 03/05/1980.", "PAULO REIS VAZ", "Paulão da Serra"),
    ("en", "The accused Paul Reeves (\"Slim of Spanish Town\"), born 3 May 1980, was arrested.", "Paul Reeves", "Slim of Spanish Town"),
    ("fr", "Le mis en cause Paul Rives (« Le Grand »), né le 3 mai 1980, a été arrêté.", "Paul Rives", "Le Grand"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name", "alias"), BRACKETED)
def test_nickname_in_brackets_ends_no_particulars(language: str, text: str, name: str, alias: str) -> None:
    found = persons(language, text)
    assert found[name]["aliases"] == [alias]
    assert found[name]["birth_date"] == "1980-05-03"
    assert alias not in found


def test_number_that_only_persons_have_is_that_of_a_person() -> None:
    text = 'É suspeito PAULO REIS VAZ ("Paulão da Serra"), CPF 529.982.247-25, nascido aos 03/05/1980.'
    assert persons("pt", text)["PAULO REIS VAZ"]["documents"] == ["529.982.247-25"]


ORIGINS = [
    ("en", "The suspects Paul Reeves and John Cole, both residents of Santa Elena, Benque, were arrested.", "Santa Elena"),
    ("es", "Los investigados Pablo Ruiz Vega y Juan Coll Paz, oriundos de Santa Elena, Petén, fueron detenidos.", "Santa Elena"),
    ("pt", "Os arguidos Paulo Reis Vaz e João Coelho Paz, naturais de Santa Helena, Paraíba, foram detidos.", "Santa Helena"),
    ("fr", "Les mis en cause Paul Rives et Jean Collet, originaires de Sainte Hélène, Artibonite, ont été arrêtés.", "Sainte Hélène"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "place"), ORIGINS)
def test_place_of_origin_is_no_person(language: str, text: str, place: str) -> None:
    assert not any(place in name for name in persons(language, text))


COMPANIES = [
    ("es", "Se investiga a Pablo Ruiz Vega, dueño de Maderas del Lago, S. A. (NIT 8823104-5).", "Maderas del Lago, S. A."),
    ("pt", "O suspeito Paulo Reis Vaz vendia à Metais Serra Azul S/A (CNPJ 11.222.333/0001-81).", "Metais Serra Azul S/A"),
    ("es", "Se investiga a Pablo Ruiz Vega, socio de Pesca Austral, S. L. (CIF B73214589).", "Pesca Austral, S. L."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "company"), COMPANIES)
def test_company_with_a_spaced_legal_form(language: str, text: str, company: str) -> None:
    assert persons(language, text)[company]["documents"]


ATTACKED = [
    ("es", "Se investiga a Pablo Ruiz Vega. El 2 de mayo de 2025 tres hombres secuestraron al comerciante Omar Cruz Lara.", "Omar Cruz Lara"),
    ("pt", "É arguido Paulo Reis Vaz. Em 2 de maio de 2025 três homens sequestraram o comerciante Omar Cruz Lara.", "Omar Cruz Lara"),
    ("fr", "Est mis en cause Paul Rives. Le 2 mai 2025, trois hommes ont agressé le commerçant Omar Croix.", "Omar Croix"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), ATTACKED)
def test_person_who_was_attacked_is_a_victim(language: str, text: str, name: str) -> None:
    assert persons(language, text)[name]["role"] == "victim"


def test_double_name_at_the_end_of_a_line_is_whole() -> None:
    text = "Information ouverte contre Paul Roger JEAN-\nCHARLES, né le 3 mai 1980, inculpé d'escroquerie."
    assert "Paul Roger JEAN-CHARLES" in persons("fr", text)
