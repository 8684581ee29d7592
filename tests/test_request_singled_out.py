"""Measures limited to one of several things, words of a measure against the network, and purposes of a measure."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.pipeline import annotate
from nlp.requests.reading import read_request

A, B = "ES91 2100 0418 4502 0005 1332", "ES76 2077 0024 0031 0257 5766"
HEADS = {
    "es": "FISCALÍA GENERAL DE LA NACIÓN\nBogotá, 6 de noviembre de 2026\nCARTA ROGATORIA\nA la autoridad de España"
    "\nHechos. Entre enero de 2022 y marzo de 2024 el investigado Juan Rojas Mora giró dinero ilícito a España.\n",
    "pt": "MINISTÉRIO PÚBLICO\nLisboa, 6 de novembro de 2026\nCARTA ROGATÓRIA\nÀ autoridade central de Espanha"
    "\nFactos. Entre janeiro de 2022 e março de 2024 o arguido João Reis Mota transferiu dinheiro ilícito.\n",
    "en": "CROWN PROSECUTION SERVICE\nLondon, 6 November 2026\nLETTER OF REQUEST\nTo the competent authority of Spain"
    "\nFacts. Between January 2022 and March 2024 the suspect John Reed sent criminal money to Spain.\n",
    "fr": "TRIBUNAL JUDICIAIRE DE LYON\nLyon, le 6 novembre 2026\nCOMMISSION ROGATOIRE\nAux autorités d'Espagne"
    "\nFaits. Entre janvier 2022 et mars 2024 le mis en cause Jean Roche a viré des fonds illicites en Espagne.\n",
}  # fmt: skip


def measures(language: str, asked: str) -> list[Any]:
    text = HEADS[language] + asked
    found = read_request(text, annotate(text)).fields.get("measures", ())
    return [(one.value["measure"], one.value["target"]) for one in found]  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("language", "asked", "target"),
    [
        ("es", "Se solicita:\n1. Obtener los extractos de la cuenta {a}.\n2. Obtener los extractos de la cuenta {b}.\n"
         "3. Disponer el embargo preventivo del saldo de la primera de las cuentas.\n", A),
        ("es", "Se solicita:\n1. Obtener los extractos de las cuentas {a} y {b}.\n"
         "2. Disponer el embargo del saldo de la cuenta citada en segundo lugar.\n", B),
        ("pt", "Solicita-se:\n1. A remessa dos extratos das contas {a} e {b}.\n"
         "2. O congelamento do saldo da conta indicada em segundo lugar.\n", B),
        ("en", "You are requested:\n1. to obtain statements of the accounts {a} and {b};\n"
         "2. to restrain the balance of the first of the accounts.\n", A),
        ("en", "You are requested:\n1. to obtain statements of the accounts {a} and {b};\n"
         "2. to restrain the balance of the second account.\n", B),
        ("fr", "Nous vous prions de :\n1. obtenir les relevés des comptes {a} et {b} ;\n"
         "2. procéder au gel du solde du premier de ces comptes.\n", A),
    ],
)  # fmt: skip
def test_an_ordinal_singles_out_one_of_several_accounts(language: str, asked: str, target: str) -> None:
    found = measures(language, asked.format(a=A, b=B))
    assert {one for name, one in found if name == "bank_information"} == {A, B}
    assert [one for name, one in found if name == "freezing"] == [target]


@pytest.mark.parametrize(
    ("language", "asked", "expected"),
    [
        ("fr", "Nous vous prions de bien vouloir :\n- procéder à la saisie des deux engins de chantier en vue de leur "
         "restitution à la plaignante ;\n- entendre M. Karim Belhaj en qualité de témoin.\n",
         {"search_seizure", "hearing_witness"}),
        ("es", "Se solicita:\n1. El embargo preventivo de la cuenta " + A + " con miras a su posterior decomiso.\n"
         "2. La declaración como testigo de Ana Ruiz Gil.\n", {"freezing", "hearing_witness"}),
        ("pt", "Solicita-se:\n1. O bloqueio da conta " + A + " com vista à sua restituição.\n"
         "2. A inquirição da testemunha Ana Reis Gil.\n", {"freezing", "hearing_witness"}),
    ],
)  # fmt: skip
def test_what_words_ask_for_is_a_measure(language: str, asked: str, expected: set[str]) -> None:
    assert {name for name, _ in measures(language, asked)} == expected


def test_clauses_of_one_request_ask_for_a_measure_each() -> None:
    text = """CENTRAL AUTHORITY OF TRINIDAD AND TOBAGO
Port of Spain
20 November 2026
Our reference: CA/MLA/2026/19
To: The Director of Public Prosecutions, Kingston, Jamaica (Central Authority)
REQUEST FOR MUTUAL ASSISTANCE IN A CRIMINAL MATTER
1. The Fraud Squad is investigating Kelvin MOHAMMED (born 4 May 1981) for larceny by servant, contrary to section 22 of
the Larceny Act, Chap. 11:12, which carries imprisonment for ten years.
2. Between 2 February 2024 and 9 October 2025 the suspect, while an accountant of Caribbean Feeds Ltd, caused
TT$3,900,000 to be paid to accounts at National Commercial Bank, Kingston.
3. It is requested that a production order be obtained against National Commercial Bank, Kingston, in respect
of account number 404-112-889, from 1 February 2024 to 31 October 2025; that the manager, Mrs. Sonia Clarke, be examined
on oath before a Resident Magistrate; and that account number 404-112-889 be restrained.
4. No search of premises is requested at this stage.
"""
    found = read_request(text, annotate(text)).fields["measures"]
    assert [one.value["measure"] for one in found] == ["hearing_witness", "bank_information", "freezing"]  # type: ignore[index, call-overload]
    assert {one.value["target"] for one in found} == {"Sonia Clarke", "404-112-889"}  # type: ignore[index, call-overload]


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("es", "Se solicita:\na) La declaración como testigo de la señora Ana Ruiz Gil.\n"
         "b) La prórroga del embargo acordado mediante auto de 18 de noviembre de 2025.\n"),
        ("pt", "Solicita-se:\na) A inquirição da testemunha Ana Reis Gil.\n"
         "b) A prorrogação do bloqueio decretado em 18 de novembro de 2025.\n"),
        ("en", "You are requested:\n(a) to take the statement of the witness Ann Reed;\n"
         "(b) to extend the restraint ordered on 18 November 2025.\n"),
        ("fr", "Nous vous prions de :\na) entendre le témoin Anne Roche ;\n"
         "b) prolonger le gel des avoirs ordonné le 18 novembre 2025.\n"),
    ],
)  # fmt: skip
def test_the_prolongation_of_a_measure_asks_for_it(language: str, asked: str) -> None:
    found = measures(language, f"The number of the other account is {B}.\n{asked}")
    assert {name for name, _ in found} == {"hearing_witness", "freezing"}
    assert [target for name, target in found if name == "freezing"] == [None]
