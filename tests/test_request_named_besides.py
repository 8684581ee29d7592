"""What an order names besides: whose a vehicle is, a police officer beside a witness, a suspect who holds an account."""
# ruff: noqa: E501

from __future__ import annotations

import pytest
from test_request_namesakes import roles, targets

VEHICLES = [
    ("es", "SE SOLICITA\n1. Indicar dónde se encuentra el vehículo Audi Q5 con matrícula 45-TX-88 y quién es su propietario.", "45-TX-88"),
    ("es", "Se solicita la localización del vehículo Audi Q5 con matrícula 45-TX-88 y la identificación de su titular registral.", "45-TX-88"),
    ("pt", "SOLICITA-SE\na) informar onde está o automóvel BMW X5 de matrícula 4471-KLM e a quem pertence.", "4471-KLM"),
    ("en", "We ask you to tell us where the Range Rover with registration 45-TX-88 is now and who owns it.", "45-TX-88"),
    ("fr", "Je vous prie de bien vouloir me faire savoir où se trouve le véhicule Peugeot immatriculé 4471-KLM et à qui il appartient.", "4471-KLM"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "plate"), VEHICLES)
def test_the_owner_of_a_vehicle_is_asked_of_its_register(language: str, text: str, plate: str) -> None:
    assert any(plate in target for target in targets(language, text, "production_documents"))
    assert not targets(language, text, "subscriber_data")


def test_the_place_of_a_vehicle_is_not_that_of_a_person() -> None:
    assert not targets("es", VEHICLES[0][1], "identify_locate_person")


OFFICERS = [
    ("es", "Se solicita por videoconferencia la declaración de la testigo Camille Rousseau, domiciliada en Perpiñán, y la del agente Julien Marchetti, de la Gendarmería.", "Julien Marchetti"),
    ("pt", "Solicita-se por videoconferência a inquirição da testemunha Carmen Rosales, residente em Huelva, e a do agente Julián Marcos Peña, da Guardia Civil.", "Julián Marcos Peña"),
    ("en", "We ask that the witness Carmen Rosales, of Calle Real 4, be heard by video link, and Officer Julián Marcos Peña, of the Guardia Civil.", "Julián Marcos Peña"),
    ("fr", "Je sollicite l'audition du témoin Carmen Rosales, domiciliée à Figueras, et celle de l'agent Julián Marcos Peña, de la Guardia Civil.", "Julián Marcos Peña"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "officer"), OFFICERS)
def test_an_officer_named_beside_a_witness_is_heard_too(language: str, text: str, officer: str) -> None:
    assert roles(language, text)[officer] == "witness"
    assert officer in targets(language, text, "hearing_witness")


TABLES = [
    ("es", "Se investiga a Antonio Mellado Ruiz, nacido el 4 de enero de 1980, por blanqueo. Se solicitan los extractos de las cuentas siguientes:\n\n"
     "| N.º | Cuenta | Titular |\n| 1 | FR76 3000 4000 0312 3456 7890 143 | Antonio Mellado Ruiz |\n| 2 | FR76 3000 3035 4000 0505 9876 131 | Lucía Paredes Vega |\n", "Antonio Mellado Ruiz", "Lucía Paredes Vega"),
    ("pt", "É suspeito de branqueamento António Melo Ruas, nascido em 4 de janeiro de 1980. Solicitam-se os extratos das contas seguintes:\n\n"
     "| N.º | Conta | Titular |\n| 1 | FR76 3000 4000 0312 3456 7890 143 | António Melo Ruas |\n| 2 | FR76 3000 3035 4000 0505 9876 131 | Lúcia Paredes Vaz |\n", "António Melo Ruas", "Lúcia Paredes Vaz"),
    ("en", "Anthony Mellor, born on 4 January 1980, is suspected of money laundering. Please obtain the statements of these accounts:\n\n"
     "| No. | Account | Holder |\n| 1 | FR76 3000 4000 0312 3456 7890 143 | Anthony Mellor |\n| 2 | FR76 3000 3035 4000 0505 9876 131 | Lucy Parry |\n", "Anthony Mellor", "Lucy Parry"),
    ("fr", "Antoine Mellot, né le 4 janvier 1980, est soupçonné de blanchiment. Je sollicite les relevés des comptes suivants :\n\n"
     "| N° | Compte | Titulaire |\n| 1 | ES91 2100 0418 4502 0005 1332 | Antoine Mellot |\n| 2 | ES79 2100 0813 6101 2345 6789 | Lucie Paray |\n", "Antoine Mellot", "Lucie Paray"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "suspect", "holder"), TABLES)
def test_a_suspect_in_a_table_of_accounts_stays_a_suspect(language: str, text: str, suspect: str, holder: str) -> None:
    found = roles(language, text)
    assert (found[suspect], found[holder]) == ("suspect", "account_holder")
