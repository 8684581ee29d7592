"""Persons of one family: a short name is that of the one named last; officers who were killed; deponents."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request
from tests.test_request_offences import HEADS


def roles(language: str, text: str) -> dict[str, str]:
    """Return the role of each person that is read from a letter with ``text``."""
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("persons", ())
    return {str(one.value["name"]): str(one.value["role"]) for one in found if isinstance(one.value, dict)}


def targets(language: str, text: str, measure: str) -> list[str]:
    """Return the targets of a measure that is read from a letter with ``text``."""
    letter = HEADS[language] + text
    found = read_request(letter, annotate(letter)).fields.get("measures", ())
    values = [one.value for one in found if isinstance(one.value, dict)]
    return [str(value["target"]) for value in values if value["measure"] == measure]


FAMILIES = [
    ("es", "Se sigue causa por el homicidio de Marta Elena Pino Lagos, ocurrido el 2 de mayo de 2025. Su hermana, la testigo Rosa Inés Pino Lagos, vive en Cali.\n\nSE SOLICITA\n1. Que se reciba declaración testimonial a la señora Pino Lagos.", "Rosa Inés Pino Lagos"),
    ("pt", "Investiga-se o homicídio de Marta Elena Pires Lagos, ocorrido em 2 de maio de 2025. A testemunha Rosa Inês Pires Lagos, sua irmã, reside em Recife.\n\nSOLICITA-SE\n1. A inquirição, como testemunha, da senhora Pires Lagos.", "Rosa Inês Pires Lagos"),
    ("en", "We are investigating the murder of Marta Ellen Pine Lacey on 2 May 2025. Her sister, the witness Rose Agnes Pine Lacey, lives in Kingston.\n\nASSISTANCE REQUESTED\n1. That a witness statement be taken from Mrs Pine Lacey.", "Rose Agnes Pine Lacey"),
    ("fr", "L'enquête porte sur le meurtre de Marthe Hélène Pin Lagarde, commis le 2 mai 2025. Sa sœur, le témoin Rose Agnès Pin Lagarde, demeure à Jacmel.\n\nACTES DEMANDÉS\n1. L'audition, en qualité de témoin, de Mme Pin Lagarde.", "Rose Agnès Pin Lagarde"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "witness"), FAMILIES)
def test_short_name_is_that_of_the_relative_named_last(language: str, text: str, witness: str) -> None:
    assert targets(language, text, "hearing_witness") == [witness]


KILLED = [
    ("en", "Paul Reeves is charged with the murder of Insp. Denis Walter Cole on 2 May 2025.", "Denis Walter Cole"),
    ("es", "Se sigue causa contra Pablo Ruiz Vega por el asesinato de la fiscal Marta Pino Lagos.", "Marta Pino Lagos"),
    ("pt", "O arguido Paulo Reis Vaz está acusado do homicídio do juiz Marco Pires Lagos.", "Marco Pires Lagos"),
    ("fr", "Paul Rives est mis en examen pour le meurtre du commissaire Marc Pin Lagarde.", "Marc Pin Lagarde"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), KILLED)
def test_officer_who_was_killed_is_a_victim(language: str, text: str, name: str) -> None:
    assert roles(language, text)[name] == "victim"


def test_deponent_of_an_affidavit_is_a_witness() -> None:
    text = "Paul Reeves is charged with theft.\nDocuments attached: (1) the warrant; (2) affidavit of Ruth Hale; (3) photographs."
    assert roles("en", text)["Ruth Hale"] == "witness"


OTHER_CAPACITIES = [
    ("es", "SE SOLICITA\n1. Oír en calidad de testigo a la notaria pública Sra. Rosa Pino Lagos, y como imputado a Pablo Ruiz Vega.", "Rosa Pino Lagos"),
    ("pt", "SOLICITA-SE\n1. Ouvir na qualidade de testemunha o delegado regional Dr. Omar Cruz Lara, e como arguido Paulo Reis Vaz.", "Omar Cruz Lara"),
    ("en", "ASSISTANCE REQUESTED\n1. Interview as a witness the customs inspector Mr Owen Cross, and as a suspect Paul Reeves.", "Owen Cross"),
    ("fr", "ACTES DEMANDÉS\n1. Entendre en qualité de témoin le commissaire-priseur Me Omar Croix, et comme suspect Paul Rives.", "Omar Croix"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "witness"), OTHER_CAPACITIES)
def test_official_who_is_to_be_heard_is_a_witness_beside_a_suspect(language: str, text: str, witness: str) -> None:
    assert roles(language, text)[witness] == "witness"
    assert targets(language, text, "hearing_witness") == [witness]
