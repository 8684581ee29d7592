"""Amounts: number scales by language, decimal signs, home currencies, units defined by a law."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlp.entities.money import find_money, parse_number

AMOUNTS = [
    ("2 millones de dólares", "es", "CO", "2000000 USD"),
    ("US$ 1.500.000,50", "es", "CO", "1500000.5 USD"),
    ("$ 1.500.000", "es", "CO", "1500000 COP"),
    ("$1,500,000.00", "es", "MX", "1500000 MXN"),
    ("R$ 2,5 bilhões", "pt", "BR", "2500000000 BRL"),
    ("2 biliões de euros", "pt", "PT", "2000000000000 EUR"),
    ("1 billón de pesos", "es", "CO", "1000000000000 COP"),
    ("3 mil millones de pesos colombianos", "es", "CO", "3000000000 COP"),
    ("$3 billion", "en", "JM", "3000000000 JMD"),
    ("3 milliards d'euros", "fr", "FR", "3000000000 EUR"),
    ("10 000 euros", "fr", "FR", "10000 EUR"),
    ("€10,000", "en", "IE", "10000 EUR"),
    ("USD 5 MM", "es", "CL", "5000000 USD"),
    ("S/ 5,000.00", "es", "PE", "5000 PEN"),
    ("R$ 67.826,00", "pt", "BR", "67826 BRL"),
    ("R $ 67.826,00", "pt", "BR", "67826 BRL"),
    ("TT$1.2m", "en", "TT", "1200000 TTD"),
    ("EUR 3m", "en", "IE", "3000000 EUR"),
    ("US$2.5 million", "en", "JM", "2500000 USD"),
    ("€1.5bn", "en", "IE", "1500000000 EUR"),
    ("500k USD", "en", "BZ", "500000 USD"),
    ("1,2 millones de euros", "es", "ES", "1200000 EUR"),
    ("USD 2.5millones", "es", "CL", "2500000 USD"),
    ("R$ 3 mi", "pt", "BR", "3000000 BRL"),
    ("R$ 3 mil", "pt", "BR", "3000 BRL"),
    ("2 M€", "fr", "FR", "2000000 EUR"),
    ("2 M d'euros", "fr", "FR", "2000000 EUR"),
    ("500 k€", "fr", "FR", "500000 EUR"),
    ("750 kEUR", "fr", "BE", "750000 EUR"),
    ("1,5 Mio EUR", "fr", "CH", "1500000 EUR"),
    ("2,5 Mrd €", "fr", "FR", "2500000000 EUR"),
    ("50 SMLMV", "es", "CO", "50 SMLMV"),
    ("200.000 UI", "es", "UY", "200000 UI"),
    ("180 días-multa", "es", "PE", "180 DIAS_MULTA"),
    ("1500000 COP", "es", "", "1500000 COP"),
    ("500 pesos", "es", "", "500 XXX"),
    ("$us 640.000", "es", "BO", "640000 USD"),
    ("Bs 350", "es", "BO", "350 BOB"),
    ("Bs 350", "es", "VE", "350 VES"),
    ("L 185,000.00", "es", "HN", "185000 HNL"),
    ("2 800 000 000 F CFA", "fr", "CI", "2800000000 XOF"),
    ("50 millions de francs CFA", "fr", "CM", "50000000 XAF"),
    ("1,9 million de francs", "fr", "CH", "1900000 CHF"),
    ("17.600.000$00", "pt", "CV", "17600000 CVE"),
    ("145 000 $ CA", "fr", "FR", "145000 CAD"),
]


@pytest.mark.parametrize(("text", "language", "country", "value"), AMOUNTS)
def test_amounts(text: str, language: str, country: str, value: str) -> None:
    around = f"por {text}, más"
    (span,) = find_money(around, language, country)
    assert (around[span.start : span.end], span.value) == (text, value)


TABLES = [
    ("1\tES12 0182 1234 5512 3456 7890\tEUR 412.300,00\n", ["412300 EUR"]),
    ("Cuenta 0182 1234 5512 3456 7890 EUR 412.300,00", ["412300 EUR"]),
    ("00713382\tEUR\t412.300,00\n", ["412300 EUR"]),
    ("412.300,00\tEUR\t12/03/2024\n", ["412300 EUR"]),
    ("1.332 EUR y 20 EUR 5 veces", ["1332 EUR", "20 EUR"]),
]


@pytest.mark.parametrize(("text", "values"), TABLES)
def test_currency_between_two_numbers(text: str, values: list[str]) -> None:
    assert [span.value for span in find_money(text, "es", "ES")] == values


YEARS = [
    ("El 3 de mayo de 2024 USD 12.000 fueron", "es", "AR", "12000 USD"),
    ("recibió el 9 de octubre de 2023 EUR 240.500", "es", "ES", "240500 EUR"),
    ("In 2022 USD 1,200,000 was paid", "en", "IE", "1200000 USD"),
    ("Le 9 octobre 2023 EUR 240 500 ont été virés", "fr", "FR", "240500 EUR"),
    ("Em 2022 EUR 240.500 foram pagos", "pt", "PT", "240500 EUR"),
    ("pagó 2023 EUR", "es", "ES", "2023 EUR"),
]


@pytest.mark.parametrize(("text", "language", "country", "value"), YEARS)
def test_a_year_before_an_amount_is_none(text: str, language: str, country: str, value: str) -> None:
    assert [span.value for span in find_money(text, language, country)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Importe USD 2022-03-17 Alfa S.A.",
        "Importe USD\n17/03/2022",
        "Importe EUR 17.03.2022",
        "Valor EUR 17-03-2022",
        "Importe USD 17 de marzo de 2022",
    ],
)
def test_a_day_behind_the_currency_of_a_column_is_no_amount(text: str) -> None:
    assert find_money(text, "es", "UY") == []


@pytest.mark.parametrize(("text", "value"), [("USD 2022", "2022 USD"), ("EUR 5.000-6.000", "5000 EUR")])
def test_an_amount_that_looks_like_the_start_of_a_day_remains(text: str, value: str) -> None:
    assert [span.value for span in find_money(text, "es", "UY")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "portadora del pasaporte español PAB902113, nacida en Sevilla",
        "pasaporte n.º USD902113",
        "titular do passaporte n.º EUR250000",
        "holder of passport No. GBP5512098, born",
        "passport number CAD902113",
        "titulaire du passeport n° CHF902113, née",
        "el contenedor núm. EUR4471203",
    ],
)
def test_letters_joined_to_the_number_of_a_document_are_no_currency(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("pagó USD5,000 con su pasaporte", "5000 USD"),
        ("un depósito de EUR250.000", "250000 EUR"),
        ("os documentos mostram EUR250000 em depósitos", "250000 EUR"),
        ("a transfer of USD902113", "902113 USD"),
        ("le passeport et EUR 902113", "902113 EUR"),
        ("the passport fee is USD5.50", "5.5 USD"),
    ],
)
def test_a_code_joined_to_an_amount_remains(text: str, value: str) -> None:
    assert [span.value for span in find_money(text)] == [value]


def test_words_in_brackets_tell_whose_dollars_are_meant() -> None:
    (span,) = find_money("siete depósitos que suman $ 318.400 (dólares de los Estados Unidos)", "es", "CL")
    assert span.value == "318400 USD"


@pytest.mark.parametrize(
    "text",
    ["Q3 Did he", "el inciso L 185 de", "artículo 5 del real decreto", "2 millones de votos", "Ley 23/2014", "un real"],
)
def test_no_amounts(text: str) -> None:
    assert find_money(text, "es", "ES") == []


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1.500", "1500"),
        ("1,500", "1500"),
        ("1.50", "1.50"),
        ("1,5", "1.5"),
        ("1.500,25", "1500.25"),
        ("1,500.25", "1500.25"),
        ("10 000", "10000"),
        ("2.500.000", "2500000"),
    ],
)
def test_numbers(printed: str, number: str) -> None:
    assert parse_number(printed) == Decimal(number)
