"""Forms of European Investigation Orders in prose, days of limitation, dated decisions, and impossible birth dates."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

FORM = "ORDEN EUROPEA DE INVESTIGACIÓN / DÉCISION D'ENQUÊTE EUROPÉENNE\n\nSección E\n\n"


def read(text: str, key: str) -> list[Any]:
    return [one.value for one in read_request(text, annotate(text)).fields.get(key, ())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Nom : Da Silva Moreira. Prénom : Joaquim. Né le 3 mai 1980 à Porto.", "Joaquim Da Silva Moreira"),
        ("Apellidos: Ruiz Cárdenas. Nombre: Elena. Nacida el 3 de mayo de 1980 en Jaén.", "Elena Ruiz Cárdenas"),
        ("Apelidos: Teles Brandão; Nome: Rui. Nascido em 3 de maio de 1980.", "Rui Teles Brandão"),
        ("Surname: Le Blanc, First names: Pierre Jean, born on 3 May 1980.", "Pierre Jean Le Blanc"),
        ("Nombre: Elena\nApellidos: Ruiz Cárdenas\nFecha de nacimiento: 3 de mayo de 1980", "Elena Ruiz Cárdenas"),
        ("First name: Maeve\nSurname: Tierney\nDate of birth: 3 May 1980", "Maeve Tierney"),
        ("1.er apellido: Ruiz; 2.º apellido: Paz; nombre: Elena; nacida el 3 de mayo de 1980", "Elena Ruiz Paz"),
        (
            "Primeiro apelido: Costa; segundo apelido: Brito; nome: Inês. Nascida em 3 de maio de 1980.",
            "Inês Costa Brito",
        ),
        ("Apellido(s): RUIZ CÁRDENAS Nombre(s): Elena Fecha de nacimiento: 3 de mayo de 1980", "Elena RUIZ CÁRDENAS"),
        ("Nom(s) : DUPONT Prénom(s) : Claire Marie Date de naissance : 3 mai 1980", "Claire Marie DUPONT"),
    ],
)
def test_names_of_a_form_in_one_line(text: str, name: str) -> None:
    (person,) = read(f"{FORM}{text}\n", "persons")
    assert (person["name"], person["birth_date"]) == (name, "1980-05-03")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date d'exécution souhaitée : 18 décembre 2026.", ["2026-12-18"]),
        ("Fecha de ejecución deseada: 18 de diciembre de 2026.", ["2026-12-18"]),
        ("Data de execução pretendida: 18 de dezembro de 2026.", ["2026-12-18"]),
        ("Acordado por auto de 20 de noviembre de 2026.\n\nMadrid, 14 de octubre de 2026", []),
        ("La acción penal prescribe el 31 de agosto de 2033.\n\nMadrid, 14 de octubre de 2026", ["2033-08-31"]),
    ],
)
def test_days_that_are_deadlines(text: str, days: list[str]) -> None:
    assert [one["date"] for one in read(f"{FORM}{text}\n", "deadlines")] == days


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("N/Ref.: CRI-ES-CO 77/2026", "CRI-ES-CO 77/2026"),
        ("Inquérito NUIPC 88/26.4JFLSB", "88/26.4JFLSB"),
        ("La présente DEE complète la DEE n° JIRS/2026/214. Dossier 26 044 000 091.", "26 044 000 091"),
    ],
)
def test_own_references(text: str, reference: str) -> None:
    assert read(f"{FORM}{text}\n", "own_reference") == [reference]


@pytest.mark.parametrize(("day", "state"), [("30 de febrero", "doubtful"), ("28 de febrero", "present")])
def test_a_birth_date_that_does_not_exist(day: str, state: str) -> None:
    text = f"{FORM}Apellidos: Ruiz. Nombre: Elena. Nacida el {day} de 1984. Pasaporte AAB123456.\n"
    checks = {check.key: check for check in read_request(text, annotate(text)).checks}
    assert checks["identity"].state == state
