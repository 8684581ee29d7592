"""Measures: the periods of records, things named elsewhere in the letter, and functions behind a capacity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

A, B = "ES91 2100 0418 4502 0005 1332", "ES76 2077 0024 0031 0257 5766"
HEADS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nBogotá, 6 de noviembre de 2026\nCARTA ROGATORIA\nA la autoridad de España"
    "\nHechos. Entre enero de 2022 y marzo de 2024 el investigado Juan Rojas Mora giró dinero ilícito a la cuenta {a}."
    "\nSe solicita:\n",
    "pt": "MINISTÉRIO PÚBLICO\nLisboa, 6 de novembro de 2026\nCARTA ROGATÓRIA\nÀ autoridade central de Espanha"
    "\nFactos. Entre janeiro de 2022 e março de 2024 o arguido João Reis Mota transferiu dinheiro para a conta {a}."
    "\nSolicita-se:\n",
    "en": "CROWN PROSECUTION SERVICE\nLondon, 6 November 2026\nLETTER OF REQUEST\nTo the competent authority of Spain"
    "\nFacts. Between January 2022 and March 2024 the suspect John Reed sent criminal money to the account {a}."
    "\nYou are requested:\n",
    "fr": "TRIBUNAL JUDICIAIRE DE LYON\nLyon, le 6 novembre 2026\nCOMMISSION ROGATOIRE\nAux autorités d'Espagne"
    "\nFaits. Entre janvier 2022 et mars 2024 le mis en cause Jean Roche a viré des fonds sur le compte {a}."
    "\nNous vous prions de :\n",
}  # fmt: skip


def fields(text: str) -> Mapping[str, Any]:
    return {key: [one.value for one in found] for key, found in read_request(text, annotate(text)).fields.items()}


def measures(language: str, asked: str) -> list[Any]:
    return fields((HEADS[language] + asked).format(a=A, b=B))["measures"]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", "1. Información bancaria completa de dicha cuenta desde su apertura hasta la fecha de ejecución.\n"),
        ("pt", "1. A remessa dos extratos da referida conta desde a sua abertura.\n"),
        ("en", "1. to obtain the statements of the said account since its opening;\n"),
        ("fr", "1. obtenir les relevés dudit compte depuis son ouverture ;\n"),
    ],
)
def test_records_since_the_opening_have_no_period_of_the_facts(language: str, asked: str) -> None:
    found = next(one for one in measures(language, asked) if one["measure"] == "bank_information")
    assert found["period"] is None


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("pt", "1. Cópia dos registros de entradas de João Reis Mota de 1.º de janeiro de 2024 até a presente data.\n"),
        ("es", "1. Copia de los registros de entradas de Juan Rojas Mora desde el 1 de enero de 2024 hasta la "
         "actualidad.\n"),
    ],
)  # fmt: skip
def test_a_period_to_date_ends_with_the_letter(language: str, asked: str) -> None:
    assert measures(language, asked)[0]["period"] == {"from": "2024-01-01", "to": "2026-11-06"}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("fr", "1. communiquer les relevés des deux comptes {a} et {b}, pour les périodes indiquées au tableau.\n\n"
         "{a} | Caixa | du 01/08/2025 au 12/03/2026\n{b} | Unicaja | du 15/10/2025 au 09/02/2026\n"),
        ("es", "1. Los extractos de las cuentas {a} y {b}, por los períodos señalados en el cuadro.\n\n"
         "{a} | Caixa | del 01/08/2025 al 12/03/2026\n{b} | Unicaja | del 15/10/2025 al 09/02/2026\n"),
    ],
)  # fmt: skip
def test_each_row_of_a_table_has_its_own_period(language: str, asked: str) -> None:
    found = {one["target"]: one["period"] for one in measures(language, asked) if one["measure"] == "bank_information"}
    assert found[B] == {"from": "2025-10-15", "to": "2026-02-09"}
    assert found[A] == {"from": "2025-08-01", "to": "2026-03-12"}


@pytest.mark.parametrize(
    ("language", "asked", "targets"),
    [
        ("es", '1. Los extractos de la cuenta {a}.\n2. Se disponga el embargo preventivo de la embarcación '
         "\"Dona Pelé\" y el bloqueo del saldo de la cuenta indicada en el punto 1.\n", {A, 'embarcación "Dona Pelé"'}),
        ("pt", '1. Os extratos da conta {a}.\n2. Que se ordene o arresto da embarcação "Dona Pelé" e o bloqueio '
         "do saldo da conta.\n", {A, 'embarcação "Dona Pelé"'}),
        ("fr", "1. obtenir les relevés du compte {b} ;\n2. procéder au gel des avoirs qui y figurent.\n", {B}),
    ],
)  # fmt: skip
def test_a_freezing_is_aimed_at_a_thing_and_an_account_named_before(
    language: str, asked: str, targets: set[str]
) -> None:
    found = {one["target"] for one in measures(language, asked) if one["measure"] == "freezing"}
    assert found == {target.format(a=A, b=B) for target in targets}


def test_the_article_dos_is_no_number_in_portuguese() -> None:
    asked = (
        "1. A identificação dos assinantes dos endereços IP 186.45.112.201, 200.1.104.38 e 190.2.44.7, em 03/03/2026.\n"
    )
    asked += "2. A preservação imediata dos dados de conexão dos mesmos endereços.\n"
    found = {one["target"] for one in measures("pt", asked) if one["measure"] == "data_preservation"}
    assert found == {"186.45.112.201", "200.1.104.38", "190.2.44.7"}


@pytest.mark.parametrize(
    ("language", "asked", "target"),
    [
        ("fr", "1. procéder à l'audition, en qualité de témoin, du responsable de la sûreté de la société "
         "Bananeras SAS ;\n"
         "2. entendre en qualité de suspect Jean Roche.\n", "responsable de la sûreté"),
        ("es", "1. Tomar declaración, en calidad de testigo, al gerente de la sucursal.\n"
         "2. Tomar declaración en calidad de investigado a Juan Rojas Mora.\n", "gerente de la sucursal"),
    ],
)  # fmt: skip
def test_a_witness_known_by_function_is_not_the_suspect(language: str, asked: str, target: str) -> None:
    found = [one["target"] for one in measures(language, asked) if one["measure"] == "hearing_witness"]
    assert len(found) == 1
    assert found[0].startswith(target)


def test_an_order_of_confiscation_is_executed_beside_a_return() -> None:
    asked = "1. Una vez firme la sentencia, ejecución de la orden de comiso y restitución de los activos al Estado.\n"
    assert {"confiscation", "asset_return_sharing"} <= {one["measure"] for one in measures("es", asked)}


def test_a_search_is_aimed_at_a_home_with_its_address() -> None:
    asked = "1. perquisitionner son domicile, 14 rue de Rivoli, Madrid, et saisir tout document ;\n"
    found = [one["target"] for one in measures("fr", asked) if one["measure"] == "search_seizure"]
    assert found == ["son domicile, 14 rue de Rivoli, Madrid"]


def test_dates_of_records_alone_are_no_period_of_the_facts() -> None:
    text = (
        "FISCALÍA GENERAL\nMontevideo, 20 de enero de 2027\nA la Procuradoria-Geral da República, Portugal\n"
        "ASUNTO: Ampliación de la solicitud de asistencia de 14 de octubre de 2026\nEsta Fiscalía pide:\n"
        f"1. La remisión de los movimientos de la cuenta {A} del 1º de abril de 2022 al 31 de diciembre de 2023.\n"
        "Los hechos y la calificación jurídica son los expuestos en la solicitud original.\n"
    )
    found = fields(text)
    assert found["measures"][0]["period"] == {"from": "2022-04-01", "to": "2023-12-31"}
    assert "facts_period" not in found
