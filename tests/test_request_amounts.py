"""Amounts of a request: columns of tables, numbers in words, sums that a law sets."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.amounts.columns import column_amounts
from nlp.requests.amounts.words import worded_amounts
from nlp.requests.reading import read_request

COLUMNS = [
    ("Fecha | Cuenta | Valor (R$)\n---|---|---\n01/02/2023 | 123-4 | 10.500,00\n02/02/2023 | 9-5 | 2.500,00\n", "BR",
     ["10500 BRL", "2500 BRL"]),
    ("Date   Bénéficiaire   Montant en EUR\n3 mai 2021   A. B.   12 500\n4 mai 2021   C. D.   8 000,50\n\nEn 300", "FR",
     ["12500 EUR", "8000.5 EUR"]),
    ("Date\tAmount (US$)\tBank\n1 May\t5,000\tFirst Bank\n", "JM", ["5000 USD"]),
    ("FECHA BANCO CUENTA MONTO $us\n12/06/2018 Banco Sur 104-0078231-9 210.000\n", "BO", ["210000 USD"]),
    ("Company          Account      Received\n(USD)\nSerena Corp.     03-0061-7   6,210,400\n", "GB", ["6210400 USD"]),
    ("Cuenta\tSaldo (EUR)\tFecha\n123456\t4.000,00\t1/2/2023\n654321\t\t1/2/2023\n654322\t2.000\t1/2/2023", "ES",
     ["4000 EUR", "2000 EUR"]),
    ("Account\tDebit (USD)\tCredit (GBP)\n12345\t1,000.00\n12346\t\t2,000.00\n", "GB", ["1000 USD", "2000 GBP"]),
    ("| Compte | EUR |\n|---|---|\n| 12345678 | 1 000,50 |\n| 12345679 | 2 000 |", "FR", ["1000.5 EUR", "2000 EUR"]),
    ("Valor en litigio: EUR\n\nPágina 300\n", "ES", []),
    ("Número (de cuenta)\n12345\n", "ES", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "values"), COLUMNS)
def test_numbers_below_a_head_with_a_currency(text: str, country: str, values: list[str]) -> None:
    assert [span.value for span in column_amounts(text, country)] == values


WORDS = [
    ("pagó mil quinientos dólares mensuales", "EC", ["1500 USD"]),
    ("setenta e dois milhões de meticais", "MZ", ["72000000 MZN"]),
    ("was paid four thousand euros in cash", "IE", ["4000 EUR"]),
    ("plus de deux milliards huit cents millions de francs CFA", "SN", ["2800000000 XOF"]),
    ("quatre-vingt-douze mille trois cents euros", "FR", ["92300 EUR"]),
    ("dos testigos y un euro", "ES", []),
]


@pytest.mark.parametrize(("text", "country", "values"), WORDS)
def test_numbers_in_words(text: str, country: str, values: list[str]) -> None:
    assert [span.value for span in worded_amounts(text, country)] == values


LETTERS = [
    ("El perjuicio es de 5.000 euros.", [5000]),
    ("Pagó cinco mil euros.", [5000]),
    ("La pena es de prisión de dos años y multa de cinco mil euros.", []),
    ("Cobraba cuotas de 300 a 900 euros.", [900, 300]),
    ("Cada familia pagó entre 20 y 60 mil euros.", [60000, 20000]),
    ("Se piden los abonos superiores a 10.000 euros.", []),
    ("Pagos:\n\nFecha   Importe (EUR)\n3 de mayo de 2023   4.000\n", [4000]),
    ("Se pide el saldo.\n\nANEXO 1: Relación de pagos\n\n3 de mayo de 2023: 4.000 euros\n", [4000]),
]


@pytest.mark.parametrize(("body", "values"), LETTERS)
def test_amounts_of_the_case(body: str, values: list[int]) -> None:
    text = f"FISCALÍA GENERAL\n\nSOLICITUD DE ASISTENCIA\n\nA la autoridad competente de Francia\n\n{body}\n"
    found = [one.value for one in read_request(text, annotate(text)).fields.get("amounts", ())]
    assert [one["value"] for one in found if isinstance(one, dict)] == values
